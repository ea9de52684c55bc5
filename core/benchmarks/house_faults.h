// Our own questions and answers: a device shows a fault code, one way was tried, one tool is at
// hand. The right answer speaks of that device and that code, of a way that was not tried, and of
// that tool; every wrong one fails in at least one of these, so a reader can decide.
#pragma once

#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/benchmarks/answer_source.h"

namespace loom {

class HouseFaults {
 public:
  static Result<HouseFaults> load();
  // Wrong answers without end, the near misses first. No answer comes twice. The object must
  // outlive what it returns.
  AskedQuestion ask(Random random) const;
  // Answers about one device and code after the other.
  std::function<WrongAnswer()> others(Random random) const;

 private:
  struct Fix {
    std::string cause, way, tried, tool;
  };
  struct Device {
    std::string make, series, number, kind;
    std::string name() const { return make + " " + series + number + " " + kind; }
  };
  struct Fault {
    Device device;
    std::string code;
  };
  explicit HouseFaults(const nlohmann::json& root);
  Fault draw_fault(Random& random) const;
  std::string answer(const Fault& fault, const Fix& fix, Random& random) const;
  std::vector<std::string> near_misses(const Fault& fault, const Fix& right, const Fix& tried,
                                       Random& random) const;
  std::function<WrongAnswer()> wrong_answers(std::vector<std::string> first,
                                             const std::optional<Fault>& asked,
                                             Random random) const;

  std::vector<std::string> makes_, series_, numbers_, kinds_, codes_;
  std::vector<std::string> questions_, when_, openings_, bodies_, closings_;
  std::vector<Fix> fixes_;
};

}  // namespace loom

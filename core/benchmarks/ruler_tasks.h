// RULER's task table, and the families that make the samples.
#pragma once

#include "core/base/random.h"
#include "core/benchmarks/fitted_records.h"

namespace loom {

enum class RulerFamily { needle, tracking, common_words, coded_words, questions };
enum class NeedleHaystack { noise, essay, needles };

struct RulerTask {
  const char* id;
  RulerFamily family;
  size_t max_new_tokens;
  NeedleHaystack haystack = NeedleHaystack::noise;
  bool uuid_keys = false, uuid_values = false;
  size_t keys = 1, values = 1, queries = 1;
};

const std::vector<RulerTask>& ruler_tasks();

struct RulerMaker {
  std::unique_ptr<SampleMaker> maker;
  std::string data_label;
};

// `wording` is the family's part of resources/templates/ruler.json.
Result<RulerMaker> make_ruler_needle(const TaskRequest& request, const RulerTask& task,
                                     const nlohmann::json& wording, std::stop_token stop);
Result<RulerMaker> make_ruler_tracking(const TaskRequest& request, const RulerTask& task,
                                       const nlohmann::json& wording, std::stop_token stop);
Result<RulerMaker> make_ruler_common_words(const TaskRequest& request, const RulerTask& task,
                                           const nlohmann::json& wording, std::stop_token stop);
Result<RulerMaker> make_ruler_coded_words(const TaskRequest& request, const RulerTask& task,
                                          const nlohmann::json& wording, std::stop_token stop);
Result<RulerMaker> make_ruler_questions(const TaskRequest& request, const RulerTask& task,
                                        const nlohmann::json& wording, std::stop_token stop);

// Its own random stream for each sample, so that samples do not depend on their number.
Random sample_random(const TaskRequest& request, size_t index);
Error too_short(const TaskRequest& request);

}  // namespace loom

#include "core/benchmarks/house_faults.h"

#include <unordered_set>

#include "core/benchmarks/house_data.h"
#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr const char* kFaultsFile = "data/ada_leval/faults.json";
constexpr size_t kMostClosings = 3;

template <typename List>
const auto& pick_fault(const List& list, Random& random) {
  return list.at(random.below(list.size()));
}

// One for which `fits` holds; the data has some for every use below.
template <typename List, typename Fits>
auto pick_where(const List& list, Random& random, const Fits& fits) {
  auto picked = pick_fault(list, random);
  while (!fits(picked)) picked = pick_fault(list, random);
  return picked;
}

}  // namespace

HouseFaults::HouseFaults(const json& root)
    : makes_(slot_values(root.at("makes"))),
      series_(slot_values(root.at("series"))),
      numbers_(slot_values(root.at("numbers"))),
      kinds_(slot_values(root.at("devices"))),
      questions_(slot_values(root.at("questions"))),
      when_(slot_values(root.at("when"))),
      openings_(slot_values(root.at("openings"))),
      bodies_(slot_values(root.at("bodies"))),
      closings_(slot_values(root.at("closings"))) {
  for (const std::string& number : slot_values(root.at("codes")))
    for (const std::string& letter : slot_values(root.at("letters")))
      codes_.push_back(letter + number);
  for (const json& fix : root.at("fixes")) {
    const auto field = [&](const char* name) { return fix.at(name).get<std::string>(); };
    fixes_.push_back({field("cause"), field("do"), field("tried"), field("tool")});
  }
}

Result<HouseFaults> HouseFaults::load() {
  LOOM_TRY(const json root, house_json(kFaultsFile));
  try {
    return HouseFaults(root);
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), kFaultsFile, "Install LoomScope again"};
  }
}

HouseFaults::Fault HouseFaults::draw_fault(Random& random) const {
  return {{pick_fault(makes_, random), pick_fault(series_, random), pick_fault(numbers_, random),
           pick_fault(kinds_, random)},
          pick_fault(codes_, random)};
}

std::string HouseFaults::answer(const Fault& fault, const Fix& fix, Random& random) const {
  const Slots slots = {{"model", fault.device.name()},
                       {"code", fault.code},
                       {"cause", fix.cause},
                       {"do", fix.way},
                       {"tool", fix.tool}};
  std::string text = fill(pick_fault(openings_, random), slots);
  text += " " + fill(pick_fault(bodies_, random), slots);
  std::vector<std::string> closings = closings_;
  random.shuffle(closings);
  closings.resize(random.below(kMostClosings + 1));
  for (const std::string& closing : closings) text += " " + closing;
  return text;
}

std::vector<std::string> HouseFaults::near_misses(const Fault& fault, const Fix& right,
                                                  const Fix& tried, Random& random) const {
  std::vector<std::string> misses = {answer(fault, tried, random)};
  for (int i = 0; i < 2; ++i) {
    const Fix other = pick_where(fixes_, random, [&](const Fix& fix) {
      return fix.tool != right.tool && fix.way != tried.way;
    });
    misses.push_back(answer(fault, other, random));
    Fault near = fault;
    near.code = pick_where(codes_, random, [&](const auto& code) { return code != fault.code; });
    misses.push_back(answer(near, right, random));
    near = fault;
    near.device.number = pick_where(
        numbers_, random, [&](const auto& number) { return number != fault.device.number; });
    misses.push_back(answer(near, right, random));
  }
  random.shuffle(misses);
  return misses;
}

std::function<WrongAnswer()> HouseFaults::wrong_answers(std::vector<std::string> first,
                                                        const std::optional<Fault>& asked,
                                                        Random random) const {
  std::unordered_set<std::string> given;
  size_t next = 0;
  return [=, this]() mutable -> WrongAnswer {
    for (;;) {
      std::string text;
      if (next < first.size()) {
        text = first[next++];
      } else {
        const Fault fault = draw_fault(random);
        if (asked && fault.code == asked->code && fault.device.name() == asked->device.name())
          continue;
        text = answer(fault, pick_fault(fixes_, random), random);
      }
      if (given.insert(text).second) return {std::move(text), true};
    }
  };
}

AskedQuestion HouseFaults::ask(Random random) const {
  const Fault fault = draw_fault(random);
  const Fix right = pick_fault(fixes_, random);
  const Fix tried =
      pick_where(fixes_, random, [&](const Fix& fix) { return fix.way != right.way; });
  const Slots slots = {{"model", fault.device.name()},
                       {"code", fault.code},
                       {"when", pick_fault(when_, random)},
                       {"tried", tried.tried},
                       {"tool", right.tool}};
  AskedQuestion asked;
  asked.text = fill(pick_fault(questions_, random), slots);
  asked.right = answer(fault, right, random);
  std::vector<std::string> near = near_misses(fault, right, tried, random);
  asked.next_wrong = wrong_answers(std::move(near), fault, random);
  return asked;
}

std::function<WrongAnswer()> HouseFaults::others(Random random) const {
  return wrong_answers({}, std::nullopt, random);
}

}  // namespace loom

#include "core/benchmarks/nolima_needles.h"

#include <charconv>

#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

Slots arguments_of(const json& test) {
  Slots slots;
  size_t number = 0;
  for (const json& argument : test.at("input_args"))
    slots[std::to_string(++number)] = argument.get<std::string>();
  return slots;
}

void add_tests(const json& group, bool direct, std::vector<NeedleTest>& tests) {
  const std::string id = group.at("id").get<std::string>();
  NeedleTest common;
  if (std::from_chars(id.data(), id.data() + std::min<size_t>(4, id.size()), common.group).ec !=
      std::errc())
    throw json::other_error::create(501, "a group's id begins with four digits: " + id, nullptr);
  common.system = group.value("system_prompt", "");
  common.prompt_template = group.value("task_template", "");
  common.characters = group.at("character_set").get<std::vector<std::string>>();
  for (const auto& [kind, question] : group.at("questions").items()) {
    if ((kind == "direct") != direct) continue;
    for (const auto& [name, test] : group.at("tests").items()) {
      const Slots slots = arguments_of(test);
      NeedleTest one = common;
      one.name = id + "_" + name + "_" + kind;
      one.needle = fill(group.at("needle").get<std::string>(), slots);
      one.question = fill(question.get<std::string>(), slots);
      one.answers = test.value("gold_answers", std::vector<std::string>{});
      if (group.contains("distractors"))
        one.distractor = fill(group.at("distractors").value(kind, ""), slots);
      tests.push_back(std::move(one));
    }
  }
}

}  // namespace

Result<std::vector<NeedleTest>> needle_tests(const json& set, bool direct,
                                             const std::string& where) {
  std::vector<NeedleTest> tests;
  try {
    for (const json& group : set) add_tests(group, direct, tests);
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), where, "Fetch the file again"};
  }
  if (tests.empty()) return Error{ErrorKind::corrupt, "holds no test", where, "Fetch it again"};
  for (const NeedleTest& test : tests)
    if (test.characters.empty() && test.answers.empty())
      return Error{ErrorKind::corrupt, test.name + " has no answer", where, "Fetch it again"};
  return tests;
}

}  // namespace loom

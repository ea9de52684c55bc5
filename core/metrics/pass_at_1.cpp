// pass@1 of one completion: right when its program passes the record's own tests.
#include "core/base/hash.h"
#include "core/metrics/all_metrics.h"
#include "core/metrics/library_names.h"
#include "core/metrics/program_tests.h"
#include "core/sandbox/python.h"

namespace loom {
namespace {

MetricScore no_score(const std::string& why) {
  MetricScore score;
  score.rule = "not scored: " + why;
  return score;
}

// A name that was described to the model and whose original is not known.
std::string unknown_name_in(std::string_view answer, const nlohmann::json& record) {
  const auto unknown = record.find("unknown_names");
  if (unknown == record.end()) return "";
  for (std::string_view name : identifiers(answer))
    for (const auto& one : *unknown)
      if (one.get_ref<const std::string&>() == name) return std::string(name);
  return "";
}

// A reference that no Python of any time would have run; some of the official ones are such.
bool is_no_program(const std::string& why) {
  for (const char* error : {"SyntaxError", "IndentationError", "TabError", "NameError"})
    if (why.starts_with(error)) return true;
  return false;
}

// Why the references fail here although they are programs: tests were written for the libraries of
// their time. Empty: one passes, or none is a program, which says nothing of this machine.
std::string why_references_fail(const MetricInput& input, const ProgramTest& test,
                                const LibraryNames& names) {
  std::string why;
  for (const std::string& reference : input.references) {
    auto outcome = run_tests(test, names.restored(reference));
    if (!outcome) return describe(outcome.error());
    if (outcome->passed) return "";
    if (why.empty() && !is_no_program(outcome->why)) why = outcome->why;
  }
  return why;
}

}  // namespace

// "seconds": the limit (default 3). Of the record: "code_prompt", "code_test", "entry_point"; where
// the library goes by other names "library_names" (new name: original) and "unknown_names".
MetricScore pass_at_1(const MetricInput& input) {
  const auto& record = input.record;
  if (auto why = record.find("not_scored"); why != record.end())
    return no_score(why->get<std::string>());
  if (!record.contains("code_prompt") || !record.contains("code_test"))
    return no_score("the record has no tests");
  const LibraryNames names(record.value("library_names", NamePairs()));
  const std::string answer(input.prediction);
  if (auto original = names.original_in(answer))
    return {0.0, answer, "names the original library's " + *original};
  const ProgramTest test{record.at("code_prompt").get<std::string>(),
                         record.at("code_test").get<std::string>(), record.value("entry_point", ""),
                         input.parameters.value("seconds", 3.0)};
  const std::string completion = names.restored(answer);
  auto outcome = run_tests(test, completion);
  if (!outcome) return no_score(describe(outcome.error()));
  if (outcome->passed) return {1.0, completion, "passes the tests"};
  if (const std::string name = unknown_name_in(answer, record); !name.empty())
    return no_score("what " + name + " stands for is not known");
  if (const std::string why = why_references_fail(input, test, names); !why.empty())
    return no_score("no reference passes the tests with this Python's packages either: " + why);
  return {0.0, completion, "fails: " + outcome->why};
}

MetricScore one_of_several_programs(const MetricInput& input) {
  MetricScore score = pass_at_1(input);
  if (!score.value) return score;
  const std::string problem = input.record.at("code_prompt").get<std::string>() + '\n' +
                              input.record.at("code_test").get<std::string>();
  score.parts = {{"problem", sha256(problem)},
                 {"passed", *score.value == 1.0},
                 {"k", input.parameters.value("k", 1.0)}};
  return score;
}

Status programs_ready() {
  auto ready = python_ready();
  if (ready) return ready;
  Error error = ready.error();
  error.message = "not scored: " + error.message;
  return error;
}

}  // namespace loom

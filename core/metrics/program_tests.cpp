#include "core/metrics/program_tests.h"

#include <algorithm>
#include <cstdio>
#include <random>

#include "core/metrics/library_names.h"
#include "core/sandbox/python.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

constexpr size_t kMostWhyBytes = 200;

// Written behind the tests, and not known to who wrote the program: leaving before them is no
// success. What the program printed may come later, when Python empties its buffers.
std::string end_mark() {
  std::random_device random;
  char mark[64];
  std::snprintf(mark, sizeof mark, "tests passed %08x%08x", random(), random());
  return mark;
}

// "AttributeError: module …" from "AttributeError"; messages may go on over several lines.
bool names_error(std::string_view line) {
  const auto names = identifiers(line.substr(0, line.find(':')));
  return !names.empty() && line.starts_with(names[0]) &&
         (names.back().ends_with("Error") || names.back().ends_with("Exception"));
}

// What Python said last of an error, else the last line.
std::string last_words(std::string_view output) {
  output = strip_spaces(output);
  std::string_view last, rest = output;
  while (!rest.empty()) {
    const size_t end = rest.rfind('\n');
    const size_t begin = end == std::string_view::npos ? 0 : end + 1;
    const std::string_view line = rest.substr(begin);
    if (last.empty()) last = line;
    if (names_error(line)) {
      last = line;
      break;
    }
    rest = rest.substr(0, begin == 0 ? 0 : end);
  }
  return repair_utf8(std::string(last.substr(0, kMostWhyBytes)));
}

std::string why_failed(const SandboxOutcome& outcome, double seconds) {
  if (outcome.end == SandboxEnd::out_of_time) {
    char text[64];
    std::snprintf(text, sizeof text, "did not end within %.3g seconds", seconds);
    return text;
  }
  if (outcome.end == SandboxEnd::too_much_output) return "wrote without end";
  const std::string line = last_words(outcome.output);
  return line.empty() ? "ended with code " + std::to_string(outcome.code) : line;
}

}  // namespace

std::vector<std::string> imported_packages(std::string_view program) {
  std::vector<std::string> packages;
  for (size_t begin = 0; begin < program.size();) {
    const size_t end = std::min(program.find('\n', begin), program.size());
    const auto words = split_at_spaces(program.substr(begin, end - begin));
    begin = end + 1;
    if (words.size() < 2 || (words[0] != "import" && words[0] != "from")) continue;
    const auto names = identifiers(words[1]);
    if (names.empty() || !words[1].starts_with(names[0])) continue;
    const std::string package(names[0]);
    if (std::find(packages.begin(), packages.end(), package) == packages.end())
      packages.push_back(package);
  }
  return packages;
}

Result<TestOutcome> run_tests(const ProgramTest& test, const std::string& completion) {
  LOOM_CHECK(python_ready());
  double importing = 0;
  for (const std::string& package : imported_packages(test.prompt + "\n" + test.test)) {
    LOOM_TRY(const double seconds, seconds_to_import(package));
    importing += seconds;
  }
  const bool bare = test.entry_point.empty() || test.entry_point == "none";
  const std::string mark = end_mark();
  const std::string program = test.prompt + completion + "\n" + test.test + "\ncheck(" +
                              (bare ? "" : test.entry_point) +
                              ")\n__import__('os').write(1, b'\\n" + mark + "')\n";
  SandboxLimits limits;
  limits.seconds = test.seconds + 2 * importing;  // the second time may be the slower one
  limits.memory_bytes = size_t{4} << 30;
  limits.processes = 64;  // a library's threads
  LOOM_TRY(const SandboxOutcome outcome, run_in_sandbox(python_job(program, limits)));
  if (outcome.end == SandboxEnd::finished && outcome.code == 0 &&
      outcome.output.find(mark) != std::string::npos)
    return TestOutcome{true, ""};
  return TestOutcome{false, why_failed(outcome, limits.seconds)};
}

}  // namespace loom

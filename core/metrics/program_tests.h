// Programs that a model completed, run against the tests of their record, in the sandbox.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

// What a completion becomes part of: prompt, completion, test, then a call of check().
struct ProgramTest {
  std::string prompt, test;
  std::string entry_point;  // the name that check() takes; "none" or empty: it takes nothing
  double seconds = 3;       // beside the time that the imported packages take
};

struct TestOutcome {
  bool passed = false;
  std::string why;  // it did not: Python's error, or the limit it ran into
};

// Packages that a program imports by lines of its own, without their modules: "numpy".
std::vector<std::string> imported_packages(std::string_view program);

// Unsupported or not_found: what is missing to run it, so that nothing is said about the program.
Result<TestOutcome> run_tests(const ProgramTest& test, const std::string& completion);

}  // namespace loom

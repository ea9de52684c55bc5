// A suite's own files of its benchmarks: below the user's folder named after the suite, else in the
// Hugging Face cache, read in place.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/catalog/descriptions.h"

namespace loom {

const SuiteEntry* suite_entry(const SuiteDescription& suite, const std::string& benchmark);

// Of a benchmark's kinds of own files the first that is here, at all its lengths, for every task
// (any_task: for at least one); nothing where none is.
struct FoundSuiteFiles {
  const SuiteFiles* files = nullptr;
  std::vector<std::string> tasks;  // with files; empty: all that the entry names
};
FoundSuiteFiles suite_files(const SuiteDescription& suite, const SuiteEntry& entry,
                            const BenchmarkDescription& benchmark,
                            const std::filesystem::path& data_folder);

// The suite's own file of a task at a length (0: whatever the file holds). The error says where it
// belongs.
Result<std::filesystem::path> suite_file(const SuiteDescription& suite,
                                         const std::string& benchmark, const std::string& task,
                                         size_t length, const std::filesystem::path& data_folder);

}  // namespace loom

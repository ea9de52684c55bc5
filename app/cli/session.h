// What most verbs need: the catalogue, the history, folders, and how servers are made.
#pragma once

#include <memory>

#include "app/cli/command.h"
#include "core/execution/evaluation_run.h"
#include "core/history/run_queries.h"
#include "core/history/run_store.h"

namespace loom::cli {

std::filesystem::path store_path(const Invocation& invocation);
std::vector<std::filesystem::path> model_folders(const Invocation& invocation);
// Where the official files of benchmarks and suites are.
std::filesystem::path data_folder_of(const Invocation& invocation);
Result<Catalog> open_catalog();

struct Session {
  Catalog catalog;
  std::unique_ptr<RunStore> store;
  std::unique_ptr<RunQueries> queries;
  RunEnvironment environment;  // points into this session
};
Result<std::unique_ptr<Session>> open_session(const Invocation& invocation);
// To work on what is stored: a history that is named has to be there.
Result<std::unique_ptr<Session>> open_stored(const Invocation& invocation);
// With the history where there is one and it can be read: its answers need not be computed again.
Result<std::unique_ptr<Session>> open_to_estimate(const Invocation& invocation);
// To look at what is stored: also where the history may not be written, which is said.
Result<std::unique_ptr<Session>> open_to_read(const Invocation& invocation);
// Without a history: for estimates and looking things up.
Result<std::unique_ptr<Session>> open_without_store(const Invocation& invocation);

// A run's number as typed, or an Error that names it.
Result<int64_t> run_number(const std::string& text);
Result<std::vector<int64_t>> run_numbers(const std::vector<std::string>& typed, size_t least);

}  // namespace loom::cli

#include "app/cli/session.h"

#include <charconv>
#include <iostream>

#include "core/base/file_paths.h"
#include "core/catalog/local_models.h"
#include "core/servers/engine_client.h"

namespace loom::cli {
namespace {

Result<std::unique_ptr<ModelServer>> make_server(const PlanMethod& server,
                                                 const std::string& device) {
  if (server.id == "local")
    return std::unique_ptr<ModelServer>(
        std::make_unique<EngineClient>(default_engine_path(), device));
  return Error{ErrorKind::unsupported, "this version has no server \"" + server.id + "\"",
               "--server", "Use --server local"};
}

// A mistyped history is not one without runs; nor is it made by looking at it.
Status check_store_is_there(const Invocation& invocation) {
  std::error_code failed;
  if (!invocation.has("store") || std::filesystem::exists(invocation.text("store"), failed))
    return {};
  return Error{ErrorKind::not_found, "there is no history here", invocation.text("store"),
               "Check the path; loomscope-cli run makes a new one there"};
}

}  // namespace

std::filesystem::path store_path(const Invocation& invocation) {
  std::string given = invocation.text("store");
  return given.empty() ? paths::store() : std::filesystem::path(given);
}

std::vector<std::filesystem::path> model_folders(const Invocation& invocation) {
  auto folders = default_model_folders();
  for (const std::string& folder : invocation.texts("models_folder")) folders.emplace_back(folder);
  return folders;
}

std::filesystem::path data_folder_of(const Invocation& invocation) {
  const std::string given = invocation.text("data_folder");
  return given.empty() ? paths::benchmarks() : std::filesystem::path(given);
}

Result<Catalog> open_catalog() {
  LOOM_TRY(auto registry, paths::registry());
  return load_catalog(registry, paths::benchmarks());
}

Result<std::unique_ptr<Session>> open_without_store(const Invocation& invocation) {
  auto session = std::make_unique<Session>();
  LOOM_TRY(session->catalog, open_catalog());
  RunEnvironment& environment = session->environment;
  environment.catalog = &session->catalog;
  environment.data_folder = data_folder_of(invocation);
  environment.model_folders = model_folders(invocation);
  environment.make_server = make_server;
  return session;
}

Result<std::unique_ptr<Session>> open_session(const Invocation& invocation) {
  LOOM_TRY(auto session, open_without_store(invocation));
  std::filesystem::path file = store_path(invocation);
  LOOM_TRY(session->store, RunStore::open(file));
  LOOM_CHECK(session->store->pause_abandoned());
  LOOM_TRY(session->queries, RunQueries::open(file));
  session->environment.store = session->store.get();
  return session;
}

Result<std::unique_ptr<Session>> open_stored(const Invocation& invocation) {
  LOOM_CHECK(check_store_is_there(invocation));
  return open_session(invocation);
}

Result<std::unique_ptr<Session>> open_to_estimate(const Invocation& invocation) {
  LOOM_TRY(auto session, open_without_store(invocation));
  const std::filesystem::path file = store_path(invocation);
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) return session;
  auto store = RunStore::open_as_allowed(file);
  if (store) {
    session->store = std::move(*store);
    session->environment.store = session->store.get();
  } else {
    std::cerr << "Answers of earlier runs are not counted: " << describe(store.error())
              << std::endl;
  }
  return session;
}

Result<std::unique_ptr<Session>> open_to_read(const Invocation& invocation) {
  LOOM_CHECK(check_store_is_there(invocation));
  LOOM_TRY(auto session, open_without_store(invocation));
  std::filesystem::path file = store_path(invocation);
  LOOM_TRY(session->store, RunStore::open_as_allowed(file));
  if (session->store->is_read_only())
    std::cerr << "The history " << file.string() << " cannot be written: it is only read"
              << std::endl;
  else
    LOOM_CHECK(session->store->pause_abandoned());
  LOOM_TRY(session->queries, RunQueries::open(file));
  return session;
}

Result<int64_t> run_number(const std::string& text) {
  int64_t run = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), run);
  if (error != std::errc() || end != text.data() + text.size() || run <= 0)
    return Error{ErrorKind::invalid_input, "\"" + text + "\" is not a run's number", "RUN",
                 "loomscope-cli ls lists the runs"};
  return run;
}

Result<std::vector<int64_t>> run_numbers(const std::vector<std::string>& typed, size_t least) {
  if (typed.size() < least)
    return Error{ErrorKind::invalid_input, "needs " + std::to_string(least) + " run numbers", "RUN",
                 "loomscope-cli ls lists the runs"};
  std::vector<int64_t> runs;
  for (const std::string& text : typed) {
    LOOM_TRY(int64_t run, run_number(text));
    runs.push_back(run);
  }
  return runs;
}

}  // namespace loom::cli

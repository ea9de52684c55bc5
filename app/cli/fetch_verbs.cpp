// benchmarks fetch and models add: what the hub has, brought into the Hugging Face cache.
#include "app/cli/fetch_verbs.h"

#include <iostream>

#include "app/cli/interrupt.h"
#include "app/cli/progress_line.h"
#include "core/base/file_paths.h"
#include "core/catalog/fetch_benchmark.h"
#include "core/catalog/fetch_model.h"

namespace loom::cli {
namespace {

HubSettings hub_settings(const Invocation& invocation) {
  HubSettings settings = hub_settings_from_environment();
  settings.offline = settings.offline || invocation.has("offline");
  return settings;
}

// What came before an interruption stays on the disk; the same command goes on with it.
Error with_resume(Error error, const std::string& command) {
  if (error.kind != ErrorKind::cancelled) return error;
  error.message = "stopped; what came is kept";
  error.remedy = "To go on: loomscope-cli " + command;
  return error;
}

nlohmann::json json_of(const BenchmarkDescription& benchmark, const BenchmarkData& data) {
  nlohmann::json files = nlohmann::json::array();
  for (const FoundFile& found : data.files)
    files.push_back({{"path", found.file.path},
                     {"here", found.place != FoundFile::absent},
                     {"place", found.path.string()}});
  return {{"id", benchmark.id},
          {"ready", data.state == BenchmarkData::ready || data.state == BenchmarkData::generated},
          {"absent", data.absent.size()},
          {"files", files}};
}

}  // namespace

Error suite_is_no_benchmark(const SuiteDescription& suite, const std::string& action) {
  std::string members;
  for (const SuiteEntry& entry : suite.entries) members += " " + entry.benchmark;
  return {ErrorKind::invalid_input, "\"" + suite.id + "\" is a suite of benchmarks",
          "benchmarks " + action, "Name one of its benchmarks:" + members};
}

Result<int> fetch_benchmarks(const Invocation& invocation, const Catalog& catalog) {
  if (invocation.positional.size() < 2)
    return Error{ErrorKind::invalid_input, "a benchmark is needed", "benchmarks fetch",
                 "loomscope-cli benchmarks ls lists them"};
  std::vector<const BenchmarkDescription*> chosen;
  for (size_t i = 1; i < invocation.positional.size(); ++i) {
    const std::string& id = invocation.positional[i];
    if (const SuiteDescription* suite = catalog.suite(id))
      return suite_is_no_benchmark(*suite, "fetch");
    chosen.push_back(catalog.benchmark(id));
    if (!chosen.back()) return refuse(invocation, no_benchmark(catalog, id, ""));
  }
  const std::filesystem::path folder = invocation.text("data_folder", paths::benchmarks().string());
  nlohmann::json fetched = nlohmann::json::array();
  for (const BenchmarkDescription* benchmark : chosen) {
    ProgressLine line;
    auto data = fetch_benchmark(
        *benchmark, folder, hub_settings(invocation),
        // Of a benchmark that is made here, every file is optional, and it was asked for.
        invocation.has("optional") || benchmark->generated,
        [&](const FetchProgress& progress) { line.show(progress); }, interrupt_token());
    line.close();
    if (!data) return with_resume(data.error(), "benchmarks fetch " + benchmark->id);
    fetched.push_back(json_of(*benchmark, *data));
    if (!invocation.has("json"))
      std::cout << benchmark->title << ": " << data->files.size() - data->absent.size() << " of "
                << data->files.size() << " files are here" << std::endl;
  }
  if (invocation.has("json")) print_json(invocation, {{"benchmarks", fetched}});
  return kFinished;
}

Result<LocalModel> add_model(const Invocation& invocation) {
  if (invocation.positional.size() < 2)
    return Error{ErrorKind::invalid_input, "a repository is needed", "models add",
                 "models add hf:ORG/NAME[@REVISION]"};
  const std::string& name = invocation.positional[1];
  LOOM_TRY(const HubRepo repo, parse_hub_repo(name, HubRepo::model));
  ProgressLine line;
  auto model = fetch_model(
      hub_settings(invocation), repo, invocation.text("file"),
      [&](const FetchProgress& progress) { line.show(progress); }, interrupt_token());
  line.close();
  if (!model) return with_resume(model.error(), "models add " + name);
  return model;
}

}  // namespace loom::cli

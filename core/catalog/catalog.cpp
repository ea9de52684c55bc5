#include "core/catalog/catalog.h"

#include <algorithm>

#include "core/base/text_file.h"
#include "core/catalog/check_descriptions.h"
#include "core/catalog/custom_folder.h"
#include "core/catalog/read_descriptions.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

// Fields are read with at() and value(); json's exceptions become Errors that name the file.
template <typename T, typename Read>
Result<T> from_file(const fs::path& file, Read read) {
  LOOM_TRY(json root, read_json(file));
  try {
    if (root.value("format", 0) != 1)
      return Error{ErrorKind::unsupported, "the format is not 1", file.string() + ": format", ""};
    if (root.at("id").get<std::string>() != file.stem().string())
      return Error{ErrorKind::invalid_input, "the id is not the file's name",
                   file.string() + ": id", ""};
    return read(root);
  } catch (const json::exception& problem) {
    return Error{ErrorKind::invalid_input, problem.what(), file.string(), ""};
  }
}

template <typename T>
Status read_folder(const fs::path& folder, T (*read)(const json&), std::vector<T>& list) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  if (error)
    return Error{ErrorKind::not_found, error.message(), folder.string(),
                 "The registry is incomplete"};
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    LOOM_TRY(T value,
             from_file<T>(file, [&](const json& root) -> Result<T> { return read(root); }));
    list.push_back(std::move(value));
  }
  return {};
}

template <typename T>
const T* find_id(const std::vector<T>& list, const std::string& id) {
  for (const T& item : list)
    if (item.id == id) return &item;
  return nullptr;
}

}  // namespace

const TaskDescription* BenchmarkDescription::task(const std::string& task_id) const {
  return find_id(tasks, task_id);
}
bool BenchmarkDescription::has_length(const TaskDescription& task, size_t length) const {
  const auto& there = !task.lengths.empty() || generated ? task.lengths : lengths;
  return length == 0 || there.empty() ||
         std::find(there.begin(), there.end(), length) != there.end();
}
const BenchmarkDescription* Catalog::benchmark(const std::string& id) const {
  return find_id(benchmarks, id);
}
const SuiteDescription* Catalog::suite(const std::string& id) const {
  return find_id(suites, id);
}
const MethodDescription* Catalog::server(const std::string& id) const {
  return find_id(servers, id);
}
const MethodDescription* Catalog::augmentation(const std::string& id) const {
  return find_id(augmentations, id);
}

const Error* Catalog::problem_with(const std::string& id) const {
  const std::string file = "/" + id + ".json";
  for (const Error& problem : problems)
    if (const size_t at = problem.where.rfind(file);
        at != std::string::npos &&
        (at + file.size() == problem.where.size() || problem.where[at + file.size()] == ':'))
      return &problem;
  return nullptr;
}

Error no_benchmark(const Catalog& catalog, const std::string& id, const std::string& where) {
  if (const Error* problem = catalog.problem_with(id)) return *problem;
  return {ErrorKind::not_found, "there is no benchmark \"" + id + "\"", where,
          "loomscope-cli benchmarks ls lists them"};
}

void sort_by_capability(std::vector<BenchmarkDescription>& benchmarks) {
  auto rank = [](const BenchmarkDescription& benchmark) {
    return std::find(kCapabilities.begin(), kCapabilities.end(), benchmark.capability) -
           kCapabilities.begin();
  };
  std::stable_sort(benchmarks.begin(), benchmarks.end(), [&](const auto& a, const auto& b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : a.title < b.title;
  });
}

Result<Catalog> load_catalog(const fs::path& registry, const fs::path& custom_folder) {
  Catalog catalog;
  LOOM_CHECK(read_folder(registry / "benchmarks", benchmark_from, catalog.benchmarks));
  LOOM_CHECK(read_folder(registry / "servers", method_from, catalog.servers));
  LOOM_CHECK(read_folder(registry / "augmentations", method_from, catalog.augmentations));
  LOOM_CHECK(read_folder(registry / "models", architecture_from, catalog.architectures));
  LOOM_CHECK(read_folder(registry / "suites", suite_from, catalog.suites));
  for (const auto& benchmark : catalog.benchmarks)
    LOOM_CHECK(check_description(benchmark, registry / "benchmarks" / (benchmark.id + ".json")));
  for (const SuiteDescription& suite : catalog.suites)
    LOOM_CHECK(check_description(suite, catalog, registry / "suites" / (suite.id + ".json")));
  sort_by_capability(catalog.benchmarks);
  add_custom_benchmarks(custom_folder, catalog);
  return catalog;
}

Status check_registry_file(const fs::path& file) {
  LOOM_TRY(json root, read_json(file));
  auto reading = [&](auto read) {
    using Value = decltype(read(root));
    return from_file<Value>(file,
                            [&](const json& object) -> Result<Value> { return read(object); });
  };
  if (root.is_object() && (root.contains("columns") || root.contains("folder"))) {
    LOOM_TRY(CustomBenchmark custom, custom_benchmark_from(root, file));
    return {};
  }
  if (root.is_object() && root.contains("tasks")) {
    LOOM_TRY(BenchmarkDescription benchmark, reading(benchmark_from));
    return check_description(benchmark, file);
  }
  if (root.is_object() && root.contains("benchmarks")) {
    LOOM_TRY(SuiteDescription suite, reading(suite_from));
    return {};
  }
  if (root.is_object() && root.contains("model_types")) {
    LOOM_TRY(ArchitectureDescription architecture, reading(architecture_from));
    return {};
  }
  LOOM_TRY(MethodDescription method, reading(method_from));
  if (auto complete = complete_parameters(method.parameters, json::object()); !complete) {
    Error error = complete.error();
    error.where = file.string() + ": " + error.where;
    return error;
  }
  return {};
}

}  // namespace loom

#include "core/catalog/custom_folder.h"

#include <algorithm>

#include "core/base/text_file.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

Error taken(const std::string& id, const std::string& where) {
  return {ErrorKind::conflict, "there is already a benchmark \"" + id + "\"", where + ": id",
          "Give it another id"};
}

bool is_taken(const std::string& id, const Catalog& catalog) {
  return catalog.benchmark(id) || catalog.suite(id);
}

fs::path file_of(const std::string& id, const fs::path& folder) {
  return folder / (id + ".json");
}

Result<BenchmarkDescription> read_stored(const fs::path& file, const Catalog& catalog) {
  LOOM_TRY(const CustomBenchmark benchmark, read_custom_benchmark(file));
  if (benchmark.id != file.stem().string())
    return Error{ErrorKind::invalid_input, "the id is not the file's name", file.string() + ": id",
                 "Call the file " + benchmark.id + ".json"};
  if (is_taken(benchmark.id, catalog)) return taken(benchmark.id, file.string());
  if (benchmark.kind == CustomBenchmark::records && benchmark.samples == 0)
    return Error{ErrorKind::invalid_input, "does not say how many records there are",
                 file.string() + ": samples",
                 "loomscope-cli benchmarks add FILE.json reads the data and counts them"};
  return description_of(benchmark);
}

}  // namespace

void add_custom_benchmarks(const fs::path& folder, Catalog& catalog) {
  std::error_code failure;
  if (folder.empty() || !fs::exists(folder, failure)) return;
  std::vector<fs::path> files;
  for (auto at = fs::directory_iterator(folder, failure); !failure && at != fs::end(at);
       at.increment(failure))
    if (at->path().extension() == ".json") files.push_back(at->path());
  if (failure) catalog.problems.push_back({ErrorKind::io, failure.message(), folder.string(), ""});
  std::sort(files.begin(), files.end());
  std::vector<BenchmarkDescription> added;
  for (const fs::path& file : files) {
    auto read = read_stored(file, catalog);
    if (read)
      added.push_back(std::move(*read));
    else
      catalog.problems.push_back(read.error());
  }
  sort_by_capability(added);
  std::move(added.begin(), added.end(), std::back_inserter(catalog.benchmarks));
}

Result<fs::path> store_custom_benchmark(const CustomBenchmark& benchmark, const Catalog& catalog,
                                        const fs::path& folder, const fs::path& from) {
  const fs::path file = file_of(benchmark.id, folder);
  LOOM_CHECK(check_custom_benchmark(benchmark, file.string()));
  std::error_code ignored;
  const BenchmarkDescription* other = catalog.benchmark(benchmark.id);
  const bool anew = fs::equivalent(from, file, ignored) && !catalog.suite(benchmark.id) &&
                    (!other || other->custom);
  if (!anew && (is_taken(benchmark.id, catalog) || fs::exists(fs::symlink_status(file, ignored))))
    return taken(benchmark.id, file.string());
  try {
    LOOM_CHECK(write_file(file, to_json(benchmark).dump(2) + "\n"));
  } catch (const nlohmann::json::exception& problem) {
    return Error{ErrorKind::invalid_input, "a text is not UTF-8", file.string(), problem.what()};
  }
  return file;
}

Status remove_custom_benchmark(const std::string& id, const Catalog& catalog,
                               const fs::path& folder) {
  const BenchmarkDescription* benchmark = catalog.benchmark(id);
  const bool broken = !benchmark && id.find('/') == std::string::npos && catalog.problem_with(id);
  if (benchmark && !benchmark->custom)
    return Error{ErrorKind::invalid_input, "belongs to the program and stays", id,
                 "Only benchmarks that you added can be removed"};
  if (!benchmark && !broken)
    return Error{ErrorKind::not_found, "there is no benchmark \"" + id + "\"", id,
                 "loomscope-cli benchmarks ls lists them"};
  std::error_code failure;
  fs::remove(file_of(id, folder), failure);
  if (failure) return Error{ErrorKind::io, failure.message(), file_of(id, folder).string(), ""};
  return {};
}

std::string free_id(const std::string& id, const Catalog& catalog, const fs::path& folder) {
  auto in_use = [&](const std::string& name) {
    std::error_code ignored;
    return is_taken(name, catalog) ||
           fs::exists(fs::symlink_status(file_of(name, folder), ignored));
  };
  std::string name = id;
  for (int number = 2; in_use(name); ++number)
    name = id.substr(0, 58) + "_" + std::to_string(number);
  return name;
}

}  // namespace loom

#include "core/catalog/benchmark_data.h"

#include <algorithm>
#include <set>

#include "core/base/hub_folders.h"
#include "core/catalog/fetch_benchmark.h"
#include "core/data_files/data_files.h"
#include "core/data_files/parquet_files.h"
#include "core/hub/hub_cache.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr const char* kParquetBranch = "refs/convert/parquet";

bool is_there(const fs::path& file) {
  std::error_code unreadable;
  return fs::exists(file, unreadable);
}

std::optional<fs::path> in_hub_cache(const DataFile& file, std::string hub_path) {
  if (file.hub_id.empty()) return std::nullopt;
  if (hub_path.ends_with('/')) hub_path.pop_back();  // a folder
  const HubRepo repo = data_repo(file);
  if (!check_hub_repo(repo) || !check_hub_path(hub_path)) return std::nullopt;
  return HubCache(hub_cache_folder(), repo).find(repo.revision, hub_path);
}

// Whether the data set is this one file and what can be done without.
bool is_only(const BenchmarkDescription& benchmark, const std::string& name) {
  size_t needed = 0;
  bool known = false;
  for (const DataFile& file : benchmark.files) {
    if (!file.has_substitute) ++needed;
    known = known || file.path == name;
  }
  return known && needed == 1;
}

// The hub's own conversion lies on a branch of its own.
std::optional<fs::path> parquet_in_cache(const DataFile& file, const std::string& name, bool only) {
  // What has a known hash is not replaced by another form of it.
  if (file.hub_id.empty() || !file.sha256.empty()) return std::nullopt;
  const HubRepo repo = data_repo(file);
  if (!check_hub_repo(repo)) return std::nullopt;
  const HubCache cache(hub_cache_folder(), repo);
  if (!is_there(cache.folder())) return std::nullopt;
  for (const std::string& revision : {repo.revision, std::string(kParquetBranch)}) {
    const auto root = cache.find(revision, "");
    if (!root) continue;
    if (const auto table = parquet_for(name, only, folder_below(*root))) return *root / *table;
  }
  return std::nullopt;
}

std::optional<fs::path> own_parquet(const BenchmarkDescription& benchmark, const std::string& name,
                                    const fs::path& data_folder) {
  const fs::path folder = data_folder / benchmark.id;
  if (!is_there(folder)) return std::nullopt;
  const auto table = parquet_for(name, is_only(benchmark, name), folder_below(folder));
  return table ? std::optional(folder / *table) : std::nullopt;
}

// The user may have unpacked the archive: then its members lie in the folder of the same name.
bool is_unpacked(const fs::path& archive) {
  std::error_code unreadable;
  const fs::path folder = fs::path(archive).replace_extension();
  return archive.extension() == ".zip" && fs::is_directory(folder, unreadable) &&
         !fs::is_empty(folder, unreadable);
}

FoundFile find_file(const BenchmarkDescription& benchmark, const DataFile& file,
                    const fs::path& data_folder) {
  const fs::path own = data_folder / benchmark.id / file.path;
  if (is_there(own)) return {file, FoundFile::user_folder, own};
  if (is_unpacked(own)) return {file, FoundFile::user_folder, fs::path(own).replace_extension()};
  if (auto cached = in_hub_cache(file, file.hub_path)) return {file, FoundFile::hub_cache, *cached};
  if (auto cached = in_hub_cache(file, file.path)) return {file, FoundFile::hub_cache, *cached};
  if (auto table = own_parquet(benchmark, file.path, data_folder))
    return {file, FoundFile::user_folder, *table};
  if (auto table = parquet_in_cache(file, file.hub_path, is_only(benchmark, file.path)))
    return {file, FoundFile::hub_cache, *table};
  return {file, FoundFile::absent, own};
}

// The member of an archive that is called so, in whatever folder of the archive.
std::optional<fs::path> in_archive(const fs::path& archive, const std::string& name) {
  if (archive.extension() != ".zip") return std::nullopt;
  const auto members = zip_members(archive);
  if (!members) return std::nullopt;
  for (const std::string& member : *members)
    if (member == name || member.ends_with("/" + name)) return archive / member;
  return std::nullopt;
}

// Every file that may hold the one that is looked for.
std::vector<fs::path> archives(const BenchmarkDescription& benchmark, const fs::path& folder,
                               const std::vector<FoundFile>& described) {
  std::vector<fs::path> found;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder / benchmark.id, failure))
    if (entry.path().extension() == ".zip") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  for (const FoundFile& file : described)
    if (file.place == FoundFile::hub_cache && file.path.extension() == ".zip")
      found.push_back(file.path);
  return found;
}

Error not_here(const BenchmarkDescription& benchmark, const std::string& name,
               const fs::path& folder) {
  const bool fetchable = std::any_of(benchmark.files.begin(), benchmark.files.end(),
                                     [](const DataFile& file) { return !file.hub_id.empty(); });
  const std::string place = (folder / benchmark.id).string();
  return {ErrorKind::not_found, benchmark.title + " needs the file " + name, place,
          fetchable ? "loomscope-cli benchmarks fetch " + benchmark.id + ", or put the file there"
                    : "Put the file there" +
                          (benchmark.paper.empty() ? "" : "; its source: " + benchmark.paper)};
}

}  // namespace

BenchmarkData benchmark_data(const BenchmarkDescription& benchmark, const fs::path& data_folder) {
  BenchmarkData data;
  bool required = false, required_absent = false;
  for (const DataFile& file : benchmark.files) {
    FoundFile found = find_file(benchmark, file, data_folder);
    const bool absent = found.place == FoundFile::absent;
    if (absent && file.has_substitute) continue;
    data.files.push_back(std::move(found));
    required = required || file.required;
    if (!absent) continue;
    data.absent.push_back(file);
    data.absent_bytes += file.bytes;
    required_absent = required_absent || file.required;
  }
  const bool any = data.absent.size() < data.files.size();
  if (required_absent) {
    data.state = BenchmarkData::missing;
  } else if (any && (data.absent.empty() || required)) {
    data.state = BenchmarkData::ready;
  } else if (benchmark.generated) {
    data.state = BenchmarkData::generated;
  } else {
    data.state = any ? BenchmarkData::partial : BenchmarkData::missing;
  }
  return data;
}

Result<fs::path> find_data_file(const BenchmarkDescription& benchmark, const std::string& name,
                                const fs::path& data_folder) {
  const fs::path own = data_folder / benchmark.id / name;
  for (const fs::path& file : {own, fs::path(own.string() + ".gz")})
    if (is_there(file)) return file;
  const std::vector<FoundFile> described = benchmark_data(benchmark, data_folder).files;
  for (const FoundFile& file : described)
    if (file.file.path == name && file.place != FoundFile::absent) return file.path;
  for (const DataFile& file : benchmark.files)
    for (const char* ending : {"", ".gz"})
      if (auto cached = in_hub_cache(file, name + ending)) return *cached;
  for (const fs::path& archive : archives(benchmark, data_folder, described))
    if (auto member = in_archive(archive, name)) return *member;
  if (auto table = own_parquet(benchmark, name, data_folder)) return *table;
  std::set<std::string> asked;
  for (const DataFile& file : benchmark.files)
    if (asked.insert(file.hub_id).second)
      if (auto table = parquet_in_cache(file, name, is_only(benchmark, name))) return *table;
  return not_here(benchmark, name, data_folder);
}

}  // namespace loom

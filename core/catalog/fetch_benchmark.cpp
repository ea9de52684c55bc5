#include "core/catalog/fetch_benchmark.h"

#include <algorithm>
#include <map>

#include "core/base/hash.h"
#include "core/data_files/parquet_files.h"
#include "core/hub/hub_cache.h"
#include "core/hub/list_repo.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr size_t kSha256Digits = 64;

struct Part {
  HubRepo repo;
  HubListing listing;
  std::vector<DataFile> wanted;
  std::vector<HubFile> files;

  bool lists(const std::string& path) const {
    return std::any_of(listing.files.begin(), listing.files.end(),
                       [&](const HubFile& file) { return file.path == path; });
  }
};

Error other_version(const DataFile& file) {
  return {
      ErrorKind::corrupt, "the hub has another version than the one this benchmark is defined on",
      file.hub_id + "/" + file.hub_path, "Update LoomScope, or put the right file into the folder"};
}

// A benchmark none of whose files is required, and which is not made here, consists of them all.
std::vector<DataFile> wanted_files(const BenchmarkDescription& benchmark,
                                   const fs::path& data_folder, bool optional_files) {
  const bool some_required = std::any_of(benchmark.files.begin(), benchmark.files.end(),
                                         [](const DataFile& file) { return file.required; });
  const bool all = optional_files || (!some_required && !benchmark.generated);
  std::vector<DataFile> absent = benchmark_data(benchmark, data_folder).absent;
  std::erase_if(absent, [all](const DataFile& file) { return !file.required && !all; });
  std::stable_partition(absent.begin(), absent.end(),
                        [](const DataFile& file) { return file.required; });
  return absent;
}

Error gone(const DataFile& file) {
  return {ErrorKind::not_found, "is no longer on the hub", file.hub_id + "/" + file.hub_path,
          "Update LoomScope, or put the file into the benchmark's folder"};
}

// The same records as Parquet, where the hub has them in no other form.
Result<std::vector<std::string>> listed_parquet(const HubListing& listing,
                                                const std::string& hub_path) {
  const ListFolder list = [&listing](const std::string& folder) {
    std::vector<std::string> names;
    for (const HubFile& file : listing.files)
      if (fs::path(file.path).parent_path().generic_string() == folder &&
          file.path.ends_with(".parquet"))
        names.push_back(fs::path(file.path).filename().string());
    return names;
  };
  const auto first = parquet_for(hub_path, false, list);
  if (!first) return std::vector<std::string>{};
  return parquet_shards(*first, list);
}

// The listed files that a description means: one, or with a '/' at its end all below a folder.
Status choose(Part& part, const DataFile& file) {
  const size_t before = part.files.size();
  for (const HubFile& listed : part.listing.files) {
    const bool below = file.hub_path.ends_with('/') && listed.path.starts_with(file.hub_path);
    if (listed.path != file.hub_path && !below) continue;
    const bool known = !file.sha256.empty() && listed.hash.size() == kSha256Digits;
    if (known && listed.hash != file.sha256) return other_version(file);
    part.files.push_back(listed);
  }
  if (part.files.size() > before) return {};
  if (!file.sha256.empty()) return gone(file);
  // Data sets are arranged anew at times: the name below our folder, then the records as Parquet.
  std::vector<std::string> others = {file.path};
  if (!part.lists(file.path)) {
    LOOM_TRY(others, listed_parquet(part.listing, file.hub_path));
  }
  for (const std::string& path : others)
    for (const HubFile& listed : part.listing.files)
      if (listed.path == path) part.files.push_back(listed);
  if (part.files.size() > before) return {};
  return gone(file);
}

Result<std::vector<Part>> plan_parts(const std::vector<DataFile>& absent,
                                     const HubSettings& settings, std::stop_token stop) {
  std::map<std::pair<std::string, std::string>, Part> parts;
  for (const DataFile& file : absent) {
    Part& part = parts[{file.hub_id, file.hub_revision}];
    part.repo = data_repo(file);
    part.wanted.push_back(file);
  }
  std::vector<Part> list;
  for (auto& [key, part] : parts) {
    LOOM_TRY(part.listing, list_hub_repo(settings, part.repo, stop));
    for (const DataFile& file : part.wanted) LOOM_CHECK(choose(part, file));
    list.push_back(std::move(part));
  }
  return list;
}

// Files outside LFS come with git's hash only; what the registry says about them is checked here.
Status check_known_hashes(const Part& part, const HubSettings& settings) {
  const HubCache cache(settings.cache, part.repo);
  for (const DataFile& file : part.wanted) {
    if (file.sha256.empty() || file.hub_path.ends_with('/')) continue;
    LOOM_TRY(const std::string hash,
             sha256_file(cache.snapshot(part.listing.commit) / file.hub_path));
    if (hash != file.sha256) return other_version(file);
  }
  return {};
}

// One fetch after the other seen as one.
class JoinedProgress {
 public:
  JoinedProgress(const std::vector<Part>& parts, const WatchFetch& watch) : watch_(watch) {
    for (const Part& part : parts) {
      all_.files += part.files.size();
      for (const HubFile& file : part.files) all_.bytes += file.bytes;
    }
  }
  WatchFetch part() {
    return [this](const FetchProgress& progress) {
      FetchProgress joined = progress;
      joined.files_done += done_.files;
      joined.bytes_done += done_.bytes;
      joined.files = all_.files;
      joined.bytes = all_.bytes;
      if (progress.bytes_per_second > 0)
        joined.seconds_left =
            static_cast<double>(joined.bytes - joined.bytes_done) / progress.bytes_per_second;
      last_ = progress;
      if (watch_) watch_(joined);
    };
  }
  void part_done() {
    done_.files += last_.files;
    done_.bytes += last_.bytes;
  }

 private:
  const WatchFetch& watch_;
  FetchProgress all_, done_, last_;
};

}  // namespace

HubRepo data_repo(const DataFile& file) {
  return {HubRepo::dataset, file.hub_id, file.hub_revision.empty() ? "main" : file.hub_revision};
}

Result<BenchmarkData> fetch_benchmark(const BenchmarkDescription& benchmark,
                                      const fs::path& data_folder, const HubSettings& settings,
                                      bool optional_files, const WatchFetch& watch,
                                      std::stop_token stop) {
  std::vector<DataFile> absent = wanted_files(benchmark, data_folder, optional_files);
  const auto first_without = std::stable_partition(
      absent.begin(), absent.end(), [](const DataFile& file) { return !file.hub_id.empty(); });
  const std::vector<DataFile> unreachable(first_without, absent.end());
  absent.erase(first_without, absent.end());
  LOOM_TRY(const std::vector<Part> parts, plan_parts(absent, settings, stop));
  JoinedProgress progress(parts, watch);
  for (const Part& part : parts) {
    LOOM_TRY(auto paths,
             fetch_hub_files(settings, part.repo, part.listing, part.files, progress.part(), stop));
    LOOM_CHECK(check_known_hashes(part, settings));
    progress.part_done();
  }
  BenchmarkData data = benchmark_data(benchmark, data_folder);
  if (!unreachable.empty() &&
      (unreachable.front().required || data.state == BenchmarkData::missing))
    return Error{
        ErrorKind::not_found,
        benchmark.title + " needs " + unreachable.front().path + ", which is on no hub",
        (data_folder / benchmark.id).string(),
        "Put the file there" + (benchmark.paper.empty() ? "" : "; its source: " + benchmark.paper)};
  return data;
}

}  // namespace loom

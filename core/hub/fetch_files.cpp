#include "core/hub/fetch_files.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "core/hub/fetch_meter.h"
#include "core/hub/file_download.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kSpare = uint64_t{64} << 20;  // left free on the disk

std::string mebibytes(uint64_t bytes) {
  return std::to_string((bytes >> 20) + 1) + " MiB";
}

// What is still to come has to fit, before the first byte does.
Status check_space(const HubCache& cache, const std::vector<HubFile>& files) {
  uint64_t needed = 0;
  std::set<std::string> counted;
  for (const HubFile& file : files) {
    std::error_code missing;
    if (cache.has_blob(file) || !counted.insert(file.hash).second) continue;
    const auto here = fs::file_size(cache.incomplete(file), missing);
    needed += file.bytes - (missing ? 0 : std::min<uint64_t>(here, file.bytes));
  }
  std::error_code failure;
  fs::create_directories(cache.folder(), failure);
  if (failure)
    return Error{ErrorKind::io, failure.message(), cache.folder().string(), "Check permissions"};
  const auto space = fs::space(cache.folder(), failure);
  if (failure || needed == 0 || space.available >= needed + kSpare) return {};
  return Error{ErrorKind::io,
               "needs " + mebibytes(needed) + ", " + mebibytes(space.available) + " are free",
               cache.folder().string(), "Free some space, or set HF_HOME to another disk"};
}

class Fetch {
 public:
  Fetch(const HubSettings& settings, const HubRepo& repo, const HubListing& listing,
        const std::vector<HubFile>& files, const WatchFetch& watch, std::stop_token stop)
      : settings_(settings),
        repo_(repo),
        listing_(listing),
        files_(files),
        cache_(settings.cache, repo),
        meter_(files, watch),
        forward_(stop, [this] { stop_.request_stop(); }) {}

  Result<std::vector<fs::path>> run() {
    LOOM_CHECK(check_space(cache_, files_));
    {
      std::vector<std::jthread> workers;
      for (size_t i = 0; i < std::min(settings_.parallel_files, files_.size()); ++i)
        workers.emplace_back([this] { work(); });
    }
    if (!outcome_) return outcome_.error();
    if (stop_.stop_requested()) return Error{ErrorKind::cancelled, "stopped", repo_.id, ""};
    LOOM_CHECK(cache_.write_ref(repo_.revision, listing_.commit));
    std::vector<fs::path> paths;
    for (const HubFile& file : files_)
      paths.push_back(cache_.snapshot(listing_.commit) / file.path);
    return paths;
  }

 private:
  void work() {
    for (size_t i = next_++; i < files_.size() && !stop_.stop_requested(); i = next_++) {
      const Status got = get(i);
      if (got) continue;
      std::lock_guard lock(mutex_);
      if (outcome_) outcome_ = got;  // the first problem; the others stop because of it
      stop_.request_stop();
    }
  }

  Status get(size_t index) {
    const HubFile& file = files_[index];
    if (!cache_.has_blob(file))
      LOOM_CHECK(download_blob({settings_, repo_, cache_, listing_.commit, file,
                                [&](uint64_t bytes) { meter_.moved(index, bytes); }},
                               stop_.get_token()));
    LOOM_CHECK(cache_.link(listing_.commit, file));
    meter_.done(index);
    return {};
  }

  const HubSettings& settings_;
  const HubRepo& repo_;
  const HubListing& listing_;
  const std::vector<HubFile>& files_;
  HubCache cache_;
  FetchMeter meter_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> forward_;
  std::atomic<size_t> next_ = 0;
  std::mutex mutex_;
  Status outcome_;
};

}  // namespace

Result<std::vector<fs::path>> fetch_hub_files(const HubSettings& settings, const HubRepo& repo,
                                              const HubListing& listing,
                                              const std::vector<HubFile>& files,
                                              const WatchFetch& watch, std::stop_token stop) {
  LOOM_CHECK(check_hub_repo(repo));
  if (!is_commit(listing.commit))
    return Error{ErrorKind::invalid_input, "is not a commit", listing.commit, ""};
  for (const HubFile& file : files) LOOM_CHECK(check_hub_path(file.path));
  return Fetch(settings, repo, listing, files, watch, std::move(stop)).run();
}

}  // namespace loom

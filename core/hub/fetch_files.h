// Files of a repository brought into the hub's cache, several at a time. A file is used only after
// its size and hash are right; what came before a break or Cancel stays and is gone on with.
#pragma once

#include <functional>
#include <stop_token>

#include "core/hub/hub_repo.h"

namespace loom {

struct FetchProgress {
  size_t files_done = 0, files = 0;
  uint64_t bytes_done = 0, bytes = 0;  // of all files, those already here included
  double bytes_per_second = 0;         // over the last seconds
  double seconds_left = -1;            // -1: not known yet
  std::string file;                    // the last one that moved
};
using WatchFetch = std::function<void(const FetchProgress& progress)>;  // at most ten a second

// Paths of the files in their snapshot, in the order given; the revision's ref is written when all
// of them are there. `watch` is called from several threads, one at a time.
Result<std::vector<std::filesystem::path>> fetch_hub_files(
    const HubSettings& settings, const HubRepo& repo, const HubListing& listing,
    const std::vector<HubFile>& files, const WatchFetch& watch, std::stop_token stop = {});

}  // namespace loom

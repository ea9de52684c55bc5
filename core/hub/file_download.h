// One file from the hub into a blob: ranges, resuming, checking.
#pragma once

#include "core/hub/hub_cache.h"
#include "core/hub/hub_request.h"

namespace loom {

struct FileDownload {
  const HubSettings& settings;
  const HubRepo& repo;
  const HubCache& cache;
  const std::string& commit;
  const HubFile& file;
  // Bytes of the file that are here now; goes back when a broken part is thrown away.
  std::function<void(uint64_t bytes)> moved;
};

// Leaves a checked blob in the cache, or what came so far beside it.
Status download_blob(const FileDownload& download, std::stop_token stop);

}  // namespace loom

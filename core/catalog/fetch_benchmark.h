// A benchmark's files brought from the hub, as far as its description says where they are.
#pragma once

#include "core/catalog/benchmark_data.h"
#include "core/hub/fetch_files.h"

namespace loom {

// The data set that a file comes from, at the revision that the description pins.
HubRepo data_repo(const DataFile& file);

// Fetches what is not here: the required files; all of them where none is required and the
// benchmark is not made here, or with `optional_files`. What has a SHA-256 in the registry has to
// have it. A required file without a hub address, or one without which nothing can run, is named in
// the error, after all others were fetched.
Result<BenchmarkData> fetch_benchmark(const BenchmarkDescription& benchmark,
                                      const std::filesystem::path& data_folder,
                                      const HubSettings& settings, bool optional_files,
                                      const WatchFetch& watch, std::stop_token stop = {});

}  // namespace loom

// The folder of the user's custom benchmarks: ID.json each.
#pragma once

#include <filesystem>

#include "core/catalog/catalog.h"
#include "core/catalog/custom_benchmark.h"

namespace loom {

// Puts them behind the benchmarks that are there. A file that cannot be used becomes one of the
// catalogue's problems and nothing else.
void add_custom_benchmarks(const std::filesystem::path& folder, Catalog& catalog);

// Conflict: the id is one of the catalogue's benchmarks or suites. `samples` must be known. A file
// `from` that lies in the folder already is written anew.
Result<std::filesystem::path> store_custom_benchmark(const CustomBenchmark& benchmark,
                                                     const Catalog& catalog,
                                                     const std::filesystem::path& folder,
                                                     const std::filesystem::path& from = {});
// Takes the definition away and leaves the data where it is.
Status remove_custom_benchmark(const std::string& id, const Catalog& catalog,
                               const std::filesystem::path& folder);
// The id, or with _2, _3 … behind it when it is taken.
std::string free_id(const std::string& id, const Catalog& catalog,
                    const std::filesystem::path& folder);

}  // namespace loom

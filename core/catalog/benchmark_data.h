// Whether a benchmark's data is here: made by the program, read from the user's files, or missing.
#pragma once

#include <filesystem>

#include "core/catalog/descriptions.h"

namespace loom {

struct BenchmarkData {
  enum State {
    generated,  // made here; files that would replace our own data may be missing
    ready,      // every file is in the data folder
    missing     // a required file is not
  } state = generated;
  std::vector<DataFile> absent;  // required or not
  uint64_t absent_bytes = 0;
};

// Files are looked for in data_folder/ID.
BenchmarkData benchmark_data(const BenchmarkDescription& benchmark,
                             const std::filesystem::path& data_folder);

}  // namespace loom

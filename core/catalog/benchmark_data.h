// Where a benchmark's data is: made by the program, in the user's folder, in the Hugging Face cache
// (read in place), or nowhere yet.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/catalog/descriptions.h"

namespace loom {

struct FoundFile {
  DataFile file;
  enum Place { absent, user_folder, hub_cache } place = absent;
  std::filesystem::path path;  // where it is; where it belongs when it is absent
};

struct BenchmarkData {
  enum State {
    generated,  // made here; files that would replace our own data may be missing
    ready,      // every file, or every required one, is on this disk
    partial,    // none is required and some are here: tasks of the others cannot run
    missing     // none is here, or a required one is not
  } state = generated;
  std::vector<FoundFile> files;  // without those that are not here and have a substitute
  std::vector<DataFile> absent;  // required or not
  uint64_t absent_bytes = 0;
};

// Files are looked for in data_folder/ID, then in the Hugging Face cache.
BenchmarkData benchmark_data(const BenchmarkDescription& benchmark,
                             const std::filesystem::path& data_folder);

// One of a benchmark's files by the name it has there, described in the registry or not: in the
// user's folder, in the cache, also gzipped or as a member of a zip archive in either place (the
// path then leads through the archive, see data_files.h), or as Parquet (the first shard, see
// parquet_files.h). The error says where it belongs and how
// to get it.
Result<std::filesystem::path> find_data_file(const BenchmarkDescription& benchmark,
                                             const std::string& name,
                                             const std::filesystem::path& data_folder);

}  // namespace loom

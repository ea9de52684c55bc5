#include <dlfcn.h>

#include <algorithm>

#include "core/base/file_paths.h"
#include "core/base/regular_file.h"
#include "core/data_files/parquet_module.h"
#include "core/data_files/record_readers.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

// Rows are unpacked some at a time, from pages that are unpacked whole.
constexpr size_t kMemoryPerRecordByte = 8, kLeastMemory = size_t{64} << 20;

// Beside the program, where an installation has it, or where this build has put it.
std::vector<fs::path> module_places() {
  const fs::path program = paths::executable_folder();
  return {program / kParquetModule, program / ".." / "lib" / "loomscope" / kParquetModule,
          fs::path(LOOM_PARQUET_FOLDER) / kParquetModule};
}

Result<ParquetEntry> parquet_entry() {
  std::string problem = "is not installed";
  std::error_code ignored;
  for (const fs::path& place : module_places()) {
    if (!fs::exists(place, ignored)) continue;
    if (void* module = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL)) {
      if (void* entry = dlsym(module, kParquetEntry)) return reinterpret_cast<ParquetEntry>(entry);
    }
    if (const char* message = dlerror()) problem = message;
  }
  return Error{ErrorKind::unsupported, "Parquet cannot be read here: " + problem, kParquetModule,
               "Build again after packaging/dependencies/fetch.sh, or give the data as JSON lines"};
}

}  // namespace

Status read_parquet(const DataSource& source, RecordSink& sink) {
  LOOM_CHECK(check_regular_file(source.file));
  static const Result<ParquetEntry> entry = parquet_entry();
  if (!entry) return entry.error();
  const RecordPlace place{source.file.string(), 0, 0, ""};
  ParquetRead read;
  read.file = source.file;
  read.columns = source.columns;
  read.depth = sink.options().limits.depth;
  read.record_bytes = sink.options().limits.record_bytes;
  read.memory_bytes = std::max(kLeastMemory, kMemoryPerRecordByte * read.record_bytes);
  read.row = [&](nlohmann::json& row, bool& enough) {
    Status taken = sink.take(row, place);
    enough = sink.enough();
    return taken;
  };
  read.bad_row = [&](Error problem) { return sink.take_bad(std::move(problem)); };
  (*entry)(read);
  return read.status;
}

}  // namespace loom

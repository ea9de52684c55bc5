#include "core/catalog/benchmark_data.h"

namespace loom {

BenchmarkData benchmark_data(const BenchmarkDescription& benchmark,
                             const std::filesystem::path& data_folder) {
  BenchmarkData data;
  data.state = benchmark.generated ? BenchmarkData::generated : BenchmarkData::ready;
  for (const DataFile& file : benchmark.files) {
    std::error_code unreadable;
    if (std::filesystem::exists(data_folder / benchmark.id / file.path, unreadable)) continue;
    data.absent.push_back(file);
    data.absent_bytes += file.bytes;
    if (file.required) data.state = BenchmarkData::missing;
  }
  if (data.absent.empty() && !benchmark.files.empty()) data.state = BenchmarkData::ready;
  return data;
}

}  // namespace loom

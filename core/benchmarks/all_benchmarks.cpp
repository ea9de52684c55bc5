#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/niah.h"
#include "core/benchmarks/ruler.h"
#include "core/benchmarks/starter.h"

namespace loom {

const std::vector<BenchmarkEntry>& all_benchmarks() {
  static const std::vector<BenchmarkEntry> benchmarks = {
      {"niah", make_niah}, {"ruler", make_ruler}, {"starter", make_starter}};
  return benchmarks;
}

Result<std::unique_ptr<Benchmark>> make_benchmark(const std::string& id) {
  for (const BenchmarkEntry& entry : all_benchmarks())
    if (id == entry.id) return entry.make();
  return Error{ErrorKind::not_found, "there is no benchmark \"" + id + "\"", "benchmark",
               "loomscope-cli benchmarks ls lists them"};
}

}  // namespace loom

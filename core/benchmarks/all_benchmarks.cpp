#include "core/benchmarks/ada_leval.h"
#include "core/benchmarks/babilong.h"
#include "core/benchmarks/bamboo.h"
#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/clongeval.h"
#include "core/benchmarks/counting_stars.h"
#include "core/benchmarks/infinitebench.h"
#include "core/benchmarks/l_citeeval.h"
#include "core/benchmarks/leval.h"
#include "core/benchmarks/libra.h"
#include "core/benchmarks/longbench.h"
#include "core/benchmarks/longbench_v2.h"
#include "core/benchmarks/longcite.h"
#include "core/benchmarks/longhealth.h"
#include "core/benchmarks/longins.h"
#include "core/benchmarks/longsafety.h"
#include "core/benchmarks/longwriter.h"
#include "core/benchmarks/loogle.h"
#include "core/benchmarks/lveval.h"
#include "core/benchmarks/niah.h"
#include "core/benchmarks/nolima.h"
#include "core/benchmarks/nthread.h"
#include "core/benchmarks/ruler.h"
#include "core/benchmarks/starter.h"

namespace loom {

const std::vector<BenchmarkEntry>& all_benchmarks() {
  static const std::vector<BenchmarkEntry> benchmarks = {
      {"ada_leval", make_ada_leval},
      {"babilong", make_babilong},
      {"bamboo", make_bamboo},
      {"clongeval", make_clongeval},
      {"counting_stars", make_counting_stars},
      {"infinitebench", make_infinitebench},
      {"l_citeeval", make_l_citeeval},
      {"leval", make_leval},
      {"libra", make_libra},
      {"longbench", make_longbench},
      {"longbench_e", make_longbench_e},
      {"longbench_v2", make_longbench_v2},
      {"longcite", make_longcite},
      {"longhealth", make_longhealth},
      {"longins", make_longins},
      {"longsafety", make_longsafety},
      {"longwriter", make_longwriter},
      {"loogle", make_loogle},
      {"lveval", make_lveval},
      {"niah", make_niah},
      {"nolima", make_nolima},
      {"nthread", make_nthread},
      {"ruler", make_ruler},
      {"starter", make_starter},
  };
  return benchmarks;
}

Result<std::unique_ptr<Benchmark>> make_benchmark(const std::string& id) {
  for (const BenchmarkEntry& entry : all_benchmarks())
    if (id == entry.id) return entry.make();
  return Error{ErrorKind::not_found, "there is no benchmark \"" + id + "\"", "benchmark",
               "loomscope-cli benchmarks ls lists them"};
}

}  // namespace loom

// A history with one finished run of twenty samples whose scores are known.
#pragma once

#include "tests/core/history/opened_store.h"
#include "tests/core/history/written_samples.h"

namespace loom::testing {

struct WrittenRun : OpenedStore {
  int64_t run = 0;
  explicit WrittenRun(const std::string& name = "a \"run\" & more") {
    run = *store->create_run(small_plan(name, 20), small_jobs(20));
    for (int i = 0; i < 20; ++i) (void)store->put_sample(run, written_sample(i));
    (void)store->add_job_time(run, 0, {{"cpu", 100, 112.5}});
    (void)store->set_state(run, RunState::finished);
  }
};

}  // namespace loom::testing

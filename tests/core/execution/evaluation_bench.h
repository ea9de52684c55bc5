// A history, the registry and a server that pretends to answer: what an evaluation needs.
#pragma once

#include "core/base/file_paths.h"
#include "core/execution/evaluation_run.h"
#include "core/export/run_export.h"
#include "tests/core/execution/fake_server.h"
#include "tests/support/test_folders.h"

namespace loom::testing {

struct Bench {
  TemporaryFolder folder;
  Catalog catalog = *load_catalog(*paths::registry());
  std::unique_ptr<RunStore> store = *RunStore::open(folder.path() / "history.sqlite");
  std::unique_ptr<RunQueries> queries = *RunQueries::open(folder.path() / "history.sqlite");
  FakeBehaviour behaviour;
  RunEnvironment environment;

  Bench() {
    environment.catalog = &catalog;
    environment.store = store.get();
    environment.data_folder = folder.path() / "data";
    environment.make_server = [this](const PlanMethod&,
                                     const std::string&) -> Result<std::unique_ptr<ModelServer>> {
      return std::unique_ptr<ModelServer>(std::make_unique<FakeServer>(behaviour));
    };
  }
  int64_t start() { return *start_run(starter_plan(default_model()->string()), environment); }
};

// Everything that must not depend on how a run came to its end.
inline nlohmann::json scores_of(const RunQueries& queries, int64_t run) {
  nlohmann::json scores = (*results_json(queries, run))["jobs"];
  for (auto& job : scores)
    for (const char* measured :
         {"seconds", "timings", "prefill_tokens_per_s", "decode_tokens_per_s"})
      job.erase(measured);
  nlohmann::json samples = nlohmann::json::array();
  for (const SampleRow& row : *queries.samples(run, {}, 0, 10'000)) {
    Sample sample = *queries.sample(row.id);
    samples.push_back({row.job, row.index, sample.identity, sample.result.text,
                       sample.score ? sample.score->value.value_or(-1) : -2});
  }
  std::sort(samples.begin(), samples.end());
  return {scores, samples};
}

}  // namespace loom::testing

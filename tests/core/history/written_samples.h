// Samples whose every field is known, for tests that write a history and read it back.
#pragma once

#include "core/history/run_store.h"

namespace loom::testing {

inline EvaluationPlan small_plan(const std::string& name, size_t samples) {
  EvaluationPlan plan;
  plan.name = name;
  plan.models = {{"models/tiny.gguf", "tiny", "auto"}};
  plan.benchmarks = {{"ruler", {"vt"}, {4096}, samples, nlohmann::json::object()}};
  return plan;
}

inline std::vector<Job> small_jobs(size_t samples) {
  std::vector<Job> jobs;
  jobs.push_back({.benchmark_id = "ruler",
                  .task = "vt",
                  .capability = "retrieval",
                  .metric = "contains_all",
                  .length_tokens = 4096,
                  .samples = samples});
  return jobs;
}

inline Sample written_sample(int index) {
  std::string document;
  for (int i = 0; i < 200; ++i)
    document += "Line " + std::to_string(i + index / 4 * 1000) + " of the shared document. ";
  Sample sample;
  sample.index = index;
  sample.record_id = "vt-" + std::to_string(index);
  sample.identity = std::string(60, 'a') + std::to_string(1000 + index);
  sample.state = SampleState::done;
  sample.prompt.text = document + "Question " + std::to_string(index) + "?";
  sample.prompt.ids.assign(100, 7);
  sample.prompt.context_end = 90;
  sample.prompt.truncation = {index % 5 == 0, 120, 100, 30, 50, index % 10 == 0};
  sample.prompt.evidence = {{4, 10}, {100, 120}};
  sample.references = {"ref \"quoted\" " + std::to_string(index), "二"};
  sample.metadata = {{"depth", index % 100}, {"language", "en"}};
  sample.result.ids = {1, 2, index};
  sample.result.text = "Answer number " + std::to_string(index);
  sample.result.finish_reason = FinishReason::stop_string;
  sample.result.tokens_prefilled = 60;
  sample.result.tokens_reused = 40;
  sample.result.timings = {0.001, 0.5, 0.01, 0.25};
  sample.result.peak_memory_bytes = 123'456'789;
  sample.score =
      SampleScore{"contains_all", 1, (index % 4) / 4.0, "answer", "rule", {{"found", 1}}};
  return sample;
}

}  // namespace loom::testing

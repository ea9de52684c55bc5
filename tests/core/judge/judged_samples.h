// Stored runs of tasks that only a judge can score.
#pragma once

#include "core/history/run_store.h"

namespace loom::testing {

inline EvaluationPlan plan_of(const std::string& benchmark, const std::string& task,
                              size_t samples) {
  EvaluationPlan plan;
  plan.name = benchmark;
  plan.models = {{"models/tiny.gguf", "tiny", "auto"}};
  plan.benchmarks = {{benchmark, {task}, {}, samples, nlohmann::json::object()}};
  return plan;
}

inline Job job_of(const std::string& benchmark, const std::string& task, const std::string& metric,
                  size_t samples) {
  return {.benchmark_id = benchmark,
          .task = task,
          .capability = "faithfulness",
          .metric = metric,
          .samples = samples};
}

inline Sample answered(int index, const std::string& record, const std::string& prompt,
                       const std::string& answer) {
  Sample sample;
  sample.index = index;
  sample.record_id = record;
  sample.identity = record + std::to_string(index);
  sample.state = SampleState::done;
  sample.prompt.text = prompt;
  sample.prompt.ids.assign(10, 7);
  sample.result.ids = {1, 2};
  sample.result.text = answer;
  sample.score =
      SampleScore{"needs_judge", 1, std::nullopt, "", "needs a judge", nlohmann::json::object()};
  return sample;
}

// Two answers to each instruction, before and after the same document.
inline int64_t store_safety_run(RunStore& store, const std::vector<std::string>& answers,
                                const std::string& rule_set = "official") {
  EvaluationPlan plan = plan_of("longsafety", "longsafety", answers.size());
  plan.rule_set = rule_set;
  const auto run =
      store.create_run(plan, {job_of("longsafety", "longsafety", "needs_judge", answers.size())});
  if (!run) return 0;
  for (size_t i = 0; i < answers.size(); ++i) {
    const bool front = i % 2 == 0;
    const std::string number = std::to_string(i / 2);
    const std::string document = "The mill of " + number + " stands empty.";
    const std::string instruction = "Write about mill " + number + ".";
    Sample sample =
        answered(static_cast<int>(i), number + (front ? "-front" : "-end"),
                 "<|user|>" + (front ? instruction + " " + document : document + " " + instruction),
                 answers[i]);
    sample.metadata = {{"place", front ? "front" : "end"},
                       {"instruction", instruction},
                       {"document_head", document},
                       {"document_tail", document}};
    if (!store.put_sample(*run, sample)) return 0;
  }
  return store.set_state(*run, RunState::finished) ? *run : 0;
}

}  // namespace loom::testing

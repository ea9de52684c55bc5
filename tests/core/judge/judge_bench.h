// A history and a judge that answers by a rule.
#pragma once

#include <algorithm>

#include "core/judge/judging.h"
#include "tests/core/history/opened_store.h"
#include "tests/core/judge/scripted_judge.h"

namespace loom::testing {

struct JudgeBench : OpenedStore {
  ScriptedJudge model;
  VerdictCache cache;
  Judge judge{model, cache};

  explicit JudgeBench(ScriptedJudge::Rule rule, const std::string& name = "script")
      : model(std::move(rule), name), cache(folder.path() / (name + ".jsonl")) {}

  JudgedRun judge_all(int64_t run, size_t limit = 0) {
    return *judge_run(judge, {run, nullptr, limit, [](const JudgeProgress&) {}}, *queries, *store,
                      {});
  }
  JobSummary summary(int64_t run) const { return queries->summary(run)->jobs[0]; }
};

inline bool holds(std::span<const ChatMessage> messages, const std::string& words) {
  return std::any_of(messages.begin(), messages.end(), [&](const ChatMessage& message) {
    return message.content.find(words) != std::string::npos;
  });
}

}  // namespace loom::testing

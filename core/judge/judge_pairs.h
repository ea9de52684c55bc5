// Two runs' answers to the same questions, compared by a judge in both orders.
#pragma once

#include "core/judge/judge_run.h"
#include "core/statistics/intervals.h"

namespace loom {

struct JudgedPair {
  std::string benchmark, task, record_id;
  size_t length_tokens = 0;
  Verdict verdict;  // 1: run A's answer is better, 0: run B's, 0.5: a tie
  std::optional<Error> error;
};

struct PairsRequest {
  int64_t run_a = 0, run_b = 0;
  size_t limit = 0;  // per task and length; 0: all
  std::function<void(const JudgeProgress&)> progress = [](const JudgeProgress&) {};
};

struct JudgedPairs {
  std::vector<JudgedPair> pairs;
  std::optional<Error> ended_by;  // as JudgedRun
};

// Both runs have one model each. Nothing of the runs is changed; the verdict cache keeps what was
// asked.
Result<JudgedPairs> judge_pairs(Judge& judge, const PairsRequest& request,
                                const RunQueries& queries, std::stop_token stop);

struct PairCounts {
  size_t wins_a = 0, wins_b = 0, ties = 0, orders_disagree = 0, unparsed = 0, failed = 0;
  std::optional<double> win_rate_a;  // per cent; a tie is half a win
  std::optional<Interval> interval;  // 95 %, bootstrap over pairs
};
PairCounts count_pairs(std::span<const JudgedPair> pairs);

}  // namespace loom

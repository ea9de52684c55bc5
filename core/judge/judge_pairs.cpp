#include "core/judge/judge_pairs.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/base/for_each_index.h"
#include "core/statistics/decimal.h"

namespace loom {
namespace {

constexpr uint64_t kPairSeed = 42;
constexpr size_t kHopelessPairs = 3;

Status check_one_model(const RunQueries& queries, int64_t run) {
  LOOM_TRY(const RunSummary summary, queries.summary(run));
  if (summary.columns.size() == 1) return {};
  return Error{ErrorKind::unsupported, "the run has several models, servers or methods",
               "run " + std::to_string(run), "Compare runs of one model each"};
}

std::vector<PairedSample> chosen_pairs(std::vector<PairedSample> pairs, size_t limit) {
  if (limit == 0) return pairs;
  std::map<std::tuple<std::string, std::string, size_t>, size_t> taken;
  std::erase_if(pairs, [&](const PairedSample& pair) {
    return taken[{pair.benchmark, pair.task, pair.length_tokens}]++ >= limit;
  });
  return pairs;
}

Result<JudgedPair> compare_pair(Judge& judge, const PairedSample& pair, const RunQueries& queries,
                                std::stop_token stop) {
  LOOM_TRY(Sample first, queries.sample(pair.sample_a));
  LOOM_TRY(Sample second, queries.sample(pair.sample_b));
  const size_t thought = leave_thought_aside(first) + leave_thought_aside(second);
  JudgedPair judged{pair.benchmark, pair.task, pair.record_id, pair.length_tokens, {}, {}};
  const std::string metric = first.score ? first.score->metric : "";
  JudgeCase one = judge_case(first, metric);
  one.other_answer = std::move(second.result.text);
  auto verdict = judge.compare(one, stop);
  if (verdict) {
    judged.verdict = std::move(*verdict);
    note_thought(judged.verdict, thought);
  } else if (verdict.error().kind == ErrorKind::invalid_input) {
    judged.error = verdict.error();
  } else {
    return verdict.error();
  }
  return judged;
}

Error not_asked() {
  return {ErrorKind::internal, "was not asked", "judge", ""};
}

// What was answered before one of them ended the judging is kept.
void keep(Result<JudgedPair>& one, JudgedPairs& judged, JudgeProgress& progress) {
  if (!one) {
    if (!judged.ended_by) judged.ended_by = one.error();
    return;
  }
  ++progress.done;
  progress.failed += one->error.has_value();
  progress.unparsed += !one->error && !one->verdict.value;
  judged.pairs.push_back(std::move(*one));
  if (progress.done >= kHopelessPairs && progress.failed == progress.done)
    judged.ended_by = judged.pairs.back().error;
}

}  // namespace

Result<JudgedPairs> judge_pairs(Judge& judge, const PairsRequest& request,
                                const RunQueries& queries, std::stop_token stop) {
  if (request.run_a == request.run_b)
    return Error{ErrorKind::invalid_input, "a run cannot be compared with itself", "--pairwise",
                 "Name two runs"};
  LOOM_CHECK(check_one_model(queries, request.run_a));
  LOOM_CHECK(check_one_model(queries, request.run_b));
  LOOM_TRY(auto shared, queries.paired(request.run_a, request.run_b));
  const auto chosen = chosen_pairs(std::move(shared), request.limit);
  if (chosen.empty())
    return Error{ErrorKind::not_found, "the runs share no samples", "--pairwise",
                 "Both have to have answered the same records of a task"};
  JudgedPairs judged;
  JudgeProgress progress{0, chosen.size(), 0, 0};
  const size_t step = std::max<size_t>(judge.model().parallel(), 1);
  for (size_t from = 0; from < chosen.size() && !judged.ended_by; from += step) {
    std::vector<Result<JudgedPair>> some(std::min(step, chosen.size() - from), not_asked());
    for_each_index(some.size(), step, {}, [&](size_t i) {
      some[i] = compare_pair(judge, chosen[from + i], queries, stop);
    });
    for (Result<JudgedPair>& one : some) keep(one, judged, progress);
    if (!judged.ended_by) request.progress(progress);
  }
  return judged;
}

PairCounts count_pairs(std::span<const JudgedPair> pairs) {
  PairCounts counts;
  std::vector<double> values;
  for (const JudgedPair& pair : pairs) {
    if (pair.error) {
      ++counts.failed;
    } else if (!pair.verdict.value) {
      ++counts.unparsed;
    } else {
      const double value = *pair.verdict.value;
      values.push_back(value * 100);
      counts.wins_a += value == 1;
      counts.wins_b += value == 0;
      counts.ties += value == 0.5;
      counts.orders_disagree += !pair.verdict.parts.value("orders_agree", true);
    }
  }
  counts.win_rate_a = decimal_mean(values);
  counts.interval = bootstrap_mean(values, kPairSeed);
  return counts;
}

}  // namespace loom

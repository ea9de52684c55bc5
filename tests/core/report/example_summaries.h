// Runs made by hand, with scores that a reader can check.
#pragma once

#include "core/report/charts.h"

namespace loom::test {

GroupScore group(const std::string& key, double score, double half_width, size_t n = 50);
// A column per label; column i scores 5 less than column i-1 everywhere.
RunSummary run_with(const std::vector<std::string>& labels, const std::vector<std::string>& axes);
// RULER at 4k…128k: the first column stays above 85.6 up to 32k, the second up to 8k.
RunSummary ruler_run();
// NoLiMa at 512, 1k and 8k beside RULER at 1k. The first column has a base score of 80 and keeps
// 85 % of it up to 1k; the second one's is 40, of which it keeps less, and its 8k is not done.
RunSummary base_score_run();
// Two columns, two benchmarks; job times 60, 30, 90 and 45 s.
RunSummary timed_run();
// One task with depths 0…100 in steps of 25 at 4k, 8k and 16k; nothing at 16k, depth 50.
RunSummary needle_run();
std::vector<RunQueries::Point> needle_points();

}  // namespace loom::test

// How fast metrics score pairs of answer and reference on one core, and how long stored predictions
// take on all of them. peers/metrics.py runs it beside the Python packages.
//   metrics_bench [PAIRS.jsonl [pairs|stored]]
// The file has lines with answer, reference, answer_zh, reference_zh; without a second word both
// parts are measured.
#include <cstdio>
#include <fstream>
#include <string_view>

#include "core/base/file_paths.h"
#include "core/benchmarks/house_data.h"
#include "core/metrics/metric.h"
#include "core/predictions/score_predictions.h"
#include "core/text/chinese_words.h"
#include "tests/bench/calibration.h"

using namespace loom;
using nlohmann::json;

namespace {

constexpr size_t kStored = 100'000;

struct Pair {
  std::string answer, reference, answer_zh, reference_zh;
};

std::vector<Pair> read_pairs(const char* file) {
  std::vector<Pair> pairs;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const json one = json::parse(line);
    pairs.push_back(
        {one.at("answer"), one.at("reference"), one.at("answer_zh"), one.at("reference_zh")});
  }
  return pairs;
}

// Without a file: six sentences against six others.
std::vector<Pair> house_pairs() {
  const auto sentences = *house_sentences();
  std::vector<Pair> pairs(200);
  for (size_t i = 0; i < pairs.size(); ++i)
    for (size_t k = 0; k < 6; ++k) {
      pairs[i].answer += sentences[(i * 6 + k) % sentences.size()] + " ";
      pairs[i].reference += sentences[(i * 6 + 3 + k) % sentences.size()] + " ";
    }
  return pairs;
}

void measure(const char* name, const char* id, const json& parameters,
             const std::vector<Pair>& pairs, bool chinese = false) {
  const Metric& metric = **find_metric(id);
  if (metric.ready && !metric.ready()) return (void)std::printf("%-12s not available\n", name);
  double sum = 0;
  const double seconds = bench::quickest(3, [&] {
    sum = 0;
    for (const Pair& pair : pairs) {
      const std::vector<std::string> references = {chinese ? pair.reference_zh : pair.reference};
      sum += metric
                 .score({chinese ? pair.answer_zh : pair.answer, references, parameters,
                         json::object()})
                 .value.value_or(0);
    }
  });
  const auto count = static_cast<double>(pairs.size());
  std::printf("%-12s %12.1f pairs/s   mean %.6f\n", name, count / seconds, sum / count);
}

void measure_words(const std::vector<Pair>& pairs) {
  if (!chinese_words_ready()) return (void)std::printf("%-12s not available\n", "jieba");
  size_t words = 0;
  const double seconds = bench::quickest(3, [&] {
    words = 0;
    for (const Pair& pair : pairs) words += chinese_words(pair.reference_zh).size();
  });
  const auto count = static_cast<double>(pairs.size());
  std::printf("%-12s %12.1f pairs/s   mean %.6f\n", "jieba", count / seconds,
              static_cast<double>(words) / count);
}

void measure_stored(const Catalog& catalog, const char* benchmark, const char* task,
                    const std::vector<Pair>& pairs, bool chinese = false) {
  if (chinese && pairs[0].reference_zh.empty()) return;
  PredictionSet set{benchmark, task, {}, {}};
  for (size_t i = 0; i < kStored; ++i) {
    const Pair& pair = pairs[i % pairs.size()];
    set.answers.push_back({std::to_string(i),
                           "",
                           chinese ? pair.answer_zh : pair.answer,
                           {chinese ? pair.reference_zh : pair.reference},
                           json::object()});
  }
  const auto start = bench::Clock::now();
  const auto scores = score_predictions(set, catalog);
  std::printf("%zu stored predictions of %s/%s: %.2f s, score %.4f\n", kStored, benchmark, task,
              bench::since(start), scores ? scores->summary.score.value_or(-1) : -1);
}

void measure_all_pairs(const std::vector<Pair>& pairs) {
  measure("rouge_l", "rouge_score", json::object(), pairs);
  measure("rouge_lsum", "rouge_lsum", json::object(), pairs);
  measure("meteor", "meteor", json::object(), pairs);
  measure("bleu_nltk", "bleu", json::object(), pairs);
  measure("sacrebleu", "sacrebleu", json::object(), pairs);
  measure("token_f1", "squad_f1", json::object(), pairs);
  if (pairs[0].reference_zh.empty()) return;
  measure_words(pairs);
  measure("f1_zh", "f1_zh", json::object(), pairs, true);
}

// Token F1, ROUGE, ROUGE over cut Chinese words, and the one that takes the most measures.
void measure_all_stored(const std::vector<Pair>& pairs) {
  const Catalog catalog = *load_catalog(*paths::registry());
  measure_stored(catalog, "longbench", "narrativeqa", pairs);
  measure_stored(catalog, "longbench", "gov_report", pairs);
  measure_stored(catalog, "longbench", "dureader", pairs, true);
  measure_stored(catalog, "loogle", "longdep_summarization", pairs);
}

}  // namespace

int main(int count, char** arguments) {
  const auto pairs = count > 1 ? read_pairs(arguments[1]) : house_pairs();
  const std::string_view part = count > 2 ? arguments[2] : "";
  if (pairs.empty()) return std::puts("there are no pairs"), 1;
  std::printf("calibration: memcpy %.1f GB/s; %zu pairs\n", bench::copy_gigabytes_per_second(),
              pairs.size());
  if (part != "stored") measure_all_pairs(pairs);
  if (part != "pairs") measure_all_stored(pairs);
  return 0;
}

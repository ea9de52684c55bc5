// L-CiteEval's correctness, citations taken out first; "kind": qa (absent), summary, needle, stars.
// Citations of the two synthetic kinds are scored by rule and stand among the parts; those of the
// others would need a model that judges entailment.
#include <algorithm>
#include <limits>
#include <set>

#include "core/base/bounded_json.h"
#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/metrics/citation_marks.h"
#include "core/metrics/overlap.h"
#include "core/metrics/rouge.h"
#include "core/text/normalise.h"
#include "core/text/python_text.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

using nlohmann::json;

// Of a sentence, and of a needle's answer, no more count.
constexpr size_t kMostCitations = 3;

std::vector<int64_t> first_cited(std::string_view text) {
  auto numbers = cited_numbers(text);
  numbers.resize(std::min(numbers.size(), kMostCitations));
  return numbers;
}

void add_citation_scores(MetricScore& score, double recall, double precision) {
  score.parts["citation_recall"] = recall;
  score.parts["citation_precision"] = precision;
  score.parts["citation_f1"] =
      recall + precision == 0 ? 0 : 2 * precision * recall / (precision + recall);
}

// Citations of every sentence; those of a sentence that cites what is not there do not count.
size_t citations_in(const MetricInput& input) {
  const auto passages = input.record.value("passages", std::numeric_limits<int64_t>::max());
  size_t count = 0;
  for (const std::string_view sentence : split_sentences(input.prediction)) {
    const auto numbers = cited_numbers(sentence);
    if (std::all_of(numbers.begin(), numbers.end(),
                    [&](int64_t number) { return number <= passages; }))
      count += std::min(numbers.size(), kMostCitations);
  }
  return count;
}

MetricScore answered(const MetricInput& input) {
  MetricScore score{0.0, without_citations(first_line(strip_spaces(input.prediction))),
                    "first line"};
  double precision = 0, recall = 0;
  for (const std::string& reference : input.references) {
    const Overlap overlap = official_f1(score.parsed, reference);
    score.value = std::max(*score.value, overlap.f1);
    precision = std::max(precision, overlap.precision);
    recall = std::max(recall, overlap.recall);
  }
  score.parts = {{"precision", precision}, {"recall", recall}};
  return score;
}

MetricScore summarised(const MetricInput& input) {
  std::string text(strip_spaces(input.prediction));
  MetricScore score{0.0, "", "first line"};
  const std::string begin = to_utf8(to_code_points(text).substr(0, 100));
  if (lower_case(begin).find("summary") != std::string::npos) {
    const size_t colon = text.find(':');
    score.rule = colon == std::string::npos ? "names a summary without a colon: 0"
                                            : "behind the first colon";
    if (colon == std::string::npos) {
      // "drop_colonless": such an answer is left out of the mean.
      if (input.parameters.value("drop_colonless", false)) score.value.reset();
      return score;
    }
    text = strip_spaces(text.substr(colon + 1));
  }
  score.parsed = without_citations(first_line(text));
  for (const std::string& reference : input.references)
    score.value =
        std::max(*score.value, set_rouge_l(score.parsed, reference).value_or(Overlap{}).f1);
  return score;
}

MetricScore needle(const MetricInput& input) {
  const std::string line = first_line(strip_spaces(input.prediction));
  MetricScore score{0.0, without_citations(line), "ROUGE-1 recall of the first line"};
  for (const std::string& reference : input.references)
    score.value =
        std::max(*score.value, set_rouge_n(score.parsed, reference, 1).value_or(Overlap{}).recall);
  const auto cited = first_cited(line);
  score.parts["citations"] = cited.size();
  const auto gold = input.record.find("gold_passages");
  if (gold == input.record.end()) return score;  // the passages are not known
  const bool right = std::any_of(cited.begin(), cited.end(), [&](int64_t number) {
    return std::find(gold->begin(), gold->end(), json(number)) != gold->end();
  });
  add_citation_scores(score, right, right ? 1 / static_cast<double>(cited.size()) : 0);
  return score;
}

// The passages in the answer's object, each once, against those that hold a count.
void cite_stars(const MetricInput& input, const json& found, MetricScore& score) {
  json cited = found.is_object() ? found.value("passage_id", json()) : json();
  if (!cited.is_array()) cited = json::array();
  const std::set<json> named(cited.begin(), cited.end());
  score.parts["citations"] = named.size();
  const auto gold = input.record.find("gold_passages");
  if (gold == input.record.end()) return;
  const auto hits = static_cast<double>(std::count_if(
      gold->begin(), gold->end(), [&](const json& number) { return named.contains(number); }));
  add_citation_scores(score, gold->empty() ? 0 : hits / static_cast<double>(gold->size()),
                      named.empty() ? 0 : hits / static_cast<double>(named.size()));
}

MetricScore stars(const MetricInput& input) {
  const size_t open = input.prediction.find('{'), close = input.prediction.find('}');
  json found;
  if (open != std::string_view::npos && close != std::string_view::npos && close > open)
    found = parse_bounded(input.prediction.substr(open, close - open + 1));
  MetricScore score{0.0, "", "JSON object"};
  cite_stars(input, found, score);
  const json counts = found.is_object() ? found.value("little_penguin", json()) : json();
  if (!counts.is_array()) {
    score.rule = "no list found: 0 by the official rule";
    score.parts["unparsed"] = true;
    return score;
  }
  score.parsed = counts.dump();
  const std::set<std::string> gold(input.references.begin(), input.references.end());
  size_t hits = 0;
  for (size_t i = 0; i < std::min(counts.size(), input.references.size()); ++i)
    if (const auto number = python_integer(counts[i]))
      hits += gold.contains(std::to_string(*number));
  if (!gold.empty())
    score.value = static_cast<double>(hits) / static_cast<double>(input.references.size());
  return score;
}

}  // namespace

MetricScore cited_answer(const MetricInput& input) {
  const std::string kind = input.parameters.value("kind", "qa");
  MetricScore score = kind == "summary"  ? summarised(input)
                      : kind == "needle" ? needle(input)
                      : kind == "stars"  ? stars(input)
                                         : answered(input);
  if (score.value) score.value = std::min(1.0, *score.value);
  if (!score.parts.contains("citations")) score.parts["citations"] = citations_in(input);
  return score;
}

}  // namespace loom

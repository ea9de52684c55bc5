// L-CiteEval's correctness, citations taken out first; "kind": qa (absent), summary, needle, stars.
// Citations of the two synthetic kinds are scored by rule and stand among the parts; those of the
// others would need a model that judges entailment.
#include <algorithm>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/metrics/citation_marks.h"
#include "core/metrics/overlap.h"
#include "core/metrics/rouge.h"
#include "core/text/normalise.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using nlohmann::json;

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

void add_citation_scores(MetricScore& score, const std::set<int64_t>& cited, const json& gold) {
  size_t hits = 0;
  for (const json& number : gold) hits += cited.contains(number.get<int64_t>());
  const double recall =
      gold.empty() ? 0 : static_cast<double>(hits) / static_cast<double>(gold.size());
  const double precision =
      cited.empty() ? 0 : static_cast<double>(hits) / static_cast<double>(cited.size());
  score.parts["citation_recall"] = recall;
  score.parts["citation_precision"] = precision;
  score.parts["citation_f1"] = hits == 0 ? 0 : 2 * precision * recall / (precision + recall);
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
  if (lower_case(text.substr(0, 100)).find("summary") != std::string::npos) {
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
  const auto cited = cited_numbers(line);
  add_citation_scores(score, {cited.begin(), cited.end()},
                      input.record.value("gold_passages", json::array()));
  return score;
}

MetricScore stars(const MetricInput& input) {
  const size_t open = input.prediction.find('{'), close = input.prediction.find('}');
  json found;
  if (open != std::string_view::npos && close != std::string_view::npos && close > open)
    found = json::parse(input.prediction.substr(open, close - open + 1), nullptr, false);
  MetricScore score{0.0, "", "JSON object"};
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
    hits += counts[i].is_number_integer() && gold.contains(counts[i].dump());
  if (!gold.empty())
    score.value = static_cast<double>(hits) / static_cast<double>(input.references.size());
  std::set<int64_t> cited;
  for (const json& number : found.value("passage_id", json::array()))
    if (number.is_number_integer()) cited.insert(number.get<int64_t>());
  add_citation_scores(score, cited, input.record.value("gold_passages", json::array()));
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
  score.parts["citations"] = cited_numbers(input.prediction).size();
  return score;
}

}  // namespace loom

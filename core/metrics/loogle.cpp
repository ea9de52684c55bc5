// LooGLE's scorers: six measures of a text, names behind masks, the order of events.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/metrics/bleu.h"
#include "core/metrics/meteor.h"
#include "core/metrics/rouge.h"
#include "core/metrics/word_ids.h"
#include "core/text/python_literal.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

using nlohmann::json;

// METEOR there runs on sets of words, in no order; ours keeps the order of first occurrence.
std::vector<std::string_view> distinct(const std::vector<std::string_view>& words) {
  WordIds ids(words.size());
  std::vector<std::string_view> list;
  for (std::string_view word : words)
    if (ids.id(word) == list.size()) list.push_back(word);
  return list;
}

double bleu_of_order(const NltkCounts& counts, size_t order) {
  NltkBleu settings;
  settings.weights.assign(4, 0.0);
  settings.weights[order - 1] = 1.0;
  return nltk_bleu(counts, settings);
}

double recall(std::optional<Overlap> overlap) {
  return overlap ? std::min(1.0, overlap->recall) : 0.0;
}

// Roman numerals that stand alone: beside no character of a word, of whatever script.
std::vector<std::string> numerals(std::string_view text) {
  std::vector<std::string> list;
  std::string word;
  for (size_t at = 0; at <= text.size();) {
    const CodePoint point = at < text.size() ? decode_utf8(text, at) : CodePoint{' ', 1};
    const std::string_view written = text.substr(at, point.bytes);
    at += std::max<size_t>(point.bytes, 1);
    if (is_python_word(point.value)) {
      word += written;
      continue;
    }
    if (!word.empty() && word.find_first_not_of("IVXLCDM") == std::string::npos)
      list.push_back(word);
    word.clear();
  }
  return list;
}

// Swaps that put the answer into the right order: places less cycles.
size_t swaps(const std::vector<size_t>& places) {
  std::vector<bool> seen(places.size(), false);
  size_t cycles = 0;
  for (size_t i = 0; i < places.size(); ++i) {
    if (seen[i]) continue;
    ++cycles;
    for (size_t at = i; !seen[at]; at = places[at]) seen[at] = true;
  }
  return places.size() - cycles;
}

}  // namespace

MetricScore text_measures(const MetricInput& input) {
  const std::string answer =
      strip_spaces(input.prediction).empty() ? "None" : std::string(input.prediction);
  const std::string reference = input.references.empty() ? "" : input.references[0];
  const auto words = split_at_spaces(answer), right = split_at_spaces(reference);
  const NltkCounts counts = nltk_counts(words, {right}, 4);
  const SetRouge rouge(answer, reference);
  MetricScore score{0.0, answer, "mean of the six measures that need no model"};
  score.parts = {
      {"bleu_1", bleu_of_order(counts, 1)},   {"bleu_4", bleu_of_order(counts, 4)},
      {"rouge_1_recall", recall(rouge.n(1))}, {"rouge_2_recall", recall(rouge.n(2))},
      {"rouge_l_recall", recall(rouge.l())},  {"meteor", meteor(distinct(words), distinct(right))}};
  for (const auto& [name, value] : score.parts.items())
    *score.value += value.get<double>() / static_cast<double>(score.parts.size());
  score.value = std::min(1.0, *score.value);
  // Questions for an order of events are measured like the others; the order is told beside it.
  if (input.parameters.is_object() && input.parameters.value("events", false)) {
    const MetricScore order = event_order(input);
    score.parts["event_order"] = order.value.value_or(0);
    score.parts.update(order.parts);
  }
  return score;
}

MetricScore masked_names(const MetricInput& input) {
  const json masks = input.record.value("masks", json::object());
  if (!masks.is_object() || masks.empty()) return not_scored("the record names no masks");
  MetricScore score{0.0, "", "a dictionary of masks"};
  const auto found = parse_python_literal(strip_spaces(input.prediction));
  size_t exact = 0, partial = 0;
  if (found && found->is_object()) {
    score.parsed = found->dump();
    for (const auto& [mask, name] : masks.items()) {
      if (!found->contains(mask) || !found->at(mask).is_string() || !name.is_string()) continue;
      const std::string given = found->at(mask).get<std::string>(), right = name.get<std::string>();
      exact += given == right;
      const auto words = split_at_spaces(given), others = split_at_spaces(right);
      partial += std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return std::find(others.begin(), others.end(), word) != others.end();
      });
    }
  } else {
    score.rule = "no dictionary found: 0 by the official rule";
  }
  const auto count = static_cast<double>(masks.size());
  score.value = static_cast<double>(exact) / count;
  score.parts = {
      {"exact", exact}, {"partial", static_cast<double>(partial) / count}, {"masks", masks.size()}};
  return score;
}

// Our value: 1 - the mean shift of a place over the largest that an order of so many can have. The
// paper's own normalisation is not published; its four distances stand among the parts.
MetricScore event_order(const MetricInput& input) {
  const auto answer = numerals(input.prediction);
  const auto right = numerals(input.references.empty() ? "" : input.references[0]);
  MetricScore score{0.0, "", "roman numerals that stand alone"};
  for (const std::string& one : answer) score.parsed += (score.parsed.empty() ? "" : ",") + one;
  std::vector<size_t> places;
  for (const std::string& one : answer)
    if (auto found = std::find(right.begin(), right.end(), one); found != right.end())
      places.push_back(static_cast<size_t>(found - right.begin()));
  const std::set<size_t> distinct_places(places.begin(), places.end());
  if (right.empty() || answer.size() != right.size() || distinct_places.size() != right.size()) {
    score.rule = "not an order of the same events: 0";
    return score;
  }
  double squares = 0, shifts = 0;
  for (size_t i = 0; i < places.size(); ++i) {
    const double shift = std::abs(static_cast<double>(places[i]) - static_cast<double>(i));
    squares += shift * shift;
    shifts += shift;
  }
  const double n = static_cast<double>(places.size()), largest = std::floor(n * n / 2);
  score.value = largest == 0 ? 1.0 : 1 - shifts / largest;
  score.parts = {
      {"mean_squared_shift", squares / n}, {"mean_shift", shifts / n}, {"swaps", swaps(places)}};
  return score;
}

}  // namespace loom

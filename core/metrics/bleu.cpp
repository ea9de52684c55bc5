#include "core/metrics/bleu.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/metrics/word_ids.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

// The shorter one of two equally near.
size_t nearest_length(const std::vector<NumberedWords>& references, size_t length) {
  size_t nearest = 0, distance = std::numeric_limits<size_t>::max();
  for (const NumberedWords& reference : references) {
    size_t size = reference.size(), apart = size > length ? size - length : length - size;
    if (apart < distance || (apart == distance && size < nearest)) nearest = size, distance = apart;
  }
  return nearest;
}

double brevity_penalty(size_t answer, size_t reference) {
  if (answer == 0) return answer < reference ? 0 : 1;
  if (answer >= reference) return 1;
  return std::exp(1 - static_cast<double>(reference) / static_cast<double>(answer));
}

// The logarithm that the package takes for that of nothing.
double bounded_log(double value) {
  return value == 0 ? -9999999999.0 : std::log(value);
}

}  // namespace

NltkCounts nltk_counts(const std::vector<std::string_view>& answer,
                       const std::vector<std::vector<std::string_view>>& references,
                       size_t longest) {
  WordIds ids(answer.size() * 2);
  const NumberedWords ours = ids.ids(answer);
  std::vector<NumberedWords> theirs;
  for (const auto& reference : references) theirs.push_back(ids.ids(reference));
  return {ours.size(), nearest_length(theirs, ours.size()), clipped_matches(ours, theirs, longest)};
}

double nltk_bleu(const NltkCounts& counts, const NltkBleu& settings) {
  double sum = 0;
  for (size_t n = 1; n <= settings.weights.size(); ++n) {
    const GramMatch& match = counts.matches[n - 1];
    if (n == 1 && match.shared == 0) return 0;
    auto shared = static_cast<double>(match.shared);
    auto total = static_cast<double>(std::max<size_t>(1, match.total));
    double precision = shared / total;
    if (match.shared == 0)
      precision = settings.smooth ? 0.1 / total : std::numeric_limits<double>::min();
    sum += settings.weights[n - 1] * std::log(precision);
  }
  return brevity_penalty(counts.answer_words, counts.reference_words) * std::exp(sum);
}

double nltk_bleu(const std::vector<std::string_view>& answer,
                 const std::vector<std::vector<std::string_view>>& references,
                 const NltkBleu& settings) {
  return nltk_bleu(nltk_counts(answer, references, settings.weights.size()), settings);
}

BleuCounts& BleuCounts::operator+=(const BleuCounts& other) {
  answer_words += other.answer_words;
  reference_words += other.reference_words;
  for (size_t i = 0; i < shared.size(); ++i) {
    shared[i] += other.shared[i];
    total[i] += other.total[i];
  }
  return *this;
}

BleuCounts sacre_bleu_counts(std::string_view answer, std::span<const std::string> references,
                             const SacreBleu& settings) {
  std::vector<std::string> texts;
  auto tokenize = [&](std::string_view text) {
    std::string lower = settings.lower ? python_lower(text) : std::string(text);
    // Only its end: the beginning is stripped by the cut into words.
    texts.push_back(bleu_tokens(strip_spaces(lower), settings.tokens));
  };
  tokenize(answer);
  for (const std::string& reference : references) tokenize(reference);
  WordIds ids(texts[0].size() / 3);
  std::vector<NumberedWords> words;
  for (const std::string& text : texts) words.push_back(ids.ids(split_at_spaces(text)));
  NumberedWords ours = std::move(words.front());
  words.erase(words.begin());
  BleuCounts counts{ours.size(), nearest_length(words, ours.size())};
  const auto matches = clipped_matches(ours, words, counts.total.size());
  for (size_t n = 1; n <= counts.total.size(); ++n) {
    const GramMatch& match = matches[n - 1];
    counts.shared[n - 1] = match.shared;
    counts.total[n - 1] = match.total;
  }
  return counts;
}

double sacre_bleu(const BleuCounts& counts, const SacreBleu& settings) {
  if (std::ranges::all_of(counts.shared, [](size_t shared) { return shared == 0; })) return 0;
  std::array<double, 4> precisions = {};
  double halving = 1;
  size_t orders = precisions.size();
  for (size_t n = 1; n <= precisions.size(); ++n) {
    double added = settings.smoothing == BleuSmoothing::add_one && n > 1 ? 1 : 0;
    double shared = static_cast<double>(counts.shared[n - 1]) + added;
    double total = static_cast<double>(counts.total[n - 1]) + added;
    if (total == 0) break;
    if (settings.effective_order) orders = n;
    if (shared == 0 && settings.smoothing == BleuSmoothing::exponential)
      shared = 1 / (halving *= 2);
    if (shared == 0 && settings.smoothing == BleuSmoothing::floor) shared = 0.1;
    precisions[n - 1] = 100 * shared / total;
  }
  double sum = 0;
  for (size_t n = 0; n < orders; ++n) sum += bounded_log(precisions[n]);
  double penalty = brevity_penalty(counts.answer_words, counts.reference_words);
  return penalty * std::exp(sum / static_cast<double>(orders)) / 100;
}

}  // namespace loom

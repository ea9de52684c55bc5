#include "core/metrics/bert_score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace loom {
namespace {

// Texts whose hidden states are held at once: 512 tokens of 1,024 numbers are 2 MB each.
constexpr size_t kInputsTogether = 16;
constexpr const char* kRule = "BERTScore F1, most similar tokens matched";

// Partial sums side by side, so that the compiler may use wide registers without reordering.
float dot(const float* a, const float* b, size_t width) {
  std::array<float, 16> sums{};
  size_t i = 0;
  for (; i + sums.size() <= width; i += sums.size())
    for (size_t lane = 0; lane < sums.size(); ++lane) sums[lane] += a[i + lane] * b[i + lane];
  float sum = 0;
  for (float part : sums) sum += part;
  for (; i < width; ++i) sum += a[i] * b[i];
  return sum;
}

// Rows of length 1.
void normalise(std::vector<float>& rows, size_t width) {
  for (size_t at = 0; at + width <= rows.size(); at += width) {
    double squares = 0;
    for (size_t i = 0; i < width; ++i) squares += double(rows[at + i]) * double(rows[at + i]);
    if (squares <= 0) continue;
    const double scale = 1 / std::sqrt(squares);
    for (size_t i = 0; i < width; ++i)
      rows[at + i] = static_cast<float>(double(rows[at + i]) * scale);
  }
}

bool is_empty(const TextEmbedding& text) {
  return text.ids.size() <= 2;
}

struct Weighted {
  double sum = 0, weights = 0;
  void add(double value, double weight) {
    sum += value * weight;
    weights += weight;
  }
  double mean() const { return weights > 0 ? sum / weights : 0; }
};

double rescaled(double value, double baseline) {
  return (value - baseline) / (1 - baseline);
}

Error wrong(const char* field, const std::string& message) {
  return {ErrorKind::invalid_input, message, std::string("metric_parameters.") + field, ""};
}

}  // namespace

Result<BertScoreSettings> bert_score_settings(const nlohmann::json& parameters) {
  BertScoreSettings settings;
  if (auto layer = parameters.find("layer"); layer != parameters.end()) {
    if (!layer->is_number_integer() || std::abs(layer->get<int64_t>()) > 1000)
      return wrong("layer", "is not the number of a layer");
    settings.layer = layer->get<int>();
  }
  if (auto idf = parameters.find("idf"); idf != parameters.end()) {
    if (!idf->is_boolean()) return wrong("idf", "is neither true nor false");
    settings.idf = idf->get<bool>();
  }
  auto baseline = parameters.find("baseline");
  if (baseline == parameters.end() || baseline->is_null()) return settings;
  auto fits = [](const nlohmann::json& value) {
    return value.is_number() && std::abs(value.get<double>()) < 1;
  };
  if (!baseline->is_array() || baseline->size() != 3 ||
      !std::all_of(baseline->begin(), baseline->end(), fits))
    return wrong("baseline", "is not a list of three numbers below 1: precision, recall, F1");
  settings.baseline = BertScore{(*baseline)[0].get<double>(), (*baseline)[1].get<double>(),
                                (*baseline)[2].get<double>()};
  return settings;
}

void BertScorer::forget() {
  documents_with_.clear();
  documents_ = 0;
}

void BertScorer::weigh(std::span<const std::string> references) {
  if (!settings_.idf) return;
  for (const std::string& reference : references) {
    const auto ids = encoder_.ids(reference);
    for (TokenId id : std::set<TokenId>(ids.begin(), ids.end())) ++documents_with_[id];
    ++documents_;
  }
}

double BertScorer::weight(TokenId id, const TextEmbedding& text) const {
  if (!settings_.idf) return id == text.ids.front() || id == text.ids.back() ? 0 : 1;
  const auto found = documents_with_.find(id);
  const double with = found == documents_with_.end() ? 0 : static_cast<double>(found->second);
  return std::log((static_cast<double>(documents_) + 1) / (with + 1));
}

BertScore BertScorer::match(const TextEmbedding& answer, const TextEmbedding& reference,
                            size_t width) const {
  if (is_empty(answer) || is_empty(reference)) return {};
  std::vector<float> best(reference.ids.size(), -2);  // of the answer's tokens, for each
  Weighted precision, recall;
  for (size_t i = 0; i < answer.ids.size(); ++i) {
    float most = -2;
    for (size_t j = 0; j < reference.ids.size(); ++j) {
      const float similarity = dot(&answer.tokens[i * width], &reference.tokens[j * width], width);
      most = std::max(most, similarity);
      best[j] = std::max(best[j], similarity);
    }
    precision.add(double(most), weight(answer.ids[i], answer));
  }
  for (size_t j = 0; j < reference.ids.size(); ++j)
    recall.add(double(best[j]), weight(reference.ids[j], reference));
  BertScore score{precision.mean(), recall.mean(), 0};
  if (const double sum = score.precision + score.recall; sum != 0)
    score.f1 = 2 * score.precision * score.recall / sum;
  return score;
}

MetricScore BertScorer::finished(const MetricInput& input, std::optional<BertScore> best) const {
  MetricScore score{{}, std::string(input.prediction), kRule};
  if (!best) {
    score.rule = "there is no reference to compare with";
    return score;
  }
  if (const auto& baseline = settings_.baseline)
    best = BertScore{rescaled(best->precision, baseline->precision),
                     rescaled(best->recall, baseline->recall), rescaled(best->f1, baseline->f1)};
  score.value = std::clamp(best->f1, 0.0, 1.0);
  score.parts = {{"precision", best->precision}, {"recall", best->recall}, {"f1", best->f1}};
  return score;
}

Result<std::vector<MetricScore>> BertScorer::score_some(std::span<const MetricInput> inputs,
                                                        std::stop_token stop) {
  std::map<std::string, size_t> places;
  for (const MetricInput& input : inputs) {
    places.emplace(input.prediction, 0);
    for (const std::string& reference : input.references) places.emplace(reference, 0);
  }
  std::vector<std::string> texts;
  for (auto& [text, place] : places) {
    place = texts.size();
    texts.push_back(text);
  }
  LOOM_TRY(Embeddings made, encoder_.embed(texts, stop));
  for (TextEmbedding& text : made.texts) {
    if (text.ids.empty() || text.tokens.size() != text.ids.size() * made.width)
      return Error{ErrorKind::internal, "the encoder left tokens out", "bertscore", ""};
    normalise(text.tokens, made.width);
  }
  std::vector<MetricScore> scores;
  for (const MetricInput& input : inputs) {
    const TextEmbedding& answer = made.texts.at(places.at(std::string(input.prediction)));
    std::optional<BertScore> best;
    for (const std::string& reference : input.references) {
      const BertScore one = match(answer, made.texts.at(places.at(reference)), made.width);
      best = best ? BertScore{std::max(best->precision, one.precision),
                              std::max(best->recall, one.recall), std::max(best->f1, one.f1)}
                  : one;
    }
    scores.push_back(finished(input, best));
  }
  return scores;
}

Result<std::vector<MetricScore>> BertScorer::score(std::span<const MetricInput> inputs,
                                                   std::stop_token stop) {
  std::vector<MetricScore> scores;
  for (size_t done = 0; done < inputs.size(); done += kInputsTogether) {
    const size_t count = std::min(kInputsTogether, inputs.size() - done);
    LOOM_TRY(auto some, score_some(inputs.subspan(done, count), stop));
    for (MetricScore& score : some) scores.push_back(std::move(score));
  }
  return scores;
}

}  // namespace loom

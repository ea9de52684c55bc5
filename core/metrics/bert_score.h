// BERTScore (Zhang et al. 2020, section 3): every token of the answer is matched with the most
// similar one of the reference and the other way round. Numbers equal those of the package
// bert-score 0.3: the encoder's own first and last tokens have no weight of their own, but another
// token may match them; several references give the best of each number.
#pragma once

#include <map>
#include <optional>

#include "core/metrics/metric.h"
#include "core/metrics/token_embeddings.h"

namespace loom {

struct BertScore {
  double precision = 0, recall = 0, f1 = 0;
};

struct BertScoreSettings {
  int layer = -1;    // as EncodeRequest::layer
  bool idf = false;  // rare tokens of the references weigh more
  // What unrelated texts score: it becomes 0, and 1 stays 1.
  std::optional<BertScore> baseline;
};

// From a task's parameters: "layer", "idf", "baseline" ([precision, recall, F1]). "encoder" names
// the model and is the caller's.
Result<BertScoreSettings> bert_score_settings(const nlohmann::json& parameters);

class BertScorer {
 public:
  BertScorer(TokenEmbeddings& encoder, BertScoreSettings settings)
      : encoder_(encoder), settings_(settings) {}

  // With `idf`, before the first score: all references of the task, each one document. Another task
  // starts with forget().
  void forget();
  void weigh(std::span<const std::string> references);
  // value is F1, at least 0; the numbers as they are stand in `parts`.
  Result<std::vector<MetricScore>> score(std::span<const MetricInput> inputs, std::stop_token stop);

 private:
  double weight(TokenId id, const TextEmbedding& text) const;
  BertScore match(const TextEmbedding& answer, const TextEmbedding& reference, size_t width) const;
  Result<std::vector<MetricScore>> score_some(std::span<const MetricInput> inputs,
                                              std::stop_token stop);
  MetricScore finished(const MetricInput& input, std::optional<BertScore> best) const;

  TokenEmbeddings& encoder_;
  BertScoreSettings settings_;
  std::map<TokenId, size_t> documents_with_;
  size_t documents_ = 0;
};

// LooGLE as the package loom-scope scores it: text_measures' six and BERTScore as a seventh.
inline constexpr const char* kSevenMeasures = "seven_measures";
// For a metric of an encoder: the text of an answer that the encoder reads, and the score that the
// metric makes of BERTScore's numbers.
std::string_view encoded_text(std::string_view metric, std::string_view answer);
MetricScore encoder_score(std::string_view metric, const MetricInput& input, MetricScore bert);

}  // namespace loom

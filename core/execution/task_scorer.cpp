#include "core/execution/task_scorer.h"

#include <algorithm>

#include "core/catalog/local_models.h"
#include "core/catalog/rule_sets.h"
#include "core/execution/reference_likelihood.h"
#include "core/execution/scoring.h"

namespace loom {
namespace {

std::vector<std::string> all_references(const TaskRule& rule, std::span<const Record> records) {
  std::vector<std::string> all;
  for (const Record& record : records)
    for (std::string& text : rule_references(rule, record.references, record.metadata))
      all.push_back(std::move(text));
  return all;
}

}  // namespace

Result<std::unique_ptr<EncoderEmbeddings>> open_encoder(const std::string& name, int layer,
                                                        const RunEnvironment& environment,
                                                        std::stop_token stop) {
  if (name.empty())
    return Error{ErrorKind::invalid_input, "BERTScore needs an encoder", "encoder",
                 "Name the folder of a BERT or RoBERTa model"};
  std::filesystem::path folder = name;
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    LOOM_TRY(LocalModel model, resolve_model(name, environment.model_folders));
    folder = model.path;
  }
  LOOM_TRY(auto server, environment.make_server({"local", {}}, "cpu"));
  return EncoderEmbeddings::load(std::move(server), folder, "cpu", layer, stop);
}

Result<TaskScorer> TaskScorer::prepare(const TaskRule& rule, std::span<const Record> records,
                                       const RunEnvironment& environment, std::stop_token stop) {
  LOOM_TRY(const Metric* metric, find_metric(rule.metric));
  TaskScorer scorer(rule, metric->source);
  if (metric->source != MetricSource::encoder) return scorer;
  if (metric->ready) LOOM_CHECK(metric->ready());
  LOOM_TRY(const BertScoreSettings settings, bert_score_settings(rule.parameters));
  const auto encoder = rule.parameters.find("encoder");
  const bool named = encoder != rule.parameters.end() && encoder->is_string();
  LOOM_TRY(scorer.encoder_, open_encoder(named ? encoder->get<std::string>() : "", settings.layer,
                                         environment, stop));
  scorer.bert_score_ = std::make_unique<BertScorer>(*scorer.encoder_, settings);
  scorer.bert_score_->weigh(all_references(rule, records));
  return scorer;
}

size_t TaskScorer::tokens_behind(const Record& record, const ModelText& model) const {
  size_t most = 0;
  if (!reads_references()) return most;
  // One more: a separator may be a token of its own.
  for (const std::string& text : rule_references(rule_, record.references, record.metadata))
    most = std::max(most, model.tokenizer->encode(text).size() + 1);
  return most;
}

Result<SampleScore> TaskScorer::score_references(const Sample& sample, ModelServer& server,
                                                 const ModelText& model, bool with_chat,
                                                 std::stop_token stop) const {
  return loom::score_references(server, model, sample.prompt, with_chat,
                                rule_references(rule_, sample.references, sample.metadata),
                                rule_.parameters, stop);
}

Result<SampleScore> TaskScorer::score(const Sample& sample, std::stop_token stop) {
  if (!bert_score_) return score_sample(sample, rule_);
  const auto references = rule_references(rule_, sample.references, sample.metadata);
  const std::string_view text = scored_text(rule_, sample.result.text);
  const MetricInput input{encoded_text(rule_.metric, text), references, rule_.parameters,
                          sample.metadata};
  LOOM_TRY(auto scores, bert_score_->score({&input, 1}, stop));
  LOOM_TRY(const Metric* metric, find_metric(rule_.metric));
  MetricScore one = encoder_score(rule_.metric, input, std::move(scores.at(0)));
  return SampleScore{metric->id,
                     metric->version,
                     one.value,
                     one.parsed,
                     scored_rule(std::move(one.rule), text, sample.result.text),
                     std::move(one.parts)};
}

}  // namespace loom

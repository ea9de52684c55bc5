#include "app/cli/score_metric.h"

#include <charconv>
#include <iostream>

#include "app/cli/interrupt.h"
#include "core/base/text_file.h"
#include "core/catalog/local_models.h"
#include "core/evaluation/sample.h"
#include "core/execution/task_scorer.h"
#include "core/metrics/metric.h"

namespace loom::cli {
namespace {

// A row of the package bert-score's baseline files: LAYER,P,R,F.
Result<BertScore> read_baseline(const std::string& file, int64_t layer) {
  LOOM_TRY(const std::string text, read_file(file, 1 << 20));
  for (size_t from = 0; from < text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    const char *at = text.data() + from, *last = text.data() + end;
    from = end + 1;
    double values[4] = {};
    int read = 0;
    for (; read < 4; ++read) {
      const auto [next, error] = std::from_chars(at, last, values[read]);
      if (error != std::errc()) break;
      at = next < last && *next == ',' ? next + 1 : next;
    }
    if (read == 4 && static_cast<int64_t>(values[0]) == layer)
      return BertScore{values[1], values[2], values[3]};
  }
  return Error{ErrorKind::invalid_input, "has no line for layer " + std::to_string(layer), file,
               "Lines are LAYER,P,R,F; name the layer with --layer"};
}

Result<BertScoreSettings> settings_of(const Invocation& invocation) {
  nlohmann::json parameters = {{"idf", invocation.has("idf")}};
  LOOM_TRY(const auto layer, invocation.integer("layer"));
  if (layer) parameters["layer"] = *layer;
  if (invocation.has("baseline")) {
    if (!layer || *layer < 0)
      return Error{ErrorKind::invalid_input, "a baseline belongs to one layer", "--layer",
                   "Give its number, counted from the embeddings, which are 0"};
    LOOM_TRY(const BertScore baseline, read_baseline(invocation.text("baseline"), *layer));
    parameters["baseline"] = {baseline.precision, baseline.recall, baseline.f1};
  }
  return bert_score_settings(parameters);
}

struct Encoder {
  std::unique_ptr<EncoderEmbeddings> states;
  std::unique_ptr<BertScorer> scorer;
};

// What else is named by --metric is a metric of the answers alone.
Status check_metric(const std::string& metric) {
  if (metric == "reference_perplexity")
    return Error{ErrorKind::unsupported,
                 "perplexity needs the model that answered and the prompts it got, which a file of "
                 "predictions does not hold",
                 "--metric", "Give a run: loomscope-cli score RUN --metric reference_perplexity"};
  if (metric == kNeedsJudge)
    return Error{ErrorKind::unsupported, "a judge grades the answers of a run", "--metric",
                 "loomscope-cli judge RUN asks one"};
  if (find_metric(metric)) return {};
  return Error{ErrorKind::invalid_input, "there is no metric \"" + metric + "\"", "--metric",
               "loomscope-cli benchmarks metrics lists them"};
}

// The one that was named, else the only one on this machine.
Result<std::string> encoder_name(const Invocation& invocation, const Session& session) {
  if (invocation.has("encoder")) return invocation.text("encoder");
  std::vector<LocalModel> models = find_models(session.environment.model_folders);
  std::erase_if(models, [](const LocalModel& one) { return !one.supported || one.answers; });
  if (models.size() == 1) {
    std::cerr << "Encoder: " << models[0].name << std::endl;
    return models[0].path.string();
  }
  std::string names;
  for (const LocalModel& one : models) names += (names.empty() ? "" : ", ") + one.name;
  if (models.empty())
    return Error{ErrorKind::not_found, "BERTScore needs an encoder, and none is on this machine",
                 "--encoder",
                 "Give the folder of a BERT or RoBERTa model, or get one: loomscope-cli models add "
                 "hf:sentence-transformers/all-MiniLM-L6-v2"};
  return Error{ErrorKind::invalid_input, "several encoders are on this machine", "--encoder",
               "Name one of: " + names};
}

}  // namespace

std::vector<Option> score_metric_options() {
  return {{"metric", "ID",
           "in place of the task's own, or of answers to no known task: bertscore, of a "
           "run reference_perplexity, or any that reads the answers alone"},
          {"encoder", "MODEL",
           "bertscore: a BERT or RoBERTa model by name or folder; the only one here unless told"},
          {"layer", "N", "bertscore: whose hidden states; the last layer's unless told"},
          {"idf", nullptr, "bertscore: tokens that are rare among the references weigh more"},
          {"baseline", "FILE", "bertscore: rescale by a file with lines LAYER,P,R,F"},
          {"k", "N", "pass_at_k: one of so many answers to a problem has to pass; 1 unless told"}};
}

Status check_metric_options(const Invocation& invocation) {
  const std::string metric = invocation.text("metric");
  auto belongs = [&](const char* option, const char* to) -> Status {
    if (!invocation.has(option) || metric == to) return {};
    return Error{ErrorKind::invalid_input, std::string("belongs to --metric ") + to,
                 std::string("--") + option, "Leave it out, or name that metric"};
  };
  for (const char* option : {"encoder", "layer", "idf", "baseline"})
    LOOM_CHECK(belongs(option, "bertscore"));
  LOOM_CHECK(belongs("k", "pass_at_k"));
  for (const char* option : {"limit", "device"})
    LOOM_CHECK(belongs(option, "reference_perplexity"));
  return {};
}

Result<ScoreSet> score_set(const Invocation& invocation, const Session& session,
                           const std::string& rules) {
  const Catalog& catalog = session.catalog;
  const std::string metric = invocation.text("metric");
  if (metric.empty())
    return ScoreSet([&catalog, rules](const PredictionSet& set) {
      return loom::score_predictions(set, catalog, rules);
    });
  LOOM_CHECK(check_metric(metric));
  if (metric != "bertscore") {
    nlohmann::json parameters = nlohmann::json::object();
    LOOM_TRY(const auto k, invocation.integer("k"));
    if (k && *k < 1)
      return Error{ErrorKind::invalid_input, "has to be 1 or more", "--k", "Leave it out for 1"};
    if (k) parameters["k"] = *k;
    return ScoreSet([&catalog, rules, metric, parameters](const PredictionSet& set) {
      return score_predictions_by(metric, set, catalog, rules, parameters);
    });
  }
  LOOM_TRY(const BertScoreSettings settings, settings_of(invocation));
  LOOM_TRY(const std::string name, encoder_name(invocation, session));
  auto encoder = std::make_shared<Encoder>();
  LOOM_TRY(encoder->states,
           open_encoder(name, settings.layer, session.environment, interrupt_token()));
  encoder->scorer = std::make_unique<BertScorer>(*encoder->states, settings);
  const nlohmann::json used = {{"encoder", name},
                               {"encoder_hash", encoder->states->model().weights_hash},
                               {"layer", settings.layer},
                               {"idf", settings.idf},
                               {"rescaled", settings.baseline.has_value()}};
  return ScoreSet(
      [&catalog, rules, encoder, used](const PredictionSet& set) -> Result<PredictionScores> {
        LOOM_TRY(PredictionScores scores,
                 bert_score_predictions(set, catalog, *encoder->scorer, interrupt_token(), rules));
        scores.metric_parameters = used;
        return scores;
      });
}

}  // namespace loom::cli

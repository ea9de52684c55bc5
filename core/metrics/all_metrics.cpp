#include "core/metrics/all_metrics.h"

#include "core/metrics/bert_score.h"
#include "core/metrics/meteor.h"
#include "core/metrics/perplexity.h"
#include "core/metrics/whole_scores.h"
#include "core/text/chinese_words.h"

namespace loom {
namespace {

// What is scored in a pass of a model, see MetricSource.
MetricScore needs_model(const MetricInput&) {
  return not_scored("needs a model's pass over the references");
}

MetricScore needs_judge(const MetricInput&) {
  return not_scored("needs a judge");
}

}  // namespace

const std::vector<Metric>& all_metrics() {
  static const std::vector<Metric> metrics = {
      {"answer_match", 2, false, answer_match},
      {"babilong_label", 1, true, babilong_label},
      {"bare_match", 1, true, bare_match},
      {"bertscore", 1, false, needs_model, nullptr, nullptr, MetricSource::encoder},
      {"best_answer", 2, true, best_answer},
      {"bleu", 1, false, words_bleu},
      {"book_choice", 2, true, book_choice},
      {"bracket_numbers", 2, false, bracket_numbers},
      {"cell_match", 1, true, cell_match},
      {"characters_f1_zh", 1, false, characters_f1_zh},
      {"choice", 1, true, choice_letter},
      {"cited_answer", 3, false, cited_answer},
      {"class_match", 2, false, class_match},
      {"closing_letter", 2, true, closing_letter},
      {"code_option", 1, true, code_option},
      {"code_similarity", 1, false, code_line_similarity},
      {"concordance", 2, false, order_concordance},
      {"contains_all", 1, false, contains_all},
      {"contains_any", 1, true, contains_any},
      {"event_order", 2, false, event_order},
      {"exponential_similarity", 1, false, percentage_nearness},
      {"f1_zh", 1, false, words_f1_zh, chinese_words_ready},
      {"first_letter", 1, true, first_letter},
      {"first_number", 1, true, first_number},
      {"first_value", 2, true, first_value},
      {"keyword_f1", 1, false, keyword_f1},
      {"keyword_f1_zh", 1, false, keyword_f1_zh, chinese_words_ready},
      {"last_number", 1, true, last_number},
      {"length_score", 2, false, length_score},
      {"leval_exam", 3, false, leval_exam},
      {"masked_names", 2, false, masked_names, nullptr, share_of_masks},
      {"meteor", 1, false, words_meteor, meteor_ready},
      {"needs_judge", 1, false, needs_judge},
      {"news_labels", 2, false, news_labels},
      {"not_scored", 1, false, not_scored},
      {"number_prefix", 2, false, number_prefix},
      {"number_share", 3, false, number_share},
      {"pass_at_1", 1, true, pass_at_1, programs_ready},
      {"pass_at_k", 1, true, one_of_several_programs, programs_ready, pass_at_k_of_problems},
      {"passage_similarity", 1, false, passage_similarity},
      {"rank_correlation", 1, false, rank_correlation},
      {"reference_perplexity", 1, false, needs_model, nullptr, pooled_perplexity,
       MetricSource::likelihood, true},
      {"rouge", 1, false, rouge_of_sets},
      {"rouge_geometric", 1, false, rouge_parts, nullptr, rouge_geometric},
      {"rouge_l_zh", 1, false, words_rouge_l_zh, chinese_words_ready},
      {"rouge_lsum", 1, false, rouge_lsum},
      {"rouge_score", 1, false, rouge_of_counts},
      {"sacrebleu", 1, false, sentence_bleu},
      {kSevenMeasures, 2, false, needs_model, meteor_ready, nullptr, MetricSource::encoder},
      {"squad_exact_match", 1, true, squad_exact_match},
      {"squad_f1", 1, false, squad_f1},
      {"star_counts", 2, false, star_counts},
      {"stated_letter", 2, true, stated_letter},
      {"story_f1_zh", 1, false, story_f1_zh, chinese_words_ready},
      {"telling_rouge_l_zh", 1, false, telling_rouge_l_zh, chinese_words_ready},
      {"text_measures", 2, false, text_measures, meteor_ready},
      {"text_order", 3, true, text_order},
      {"token_f1", 1, false, token_f1},
      {"typo_lines", 2, false, typo_lines},
      {"uuid_match", 1, false, uuid_match},
      {"word_match", 1, true, word_match},
      {"word_recall", 1, false, word_recall},
      {"word_share", 1, false, word_share},
      {"written_form", 1, false, written_form},
      {"yes_f1", 1, false, yes_match, nullptr, yes_f1},
      {"yes_match", 1, true, yes_match},
  };
  return metrics;
}

Result<const Metric*> find_metric(const std::string& id) {
  for (const Metric& metric : all_metrics())
    if (id == metric.id) return &metric;
  return Error{ErrorKind::not_found, "there is no metric \"" + id + "\"", "metric", ""};
}

bool lower_is_better(const std::string& id) {
  const auto metric = find_metric(id);
  return metric && (*metric)->lower_is_better;
}

}  // namespace loom

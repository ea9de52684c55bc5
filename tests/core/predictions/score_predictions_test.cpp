// Scores of other programs' answers: means, intervals, what is left out.
#include "core/predictions/score_predictions.h"

#include <QTest>

#include "core/base/file_paths.h"
#include "core/predictions/answer_counts.h"

using namespace loom;

namespace {

// A token for every letter between two of its own, each a direction of its own.
class Letters : public TokenEmbeddings {
 public:
  std::vector<TokenId> ids(const std::string& text) const override {
    std::vector<TokenId> list = {0};
    for (const char c : text) list.push_back(static_cast<TokenId>(static_cast<unsigned char>(c)));
    list.push_back(1);
    return list;
  }
  Result<Embeddings> embed(std::span<const std::string> texts, std::stop_token) override {
    Embeddings made;
    made.width = 256;
    for (const std::string& text : texts) {
      TextEmbedding one;
      one.ids = ids(text);
      one.tokens.assign(one.ids.size() * made.width, 0);
      for (size_t i = 0; i < one.ids.size(); ++i)
        one.tokens[i * made.width + static_cast<size_t>(one.ids[i])] = 1;
      made.texts.push_back(std::move(one));
    }
    return made;
  }
};

}  // namespace

class ScorePredictionsTest : public QObject {
  Q_OBJECT

  Catalog catalog_ = *load_catalog(*paths::registry());

  static StoredAnswer answer(const std::string& text, const std::string& reference) {
    return {text, "", text, {reference}, nlohmann::json::object()};
  }

 private Q_SLOTS:
  void means_and_intervals() {
    PredictionSet set{"ruler", "qa_1", {}, {}};
    for (int i = 0; i < 200; ++i) set.answers.push_back(answer(i % 4 ? "no" : "yes it is", "yes"));
    auto scores = score_predictions(set, catalog_);
    QVERIFY(scores);
    QCOMPARE(*scores->summary.score, 25.0);
    QCOMPARE(scores->summary.scored, size_t{200});
    QCOMPARE(scores->summary.interval, std::string("wilson"));
    // Wilson's interval of 50 out of 200.
    QVERIFY(std::abs(*scores->summary.low - 19.51) < 0.01);
    QVERIFY(std::abs(*scores->summary.high - 31.43) < 0.01);
    for (size_t i = 0; i < 200; ++i) QCOMPARE(*scores->scores[i].value, i % 4 ? 0.0 : 1.0);
  }

  void a_missing_reference_is_named() {
    PredictionSet set{"ruler", "qa_1", {}, {answer("x", "y"), answer("z", "y")}};
    set.answers[1].references.clear();
    set.answers[1].where = "a.jsonl:2";
    auto scores = score_predictions(set, catalog_);
    QVERIFY(!scores);
    QCOMPARE(scores.error().where, std::string("a.jsonl:2"));
    set.answers[1].references = {""};  // would be part of every answer
    scores = score_predictions(set, catalog_);
    QVERIFY(!scores);
    QVERIFY(scores.error().message.ends_with("has no reference"));
  }

  // F1 of the class "yes" is a task's own: precision 2/3 and recall 2/4.
  void a_whole_task_has_a_score_of_its_own() {
    PredictionSet set{"bamboo", "senhallu", {}, {}};
    for (const char* said : {"yes", "Yes.", "no", "no"})
      set.answers.push_back(answer(said, "true"));
    for (const char* said : {"yes", "no", "no"}) set.answers.push_back(answer(said, "false"));
    auto scores = score_predictions(set, catalog_);
    QVERIFY(scores);
    QVERIFY(std::abs(*scores->summary.score - 400.0 / 7) < 1e-9);
    QVERIFY(*scores->summary.low < *scores->summary.score);
    QVERIFY(*scores->summary.high > *scores->summary.score);
    QCOMPARE(*scores->scores[0].value, 1.0);
  }

  void rule_sets_differ() {
    PredictionSet set{"niah", "needle", {}, {answer("a b.", "a b")}};
    QCOMPARE(*score_predictions(set, catalog_)->summary.score, 100.0);
    QCOMPARE(*score_predictions(set, catalog_, kLoomScopeRules)->summary.score, 50.0);
    set.benchmark = "longcite";
    set.task = "hotpotqa";
    QVERIFY(!score_predictions(set, catalog_, kLoomScopeRules));
  }

  // That package passes on what follows a thought.
  void thoughts_are_left_aside_by_the_package() {
    auto score = [&](const std::string& text, const char* rules) {
      return *score_predictions({"ruler", "qa_1", {}, {answer(text, "yes")}}, catalog_, rules);
    };
    const std::string finished = "<think>yes</think>\nno", unfinished = "<think>yes, it is";
    QCOMPARE(*score(finished, kOfficialRules).summary.score, 100.0);
    QCOMPARE(*score(finished, kLoomScopeRules).summary.score, 0.0);
    QCOMPARE(score(finished, kLoomScopeRules).scores[0].parsed, std::string("no"));
    QVERIFY(score(finished, kLoomScopeRules).scores[0].rule.starts_with("behind </think>"));
    QCOMPARE(*score(unfinished, kLoomScopeRules).summary.score, 100.0);
    QVERIFY(!score(unfinished, kLoomScopeRules).scores[0].rule.starts_with("behind"));
    // L-Eval's two answers think apart.
    PredictionSet both{"leval", "sci_fi", {}, {}};
    both.answers = {answer("<think> false </think> True [fact: <think> true </think> False]",
                           "True [fact: False]")};
    QCOMPARE(*score_predictions(both, catalog_, kLoomScopeRules)->summary.score, 100.0);
    QCOMPARE(*score_predictions(both, catalog_)->summary.score, 0.0);
  }

  // Under the official rules on request alone, and every changed score says so.
  void thoughts_are_left_aside_on_request() {
    PredictionSet set{"ruler", "qa_1", {}, {}};
    set.answers = {answer("<think>yes</think>no", "yes"), answer("yes", "yes")};
    QCOMPARE(*score_predictions(set, catalog_)->summary.score, 100.0);
    set.strip_thinking = true;
    const auto stripped = *score_predictions(set, catalog_);
    QCOMPARE(*stripped.summary.score, 50.0);
    QVERIFY(stripped.scores[0].rule.starts_with("behind </think>"));
    QVERIFY(!stripped.scores[1].rule.starts_with("behind </think>"));
    PredictionSet both{"leval", "sci_fi", {}, {}};
    both.answers = {answer("<think> false </think> True [fact: <think> true </think> False]",
                           "True [fact: False]")};
    both.strip_thinking = true;
    QCOMPARE(*score_predictions(both, catalog_)->summary.score, 100.0);
    // A thought without an answer is wrong there, not left out as an empty answer is.
    PredictionSet thought{"longbench_v2", "longbench_v2", {}, {answer("<think>B</think>", "B")}};
    thought.strip_thinking = true;
    QCOMPARE(*score_predictions(thought, catalog_)->summary.score, 0.0);
  }

  // The official runner leaves empty answers out, that package counts them.
  void empty_answers_of_longbench_v2() {
    PredictionSet set{"longbench_v2", "longbench_v2", {}, {}};
    set.answers = {answer("", "B"), answer("The correct answer is (B)", "B")};
    const auto official = *score_predictions(set, catalog_);
    QCOMPARE(*official.summary.score, 100.0);
    QCOMPARE(official.summary.scored, size_t{1});
    const auto package = *score_predictions(set, catalog_, kLoomScopeRules);
    QCOMPARE(*package.summary.score, 50.0);
    QCOMPARE(package.summary.scored, size_t{2});
  }

  // That package stores the right option's text, the official scorer compares letters.
  void option_texts_are_no_letters() {
    PredictionSet set{"longhealth", "task1", {}, {}};
    set.answers = {answer("The correct answer is B: Ankle fracture.", "Ankle fracture")};
    const auto official = score_predictions(set, catalog_);
    QVERIFY(!official);
    QVERIFY(official.error().message.find("no letter") != std::string::npos);
    QVERIFY(official.error().remedy.find(kLoomScopeRules) != std::string::npos);
    QCOMPARE(*score_predictions(set, catalog_, kLoomScopeRules)->summary.score, 100.0);
    set.answers[0].references = {"B"};
    QCOMPARE(*score_predictions(set, catalog_)->summary.score, 100.0);
  }

  // Under that package's rules the mean of six measures takes in a seventh: how much of the answer
  // the reference bears out, by an encoder.
  void loogle_by_seven_measures() {
    const Metric& six = **find_metric("text_measures");
    if (!six.ready()) QSKIP("skipped: WordNet is not installed");
    PredictionSet set{"loogle", "longdep_summarization", {}, {}};
    set.answers = {answer("the mill", "the mill is empty")};
    QVERIFY(!score_predictions(set, catalog_, kLoomScopeRules));
    const double without = *score_predictions(set, catalog_)->scores[0].value;
    Letters letters;
    BertScorer scorer(letters, {});
    auto all = bert_score_predictions(set, catalog_, scorer, {}, kLoomScopeRules);
    QVERIFY(all);
    QCOMPARE(all->metric, std::string("seven_measures"));
    QCOMPARE(all->scores[0].parts.at("bert_score").get<double>(), 1.0);
    QVERIFY(std::abs(*all->scores[0].value - (6 * without + 1) / 7) < 1e-12);
    // An empty answer is "None": of its letters the reference holds one, the e.
    set.answers = {answer(" ", "the mill is empty")};
    all = bert_score_predictions(set, catalog_, scorer, {}, kLoomScopeRules);
    QVERIFY(all);
    QCOMPARE(all->scores[0].parts.at("bert_score").get<double>(), 0.25);
    // Elsewhere it is BERTScore alone.
    QCOMPARE(bert_score_predictions(set, catalog_, scorer, {})->metric, std::string("bertscore"));
  }

  // LIBRA's F1 is of the whole answer.
  void libra_by_its_own_words() {
    PredictionSet set{"libra", "ru_qasper", {}, {}};
    set.answers.push_back(
        answer("ответ:\nНаучно-исследовательский институт", "научно-исследовательский институт"));
    QCOMPARE(*score_predictions(set, catalog_)->summary.score, 80.0);
    set.answers = {answer("кто-то", "кто")};
    QCOMPARE(*score_predictions(set, catalog_)->summary.score, 0.0);
  }

  void fields_of_the_wrong_type_are_named() {
    const std::tuple<const char*, const char*, nlohmann::json> cases[] = {
        {"babilong", "qa1", {{"question", 7}}},
        {"longwriter", "longbench_write", {{"length", "long"}}},
        {"libra", "ru_trec", {{"negative_outputs", 3}}},
        {"longbench", "trec", {{"classes", {{"a", 1}}}}},
        {"counting_stars", "en_reasoning", {{"wrong_counts", "x"}}}};
    for (const auto& [benchmark, task, metadata] : cases) {
      PredictionSet set{benchmark, task, {}, {answer("{\"little_penguin\": [1]}", "1")}};
      set.answers[0].where = "a.jsonl:1";
      set.answers[0].metadata = metadata;
      auto scores = score_predictions(set, catalog_);
      QVERIFY2(!scores && scores.error().where == "a.jsonl:1", benchmark);
    }
  }

  // 22 of LongIns' 1419 shortest texts hold no error: they count, and score 0.
  void texts_without_errors_count() {
    PredictionSet set{"longins", "GIST", {}, {}};
    set.answers.push_back(answer("[3]", "3"));
    set.answers.push_back({"none", "", "[]", {}, {{"no_error", true}}});
    const auto scores = score_predictions(set, catalog_);
    QVERIFY2(scores, scores ? "" : describe(scores.error()).c_str());
    QCOMPARE(*scores->summary.score, 50.0);
    for (const auto& other : {nlohmann::json::object(), nlohmann::json::array(),
                              nlohmann::json({{"no_error", "yes"}})}) {
      set.answers.back().metadata = other;
      QVERIFY(!score_predictions(set, catalog_));
    }
  }

  // What an answer is compared with beside its references must be there; 0 would be a wrong answer.
  void records_without_their_fields_are_unparsed() {
    for (const auto& [benchmark, task, text] :
         {std::tuple{"ada_leval", "stackselect", "A1"}, std::tuple{"longbench", "trec", "A1"},
          std::tuple{"loogle", "shortdep_cloze", "{}"},
          std::tuple{"longwriter", "longbench_write", "A1"}}) {
      PredictionSet set{benchmark, task, {}, {}};
      set.answers.push_back(answer(text, "A1"));
      const auto scores = score_predictions(set, catalog_);
      QVERIFY2(scores, scores ? "" : describe(scores.error()).c_str());
      QVERIFY2(!scores->scores[0].value, task);
      QCOMPARE(scores->summary.unparsed, size_t{1});
      QVERIFY2(scores->scores[0].rule.starts_with("the record "), task);
    }
  }

  void tasks_become_benchmarks() {
    std::vector<PredictionScores> all;
    all.push_back(*score_predictions(
        {"ruler", "qa_1", {}, {answer("yes", "yes"), answer("no", "yes")}}, catalog_));
    all.push_back(*score_predictions({"ruler", "qa_2", {}, {answer("yes", "yes")}}, catalog_));
    all.push_back(*score_predictions({"niah", "needle", {}, {answer("a", "a b")}}, catalog_));
    const RunSummary summary = summarise_predictions(all);
    QCOMPARE(summary.columns.size(), size_t{1});
    QCOMPARE(*summary.columns[0].benchmarks[0].score, 75.0);
    QCOMPARE(*summary.columns[0].mean_of_benchmarks, 62.5);
  }

  void another_metric_than_the_tasks_own() {
    PredictionSet own{"", "mine", {}, {answer("the red ship", "red ship"), answer("x", "y")}};
    QVERIFY(!score_predictions(own, catalog_));  // there is no metric
    const auto scores = score_predictions_by("squad_exact_match", own, catalog_);
    QVERIFY(scores);
    QCOMPARE(*scores->summary.score, 50.0);
    QCOMPARE(scores->summary.job.task, std::string("mine"));
    QVERIFY(!scores->summary.fewer_than_official);
    for (const char* metric : {"bertscore", "reference_perplexity", "needs_judge", "wisdom"})
      QVERIFY(!score_predictions_by(metric, own, catalog_));
    // Of a known task the metric changes and the references stay.
    const PredictionSet known{"ruler", "qa_1", {}, {answer("no, yes", "yes")}};
    QCOMPARE(*score_predictions(known, catalog_)->summary.score, 100.0);
    QCOMPARE(*score_predictions_by("squad_exact_match", known, catalog_)->summary.score, 0.0);
    own.answers[1].references.clear();
    own.answers[1].where = "mine.jsonl:2";
    QCOMPARE(score_predictions_by("token_f1", own, catalog_).error().where,
             std::string("mine.jsonl:2"));
  }

  void a_question_is_answered_once() {
    PredictionSet set{"ruler", "qa_1", {}, {answer("x", "y"), answer("z", "y"), answer("x", "y")}};
    for (size_t i = 0; i < 3; ++i) set.answers[i].where = "a.jsonl:" + std::to_string(i + 1);
    const auto twice = score_predictions(set, catalog_);
    QVERIFY(!twice);
    QCOMPARE(twice.error().where, std::string("a.jsonl:3"));
    QVERIFY(twice.error().message.find("a.jsonl:1") != std::string::npos);
    QVERIFY(!score_predictions_by("squad_exact_match", set, catalog_));
    PredictionSet needles = set;  // one needle at several places
    needles.benchmark = "nolima";
    QVERIFY(check_answer_counts(needles, TaskRule{}));
    // Another question by the same id, and the same id in a file of another length.
    set.answers[2].references = {"w"};
    QVERIFY(score_predictions(set, catalog_));
    set.answers[2].references = {"y"};
    set.answers[2].question = "Is it so?";
    QVERIFY(score_predictions(set, catalog_));
    set.answers[2].question.clear();
    set.answers[2].where = "b.jsonl:1";
    QVERIFY(score_predictions(set, catalog_));
  }

  // As a list of texts in one record makes them; of NoLiMa's needles too.
  void one_record_has_one_answer_but_for_pass_at_k() {
    PredictionSet set{"ruler", "qa_1", {}, {answer("x", "y"), answer("y", "y")}};
    for (StoredAnswer& one : set.answers) one.where = "a.jsonl:7";
    const auto scores = score_predictions(set, catalog_);
    QVERIFY(!scores);
    QCOMPARE(scores.error().where, std::string("a.jsonl:7"));
    QVERIFY(scores.error().message.find("several answers") != std::string::npos);
    QVERIFY(scores.error().remedy.find("pass_at_k") != std::string::npos);
    set.benchmark = "nolima";
    QVERIFY(!check_answer_counts(set, TaskRule{}));
    QVERIFY(check_answer_counts(set, TaskRule{.metric = "pass_at_k"}));
  }

  void pass_at_k_needs_k_programs_of_each_problem() {
    PredictionSet set{"", "mine", {}, {}};
    for (int i = 0; i < 5; ++i) {
      set.answers.push_back(answer("    return 1\n", ""));
      set.answers.back().id = i < 3 ? "one" : "two";
      set.answers.back().where = "a.jsonl:" + std::to_string(i + 1);
      set.answers.back().metadata = {{"code_prompt", i < 3 ? "def f():\n" : "def g():\n"},
                                     {"code_test", "def check(f): pass\n"}};
    }
    TaskRule rule{.metric = "pass_at_k"};
    QVERIFY(check_answer_counts(set, rule));
    rule.parameters["k"] = 2;
    QVERIFY(check_answer_counts(set, rule));
    rule.parameters["k"] = 3;
    const Status few = check_answer_counts(set, rule);
    QVERIFY(!few);
    QCOMPARE(few.error().where, std::string("a.jsonl:4"));
    QVERIFY(few.error().message.find("sample two there are 2") != std::string::npos);
    rule.metric = "pass_at_1";
    QVERIFY(!check_answer_counts(set, rule));
  }
};

QTEST_APPLESS_MAIN(ScorePredictionsTest)
#include "score_predictions_test.moc"

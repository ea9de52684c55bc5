// The rule set loomscope-0.8 against that package's own scorers (golden/metrics/
// make_loomscope_rules.py), and where its rules differ from the official ones.
#include <QTest>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/benchmarks/clongeval.h"
#include "core/catalog/catalog.h"
#include "core/catalog/rule_sets.h"
#include "core/metrics/metric.h"
#include "core/metrics/whole_scores.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

class LoomscopeRulesTest : public QObject {
  Q_OBJECT

  Catalog catalog_ = *load_catalog(*paths::registry());

  MetricScore score(const std::string& name, const std::string& answer,
                    const std::vector<std::string>& references, const json& metadata,
                    const char* rule_set = kLoomScopeRules) const {
    const size_t slash = name.find('/');
    const auto* benchmark = catalog_.benchmark(name.substr(0, slash));
    const TaskRule rule =
        *task_rule(*benchmark, *benchmark->task(name.substr(slash + 1)), rule_set);
    const auto own = rule_references(rule, references, metadata);
    return (*find_metric(rule.metric))->score({answer, own, rule.parameters, metadata});
  }

 private Q_SLOTS:
  void equal_to_the_package() {
    const json golden =
        *read_json(testing::source_folder() / "tests/golden/metrics/loomscope_rules.json");
    QVERIFY(golden.at("rows").size() > 1000);
    constexpr double kTolerance = 1e-9;
    for (const json& row : golden.at("rows")) {
      const auto text = row.at("prediction").get<std::string>();
      const MetricScore found =
          score(row.at("task"), text, row.at("references"), row.at("metadata"));
      QVERIFY2(found.value && std::abs(*found.value - row.at("score").get<double>()) < kTolerance,
               (row.dump() + " gives " + std::to_string(found.value.value_or(-1))).c_str());
    }
  }

  void needles_by_words_at_white_space() {
    const std::vector<std::string> gold = {"eat a sandwich and sit in the park on a sunny day"};
    auto value = [&](const char* text) {
      return *score("niah/needle", text, gold, json::object()).value;
    };
    QCOMPARE(value("Eat a sandwich and SIT in the park on a sunny day"), 1.0);
    // Eleven words; the last one carries a full stop.
    QCOMPARE(value("eat a sandwich and sit in the park on a sunny day."), 0.9091);
    QCOMPARE(value("a dog sat in the rain and slept"), 0.3636);
    QCOMPARE(value(""), 0.0);
  }

  void long_health_by_the_options_text() {
    const json metadata = {{"option_text", "Ankle fracture"}};
    QCOMPARE(*score("longhealth/task1", "B: Ankle fracture", {"C"}, metadata).value, 1.0);
    QCOMPARE(*score("longhealth/task1", "The correct answer is C:", {"C"}, metadata).value, 0.0);
    QCOMPARE(*score("longhealth/task1", "The correct answer is C:", {"C"}, metadata, kOfficialRules)
                  .value,
             1.0);
  }

  void stars_are_rounded_per_record() {
    std::vector<std::string> gold;
    for (int i = 1; i <= 32; ++i) gold.push_back(std::to_string(200 + i));
    const std::string text = "{\"little_penguin\": [201]}";
    QCOMPARE(*score("counting_stars/en_searching", text, gold, json::object()).value, 0.03);
    QCOMPARE(
        *score("counting_stars/en_searching", text, gold, json::object(), kOfficialRules).value,
        1.0 / 32);
  }

  void summaries_without_a_colon_are_left_out() {
    const std::string text = "Here is a summary of it";
    QVERIFY(!score("l_citeeval/qmsum", text, {"it"}, json::object()).value);
    QCOMPARE(*score("l_citeeval/qmsum", text, {"it"}, json::object(), kOfficialRules).value, 0.0);
  }

  void summaries_by_the_geometric_mean_of_means() {
    const json one = {{"rouge_1", 1.0}, {"rouge_2", 0.5}, {"rouge_l", 1.0}},
               two = {{"rouge_1", 0.0}, {"rouge_2", 0.0}, {"rouge_l", 0.0}};
    const json* both[] = {&one, &two};
    QVERIFY(std::abs(*rouge_geometric(both) - std::cbrt(0.5 * 0.25 * 0.5)) < 1e-12);
    const MetricScore found = score("leval/news_summ", "a b c", {"a b d"}, json::object());
    QVERIFY(std::abs(found.parts.at("rouge_1").get<double>() - 2.0 / 3) < 1e-12);
    QVERIFY(std::abs(found.parts.at("rouge_2").get<double>() - 0.5) < 1e-12);
  }

  // CLongEval's typos as its evaluator counts them: of the first triple the wrong character, and a
  // second line that nobody can meet.
  void typos_by_the_published_evaluator() {
    const std::string stored = "3，对，错\n7，好，号\n9，天，添",
                      right = "3，错，对\n7，号，好\n9，添，天";
    const json metadata = {{"stored_answer", stored},
                           {"published_answer", typos_as_published(stored)}};
    const std::string task = "clongeval/stacked_typo_detection_small";
    auto value = [&](const std::string& answer, const char* rules) {
      return *score(task, answer, {right}, metadata, rules).value;
    };
    QCOMPARE(metadata.at("published_answer").get<std::string>(), std::string("3，错\n7，3"));
    QCOMPARE(value(right, kOfficialRules), 1.0);
    QCOMPARE(value(right, kPublishedRules), 0.5);
    QCOMPARE(value(right, kLoomScopeRules), 0.0);
    QCOMPARE(value("3，错，对", kPublishedRules), 0.5);
    QCOMPARE(value("7，号，好\n9，添，天", kPublishedRules), 0.0);
    QCOMPARE(value("", kPublishedRules), 0.0);
    QCOMPARE(typos_as_published("3，对，错"), std::string("3，错，3"));
    QCOMPARE(typos_as_published("nothing"), std::string("nothing"));
    // Elsewhere the official rules are the published ones, also for what that package lacks.
    for (const auto& benchmark : catalog_.benchmarks)
      for (const auto& one : benchmark.tasks) {
        const auto official = task_rule(benchmark, one, kOfficialRules),
                   published = task_rule(benchmark, one, kPublishedRules);
        QVERIFY(official && published);
        QCOMPARE(published->metric, official->metric);
        QVERIFY(published->parameters == official->parameters);
        QCOMPARE(published->references.empty(), !one.id.starts_with("stacked_typo"));
      }
  }

  void what_the_package_cannot_score_is_refused() {
    auto rule = [&](const char* benchmark, const char* task, const char* set) {
      const auto* found = catalog_.benchmark(benchmark);
      return task_rule(*found, *found->task(task), set);
    };
    QVERIFY(!rule("longcite", "hotpotqa", kLoomScopeRules));
    QVERIFY(!rule("libra", "ru_trec", kLoomScopeRules));
    QVERIFY(rule("longsafety", "longsafety", kLoomScopeRules));
    QVERIFY(rule("longsafety", "longsafety", kOfficialRules));
    QVERIFY(rule("libra", "ru_sci_passage_count", kLoomScopeRules));
    QVERIFY(!rule("ruler", "vt", "no-such-rules"));
    for (const auto& benchmark : catalog_.benchmarks)
      for (const auto& task : benchmark.tasks) {
        QVERIFY(task_rule(benchmark, task, kOfficialRules));
        auto own = task_rule(benchmark, task, kLoomScopeRules);
        QVERIFY2(own ? bool(find_metric(own->metric)) : !own.error().message.empty(),
                 task.id.c_str());
      }
  }
};

QTEST_APPLESS_MAIN(LoomscopeRulesTest)
#include "loomscope_rules_test.moc"

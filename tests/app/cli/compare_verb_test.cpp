// compare as a user types it, over runs whose scores are known.
#include <QTest>
#include <cmath>

#include "core/history/run_store.h"
#include "tests/app/cli/program.h"
#include "tests/core/history/written_samples.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class CompareVerbTest : public QObject {
  Q_OBJECT

  testing::Program program_;
  int64_t first_ = 0, better_ = 0, otherwise_ = 0, elsewhere_ = 0, ruled_ = 0;

  // The first `right` samples are right.
  int64_t add_run(RunStore& store, const EvaluationPlan& plan, int right, const char* other = "",
                  int samples = 12) {
    const int64_t run = *store.create_run(plan, testing::small_jobs(samples));
    for (int i = 0; i < samples; ++i) {
      Sample sample = testing::written_sample(i);
      sample.record_id += other;
      sample.score->value = i < right ? 1 : 0;
      if (!store.put_sample(run, sample)) return 0;
    }
    return store.set_state(run, RunState::finished) ? run : 0;
  }
  Ended compare(int64_t a, int64_t b, const char* more = "--json") const {
    return program_.run({QStringLiteral("compare"), QString::number(a), QString::number(b),
                         QString::fromLatin1(more), QStringLiteral("--store"),
                         program_.path("history.sqlite")});
  }

 private Q_SLOTS:
  void initTestCase() {
    const auto store = *RunStore::open(program_.path("history.sqlite").toStdString());
    const EvaluationPlan plan = testing::small_plan("run", 12);
    first_ = add_run(*store, plan, 4);
    better_ = add_run(*store, plan, 9);
    EvaluationPlan changed = plan;
    changed.truncation = TruncationRule::head;
    changed.strip_thinking = true;
    changed.max_length = 2048;
    changed.decoding.temperature = 0.5;
    changed.models[0].chat_template = "none";
    changed.prompt_pack = {{"prompt_pack", "a pack"},
                           {"benchmarks", {{"ruler", {{"*", {{"chat_template", false}}}}}}}};
    otherwise_ = add_run(*store, changed, 4);
    elsewhere_ = add_run(*store, plan, 4, "b");
    EvaluationPlan ruled = plan;
    ruled.rule_set = "loomscope-0.8";
    ruled_ = add_run(*store, ruled, 4);
    QVERIFY(first_ > 0 && better_ > 0 && otherwise_ > 0 && elsewhere_ > 0 && ruled_ > 0);
  }

  // Five of twelve answers are right in the second run alone: 500 / 12 points.
  void a_task_has_its_difference() {
    const auto json = compare(first_, better_).json();
    QVERIFY(json["warnings"].empty());
    const auto& pair = json["comparisons"][0];
    QCOMPARE(pair["run_a"].get<int64_t>(), first_);
    QCOMPARE(pair["run_b"].get<int64_t>(), better_);
    const auto& task = pair["tasks"][0];
    QCOMPARE(missing_fields(task, {"task", "model_a", "model_b", "n", "unpaired", "difference",
                                   "low", "high", "p", "lower_is_better"}),
             QByteArray());
    QCOMPARE(task["n"].get<int>(), 12);
    QVERIFY(std::abs(task["difference"].get<double>() - 500.0 / 12) < 1e-6);
    QVERIFY(task["low"].get<double>() < 41 && task["high"].get<double>() > 42);
    const Ended words = compare(first_, better_, "--pretty");
    QCOMPARE(words.code, 0);
    QVERIFY2(words.out.contains("ruler/vt@4096  41.67  ["), words.out.constData());
    QVERIFY2(words.err.isEmpty(), words.err.constData());
  }

  void settings_that_differ_are_said() {
    const Ended ended = compare(first_, otherwise_);
    QCOMPARE(ended.code, 0);
    std::vector<std::string> settings;
    const auto json = ended.json();
    for (const auto& warning : json["warnings"]) {
      settings.push_back(warning["setting"].get<std::string>());
      QCOMPARE(warning["values"].size(), size_t{2});
    }
    const std::vector<std::string> wanted = {"chat template", "prompts",        "thoughts",
                                             "truncation",    "maximal length", "decoding"};
    QVERIFY(settings == wanted);
    QVERIFY2(ended.err.contains("a pack") && ended.err.contains("the runs differ in truncation"),
             ended.err.constData());
  }

  void one_pair_is_too_few() {
    const auto store = *RunStore::open(program_.path("history.sqlite").toStdString());
    const EvaluationPlan plan = testing::small_plan("run", 1);
    const int64_t a = add_run(*store, plan, 1, "", 1), b = add_run(*store, plan, 0, "", 1);
    QVERIFY(a > 0 && b > 0);
    const Ended words = compare(a, b, "--pretty");
    QVERIFY2(words.out.contains("ruler/vt@4096  too few pairs  n 1"), words.out.constData());
    QVERIFY(compare(a, b).json()["comparisons"][0]["tasks"][0]["difference"].is_null());
  }

  void runs_without_a_common_sample_say_so() {
    const Ended ended = compare(first_, elsewhere_, "--pretty");
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.err.contains("share no samples"), ended.err.constData());
    QVERIFY(compare(first_, elsewhere_).json()["comparisons"][0]["tasks"].empty());
  }

  void other_rules_are_refused() {
    const Ended ended = compare(first_, ruled_);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("loomscope-0.8"), ended.err.constData());
    QCOMPARE(compare(first_, 99).code, 1);
    QCOMPARE(program_.run({QStringLiteral("compare"), QStringLiteral("1")}).code, 2);
    QCOMPARE(program_.run({QStringLiteral("compare")}).code, 2);
  }
};

QTEST_GUILESS_MAIN(CompareVerbTest)
#include "compare_verb_test.moc"

#include "core/evaluation/evaluation_plan.h"

#include <QTest>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "tests/core/evaluation/example_plan.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
using testing::good_plan;

namespace {

// The field that the error is about, or "" when the plan was read.
std::string complaint(const json& plan) {
  auto read = plan_from_json(plan);
  return read ? "" : read.error().where;
}

}  // namespace

class EvaluationPlanTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void survives_a_round() {
    auto read = plan_from_json(good_plan());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    EvaluationPlan plan = *read;
    QCOMPARE(plan.truncation, TruncationRule::head);
    QCOMPARE(plan.decoding.top_p, 0.9);
    auto reread = plan_from_json(to_json(plan));
    QVERIFY2(reread, reread ? "" : describe(reread.error()).c_str());
    EvaluationPlan again = *reread;
    QVERIFY(to_json(again) == to_json(plan));
    QCOMPARE(fingerprint(again), fingerprint(plan));
  }

  void fingerprint_follows_what_changes_scores() {
    EvaluationPlan plan = *plan_from_json(good_plan());
    std::string before = fingerprint(plan);
    EvaluationPlan other = plan;
    other.name = "another";
    other.tags = {"x"};
    other.devices = {"cuda:0"};
    QCOMPARE(fingerprint(other), before);
    other = plan;
    other.seed = 8;
    QVERIFY(fingerprint(other) != before);
    other = plan;
    other.truncation = TruncationRule::tail;
    QVERIFY(fingerprint(other) != before);
    other = plan;
    other.skip_bad_records = true;
    QVERIFY(fingerprint(other) != before);
    QVERIFY(plan_from_json(to_json(other))->skip_bad_records);
    other = plan;
    other.benchmarks[0].samples = 4;
    QVERIFY(fingerprint(other) != before);
  }

  void wrong_fields_are_named() {
    json plan = good_plan();
    plan["sede"] = 1;
    QVERIFY(complaint(plan).find("sede") != std::string::npos);
    plan = good_plan();
    plan["models"][0]["pth"] = "x";
    QVERIFY(complaint(plan).find("models[0]") != std::string::npos);
    plan = good_plan();
    plan["seed"] = -1;
    QVERIFY(complaint(plan).find("seed") != std::string::npos);
    plan = good_plan();
    plan["decoding"]["top_p"] = 1.5;
    QVERIFY(complaint(plan).find("top_p") != std::string::npos);
    plan = good_plan();
    plan["benchmarks"] = "starter";
    QVERIFY(complaint(plan).find("benchmarks") != std::string::npos);
    plan = good_plan();
    plan["truncation"] = "sideways";
    QVERIFY(complaint(plan).find("truncation") != std::string::npos);
    plan = good_plan();
    plan["format"] = 2;
    QCOMPARE(plan_from_json(plan).error().kind, ErrorKind::unsupported);
    QVERIFY(!plan_from_json(json::array()));
    QVERIFY(!plan_from_json(json()));
    plan = good_plan();
    plan["models"] = 5;
    QVERIFY(!plan_from_json(plan).error().remedy.empty());
  }

  void thoughts_are_a_part_of_the_plan() {
    json plan = good_plan();
    const EvaluationPlan as_it_is = *plan_from_json(plan);
    QVERIFY(!as_it_is.strip_thinking && !to_json(as_it_is).contains("strip_thinking"));
    plan["strip_thinking"] = true;
    const EvaluationPlan stripping = *plan_from_json(plan);
    QVERIFY(stripping.strip_thinking);
    QVERIFY(plan_from_json(to_json(stripping))->strip_thinking);
    QVERIFY(fingerprint(stripping) != fingerprint(as_it_is));
    plan["strip_thinking"] = "yes";
    QVERIFY(!plan_from_json(plan));
  }

  // Files as a disk or a stranger may leave them.
  void damaged_files_are_errors() {
    testing::TemporaryFolder folder;
    auto file = folder.path() / "plan.json";
    std::string good = good_plan().dump(2);
    Random random(4);
    for (int i = 0; i < 400; ++i) {
      std::string bad = good;
      if (i % 2 == 0) bad.resize(random.below(good.size()));
      for (int flips = 0; i % 2 == 1 && flips < 3; ++flips)
        bad[random.below(bad.size())] = static_cast<char>(random.below(256));
      QVERIFY(write_file(file, bad));
      auto plan = read_plan(file);
      if (!plan) QVERIFY(plan.error().where.find("plan.json") != std::string::npos);
    }
    QVERIFY(write_file(file, std::string(100'000, '[')));
    QVERIFY(!read_plan(file));
    QVERIFY(!read_plan(folder.path() / "missing.json"));
  }
};

QTEST_APPLESS_MAIN(EvaluationPlanTest)
#include "evaluation_plan_test.moc"

// What is chosen becomes the plan, and what stands in a plan is chosen again.
#include <QCheckBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTreeWidget>

#include "core/base/text_file.h"
#include "core/catalog/rule_sets.h"
#include "tests/ui/wizards/open_wizard.h"
#include "ui/pages/benchmarks/benchmark_files.h"
#include "ui/wizards/benchmark_panel.h"
#include "ui/wizards/models_step.h"
#include "ui/wizards/plan_words.h"
#include "ui/wizards/prompt_pack_field.h"
#include "ui/wizards/review_step.h"

class WizardPlanTest : public loom::testing::OpenWizard {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  }
  void init() { open(); }
  void cleanup() { close(); }
  void planComesBack();
  void suitesFilesStayInThePlan();
  void suitesFilesNeedNoOthers();
  void namesStayShort();
  void whatCannotBeAskedApartIsTold();
  void importedPromptsComeIntoThePlan();
  void encodersAnswerNothing();
  void reviewSaysWhatScoringTakes();
};

void WizardPlanTest::planComesBack() {
  loom::EvaluationPlan plan = loom::starter_plan(loom::testing::default_model()->string());
  plan.decoding.top_k = 40;
  plan.truncation = loom::TruncationRule::tail;
  plan.rule_set = loom::kLoomScopeRules;
  plan.reuse_answers = false;
  plan.skip_bad_records = true;
  plan.strip_thinking = true;
  plan.models[0].chat_template = "none";
  wizard_->set_plan(plan);
  QTRY_COMPARE_WITH_TIMEOUT(wizard_->plan().models.size(), size_t{1}, 20000);
  loom::EvaluationPlan again = wizard_->plan();
  QCOMPARE(fingerprint(again).c_str(), fingerprint(plan).c_str());
  QCOMPARE(again.name.c_str(), "Starter suite");
  QVERIFY(!again.reuse_answers);  // no part of the fingerprint
  auto& strips = find<QCheckBox>("strip_thinking");
  QVERIFY(strips.isChecked() && !strips.accessibleName().isEmpty() && !strips.toolTip().isEmpty());
  QVERIFY(loom::ui::settings_words(again).contains(QStringLiteral("thoughts left aside")));
  strips.setChecked(false);
  QVERIFY(!wizard_->plan().strip_thinking);
}

// A plan that reads a suite's own files keeps saying so, though it asks for lengths of their own.
void WizardPlanTest::suitesFilesStayInThePlan() {
  loom::EvaluationPlan plan = loom::starter_plan(loom::testing::default_model()->string());
  plan.benchmarks = {{"counting_stars", {}, {0}, 0, nlohmann::json::object(), "loombench"}};
  wizard_->set_plan(plan);
  QTRY_COMPARE_WITH_TIMEOUT(wizard_->plan().models.size(), size_t{1}, 20000);
  const loom::EvaluationPlan again = wizard_->plan();
  QCOMPARE(again.benchmarks.size(), size_t{1});
  QCOMPARE(again.benchmarks[0].suite.c_str(), "loombench");
  QVERIFY(again.benchmarks[0].lengths == std::vector<size_t>{0});
  auto* panel = wizard_->findChild<loom::ui::BenchmarkPanel*>();
  QVERIFY(panel && panel->is_valid());
  QCOMPARE(panel->settings().suite.c_str(), "loombench");
  QVERIFY(panel->settings().lengths == std::vector<size_t>{0});
  QVERIFY(loom::ui::benchmark_words(again, workspace_->catalog())
              .contains(QStringLiteral("the suite's own files, whole")));
}

// What the benchmark's own files would need is of no matter then: nothing is to be fetched.
void WizardPlanTest::suitesFilesNeedNoOthers() {
  loom::EvaluationPlan plan = loom::starter_plan(loom::testing::default_model()->string());
  auto state = [&] {
    const auto rows =
        find<QTreeWidget>("benchmark_tree")
            .findItems(QStringLiteral("LV-Eval"), Qt::MatchExactly | Qt::MatchRecursive);
    return rows.isEmpty() ? QString() : rows.first()->text(2);
  };
  plan.benchmarks = {{"lveval", {}, {16384}, 0, nlohmann::json::object(), "loombench"}};
  wizard_->set_plan(plan);
  QCOMPARE(state(), QStringLiteral("Ready"));
  QVERIFY(!wizard_->findChild<loom::ui::BenchmarkFiles*>()->isVisibleTo(wizard_.get()));
  plan.benchmarks[0].suite.clear();
  wizard_->set_plan(plan);
  QVERIFY(state() != QStringLiteral("Ready"));
  QVERIFY(wizard_->findChild<loom::ui::BenchmarkFiles*>()->isVisibleTo(wizard_.get()));
}

void WizardPlanTest::namesStayShort() {
  const loom::Catalog& catalog = workspace_->catalog();
  loom::EvaluationPlan plan;
  plan.models = {{"m.gguf", "m"}};
  auto name_of = [&](std::vector<std::string> benchmarks) {
    plan.benchmarks.clear();
    for (std::string& id : benchmarks) {
      plan.benchmarks.emplace_back();
      plan.benchmarks.back().id = std::move(id);
    }
    return loom::ui::suggested_name(plan, catalog);
  };
  QCOMPARE(name_of({"ruler", "niah"}), QStringLiteral("RULER, Needle in a haystack on m"));
  QCOMPARE(name_of({"ruler", "niah", "libra", "leval", "lveval"}),
           QStringLiteral("5 benchmarks on m"));
  plan.benchmarks =
      loom::benchmarks_of(*catalog.suite("loombench"), catalog, home_->path() / "nothing");
  QCOMPARE(loom::ui::suggested_name(plan, catalog), QStringLiteral("LOOMBENCH on m"));
}

// The window has one set of lengths for each benchmark, a plan can have several.
void WizardPlanTest::whatCannotBeAskedApartIsTold() {
  loom::EvaluationPlan plan = loom::starter_plan(loom::testing::default_model()->string());
  const auto nothing = nlohmann::json::object();
  plan.benchmarks = {{"babilong", {"qa1"}, {2048}, 1, nothing},
                     {"babilong", {"qa2"}, {1024}, 1, nothing}};
  const auto& problems = find<QLabel>("plan_problems");
  wizard_->open_plan(plan);
  QTRY_VERIFY_WITH_TIMEOUT(problems.text().contains(QStringLiteral("BABILong")), 20000);
  QCOMPARE(wizard_->current_step(), 0);
  loom::EvaluationPlan again = wizard_->plan();
  QCOMPARE(again.benchmarks.size(), size_t{1});
  QCOMPARE(again.benchmarks[0].tasks.size(), size_t{2});
  QVERIFY(again.benchmarks[0].lengths == std::vector<size_t>{2048});
  plan.benchmarks[1].lengths = {2048};  // the same as if both tasks were named at once
  wizard_->open_plan(plan);
  QTRY_COMPARE_WITH_TIMEOUT(wizard_->current_step(), wizard_->step_count() - 1, 20000);
  QVERIFY(problems.text().isEmpty());
  QCOMPARE(wizard_->plan().benchmarks[0].tasks.size(), size_t{2});
}

void WizardPlanTest::importedPromptsComeIntoThePlan() {
  const auto file = home_->path() / "dataset2prompt.json";
  QVERIFY(loom::write_file(file, R"({"passkey": "{context} {input}"})"));
  auto& field = *wizard_->findChild<loom::ui::PromptPackField*>();
  QVERIFY(wizard_->plan().prompt_pack.is_null());
  field.import(QString::fromStdString(file.string()), {});
  QVERIFY(find<QLabel>("prompt_pack_message").text().contains(QStringLiteral("which benchmark")));
  QVERIFY(wizard_->plan().prompt_pack.is_null());
  field.import(QString::fromStdString(file.string()), QStringLiteral("libra"));
  QVERIFY(find<QLabel>("prompt_pack_message").text().isEmpty());
  QCOMPARE(find<QLabel>("prompt_pack").text(), QStringLiteral("dataset2prompt.json"));
  QVERIFY(wizard_->plan().prompt_pack["benchmarks"].contains("libra"));
  loom::EvaluationPlan plan = wizard_->plan();
  wizard_->set_plan({});
  QVERIFY(wizard_->plan().prompt_pack.is_null());
  wizard_->set_plan(plan);
  QVERIFY(wizard_->plan().prompt_pack == plan.prompt_pack);
  field.findChild<QPushButton*>(QStringLiteral("remove_prompt_pack"))->click();
  QVERIFY(wizard_->plan().prompt_pack.is_null());
}

void WizardPlanTest::encodersAnswerNothing() {
  tick_model();
  dynamic_cast<loom::ui::ModelsStep&>(wizard_->step(1))
      .add_model(loom::testing::source_folder() / "tests/golden/encoders/bert_score");
  auto& list = *find<QListView>("model_list").model();
  QTRY_COMPARE(list.rowCount(), 2);
  const QModelIndex encoder = list.index(1, 0);
  QCOMPARE(encoder.data().toString(), QStringLiteral("bert_score"));
  QVERIFY(!encoder.data(Qt::CheckStateRole).isValid());
  QVERIFY(!(encoder.flags() & Qt::ItemIsUserCheckable));
  QVERIFY(!list.setData(encoder, Qt::Checked, Qt::CheckStateRole));
  QVERIFY(encoder.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("no answers")));
  QCOMPARE(wizard_->plan().models.size(), size_t{1});
}

void WizardPlanTest::reviewSaysWhatScoringTakes() {
  loom::ui::ReviewStep review(*workspace_, nullptr);
  loom::RunEstimate estimate;
  estimate.samples = 12;
  estimate.seconds = estimate.seconds_at_most = 90;
  review.show_estimate(estimate);
  auto& lines = *review.findChild<QLabel*>(QStringLiteral("warnings"));
  QVERIFY(lines.text().isEmpty());
  estimate.scoring = {17, 240, 0, 0, 30};
  review.show_estimate(estimate);
  QVERIFY(lines.text().contains(QStringLiteral("17 references of 240 tokens")));
  QVERIFY(lines.text().contains(QStringLiteral("30 s")));
  QVERIFY(!lines.text().contains(QStringLiteral("BERTScore")));
  estimate.scoring = {0, 0, 24, 600, 5};
  estimate.encoder_bytes = 250'000'000;
  review.show_estimate(estimate);
  QVERIFY(lines.text().contains(QStringLiteral("24 texts of 600 tokens, in 250")));
  estimate.seconds.reset();  // nothing was measured
  review.show_estimate(estimate);
  QVERIFY(!lines.text().contains(QStringLiteral("of the time")));
}

QTEST_MAIN(WizardPlanTest)
#include "wizard_plan_test.moc"

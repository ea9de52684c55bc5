// A saved plan fills every page of the wizard, and what of it cannot be taken over is said on the
// page concerned.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QtTest>

#include "core/base/text_file.h"
#include "tests/support/test_folders.h"
#include "tests/ui/named_widgets.h"
#include "ui/execution/workspace.h"
#include "ui/wizards/evaluation_wizard.h"
#include "ui/wizards/plan_files.h"
#include "ui/wizards/wizard_step.h"

using namespace loom;
using loom::ui::EvaluationWizard;
using loom::ui::Workspace;

namespace {
enum Step { kBenchmarks, kModels, kServer, kAugmentation, kSettings, kReview };
}

class OpenPlanTest : public QObject, protected loom::testing::NamedWidgets {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup();
  void everyFieldComesBack();
  void eachModelKeepsItsTemplate();
  void problemsStandOnTheirPage_data();
  void problemsStandOnTheirPage();
  void problemsAreReadAndGone();
  void goingElsewhereStays();
  void plansNameModelsBesideThem();
  void newerPlansAreRefused();
  void theLastTenAreKept();

 private:
  QWidget& acted_on() override { return *wizard_; }
  EvaluationPlan small_plan() const;
  void wait_for_step(int step) { QTRY_COMPARE_WITH_TIMEOUT(wizard_->current_step(), step, 20'000); }

  std::unique_ptr<loom::testing::TemporaryFolder> home_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<EvaluationWizard> wizard_;
};

void OpenPlanTest::initTestCase() {
  if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
}

void OpenPlanTest::init() {
  home_ = std::make_unique<loom::testing::TemporaryFolder>();
  qputenv("LOOMSCOPE_HOME", home_->path().c_str());
  qputenv("HF_HOME", home_->path().c_str());
  QCoreApplication::setOrganizationName(QStringLiteral("loomscope-test"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                     QString::fromStdString((home_->path() / "config").string()));
  auto opened = Workspace::open(home_->path() / "history.sqlite");
  QVERIFY(opened.has_value());
  workspace_ = std::move(*opened);
  wizard_ = std::make_unique<EvaluationWizard>(*workspace_);
  wizard_->show();
  QVERIFY(QTest::qWaitForWindowExposed(wizard_.get()));
}

void OpenPlanTest::cleanup() {
  wizard_.reset();
  workspace_.reset();
}

EvaluationPlan OpenPlanTest::small_plan() const {
  EvaluationPlan plan;
  plan.name = "Small";
  plan.models = {{loom::testing::default_model()->string(), "mine", "auto"}};
  plan.benchmarks = {{"starter", {"code_words"}, {}, 2, nlohmann::json::object()},
                     {"niah", {}, {2048, 4096}, 3, nlohmann::json::object()}};
  return plan;
}

void OpenPlanTest::everyFieldComesBack() {
  EvaluationPlan plan = small_plan();
  plan.decoding = {0.5, 40, 0.9, 0.05, 11};
  plan.max_length = 3000;
  plan.truncation = TruncationRule::head;
  plan.seed = 9;
  plan.reuse_answers = false;
  plan.skip_bad_records = true;
  plan.strip_thinking = true;
  plan.tags = {"paper", "draft 2"};
  plan.prompt_pack = {{"format", 1},
                      {"prompt_pack", "Ours"},
                      {"benchmarks", {{"niah", {{"*", {{"prompt", "{context} {question}"}}}}}}}};
  wizard_->open_plan(plan);
  wait_for_step(kReview);
  nlohmann::json expected = to_json(plan), shown = to_json(wizard_->plan());
  auto by_id = [](const nlohmann::json& a, const nlohmann::json& b) { return a["id"] < b["id"]; };
  for (nlohmann::json* json : {&expected, &shown})  // the wizard's order is the registry's
    std::sort((*json)["benchmarks"].begin(), (*json)["benchmarks"].end(), by_id);
  QCOMPARE(shown.dump(1).c_str(), expected.dump(1).c_str());
  QVERIFY(!find<QLabel>("plan_problems").isVisible());
  QVERIFY(!wizard_->has_entries());
  QCOMPARE(find<QLineEdit>("run_tags").text(), QStringLiteral("paper, draft 2"));
  for (int step = kBenchmarks; step < kReview; ++step) QVERIFY(wizard_->step(step).is_complete());
}

void OpenPlanTest::eachModelKeepsItsTemplate() {
  namespace fs = std::filesystem;
  const fs::path second = home_->path() / "second.gguf";
  fs::create_symlink(*loom::testing::default_model(), second);
  EvaluationPlan plan = small_plan();
  plan.models.push_back({second.string(), "raw", "none"});
  wizard_->open_plan(plan);
  wait_for_step(kReview);
  std::map<std::string, std::string> templates;
  for (const PlanModel& model : wizard_->plan().models) templates[model.name] = model.chat_template;
  QCOMPARE(templates, (std::map<std::string, std::string>{{"mine", "auto"}, {"raw", "none"}}));
  // One for all, once the user says so.
  find<QComboBox>("chat_template").setCurrentIndex(1);
  for (const PlanModel& model : wizard_->plan().models)
    QCOMPARE(model.chat_template.c_str(), "none");
}

void OpenPlanTest::problemsStandOnTheirPage_data() {
  QTest::addColumn<QByteArray>("change");  // merged into the plan
  QTest::addColumn<int>("step");
  QTest::addColumn<QString>("words");
  QTest::addRow("benchmark") << QByteArray(
                                    R"({"benchmarks": [{"id": "starter"}, {"id": "nihil"}]})")
                             << int(kBenchmarks) << QStringLiteral("nihil");
  QTest::addRow("task")
      << QByteArray(R"({"benchmarks": [{"id": "starter", "tasks": ["code_words", "no"]}]})")
      << int(kBenchmarks) << QStringLiteral("\"no\"");
  QTest::addRow("parameter")
      << QByteArray(R"({"benchmarks": [{"id": "starter", "parameters": {"x": 1}}]})")
      << int(kBenchmarks) << QStringLiteral("benchmarks[0].parameters");
  QTest::addRow("model") << QByteArray(R"({"models": [{"path": "/nowhere/gone.gguf"}]})")
                         << int(kModels) << QStringLiteral("/nowhere/gone.gguf");
  QTest::addRow("server") << QByteArray(R"({"servers": [{"id": "elsewhere"}]})") << int(kServer)
                          << QStringLiteral("elsewhere");
  QTest::addRow("augmentations") << QByteArray(
                                        R"({"augmentations": [{"id": "none"}, {"id": "magic"}]})")
                                 << int(kAugmentation) << QStringLiteral("magic");
  QTest::addRow("device") << QByteArray(R"({"devices": ["cpu", "cuda:63"]})") << int(kSettings)
                          << QStringLiteral("cuda:63");
  QTest::addRow("rules") << QByteArray(R"({"rule_set": "mine"})") << int(kSettings)
                         << QStringLiteral("mine");
}

void OpenPlanTest::problemsStandOnTheirPage() {
  QFETCH(QByteArray, change);
  QFETCH(int, step);
  QFETCH(QString, words);
  nlohmann::json json = to_json(small_plan());
  json.update(nlohmann::json::parse(change.toStdString()));
  auto plan = plan_from_json(json);
  QVERIFY(plan.has_value());
  wizard_->open_plan(*plan);
  QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("plan_problems").isVisible(), 20'000);
  QCOMPARE(wizard_->current_step(), step);
  const QString said = find<QLabel>("plan_problems").text();
  QVERIFY2(said.contains(words), qPrintable(said));
  QCOMPARE(find<QLabel>("plan_problems").accessibleName(), said);
  const QString rail =
      find<QListWidget>("wizard_steps").item(step)->data(Qt::AccessibleTextRole).toString();
  QVERIFY2(rail.contains(QStringLiteral("needs a look")), qPrintable(rail));
}

void OpenPlanTest::problemsAreReadAndGone() {
  EvaluationPlan plan = small_plan();
  plan.benchmarks.push_back({"nihil", {}, {}, 0, nlohmann::json::object()});
  plan.rule_set = "mine";
  wizard_->open_plan(plan);
  QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("plan_problems").isVisible(), 20'000);
  QCOMPARE(wizard_->current_step(), int(kBenchmarks));
  // Review is reached past the other page that has something to say.
  QVERIFY(!wizard_->go_to(kReview));
  QCOMPARE(wizard_->current_step(), int(kSettings));
  QVERIFY(find<QLabel>("plan_problems").text().contains(QStringLiteral("mine")));
  QTest::mouseClick(&find<QPushButton>("wizard_next"), Qt::LeftButton);
  QCOMPARE(wizard_->current_step(), int(kReview));
  QVERIFY(!find<QLabel>("plan_problems").isVisible());
  QVERIFY(check_plan(wizard_->plan(), workspace_->catalog()).empty());
  QTest::mouseClick(&find<QPushButton>("wizard_back"), Qt::LeftButton);
  QVERIFY(!find<QLabel>("plan_problems").isVisible());
}

// Who has gone to a page meanwhile is not taken away from it when the models have been found.
void OpenPlanTest::goingElsewhereStays() {
  wizard_->open_plan(small_plan());
  if (wizard_->current_step() != kBenchmarks) QSKIP("skipped: the models were found at once");
  QTest::mouseClick(&find<QPushButton>("wizard_next"), Qt::LeftButton);
  QCOMPARE(wizard_->current_step(), int(kModels));
  QTRY_COMPARE_WITH_TIMEOUT(wizard_->plan().models.size(), size_t{1}, 20'000);
  QCOMPARE(wizard_->current_step(), int(kModels));
}

void OpenPlanTest::plansNameModelsBesideThem() {
  namespace fs = std::filesystem;
  const fs::path folder = home_->path() / "paper";
  fs::create_directories(folder / "models");
  fs::create_symlink(*loom::testing::default_model(), folder / "models" / "small.gguf");
  QVERIFY(write_file(folder / "chat.jinja", "{{ messages }}"));
  EvaluationPlan plan = small_plan();
  plan.models = {{"models/small.gguf", "", "chat.jinja"}, {"hf:org/name", "", "auto"}};
  QVERIFY(write_file(folder / "plan.json", to_json(plan).dump()));
  auto read = ui::read_plan_file(QString::fromStdString((folder / "plan.json").string()));
  QVERIFY(read.has_value());
  QCOMPARE(read->models[0].path.c_str(), (folder / "models/small.gguf").c_str());
  QCOMPARE(read->models[0].chat_template.c_str(), (folder / "chat.jinja").c_str());
  QCOMPARE(read->models[1].path.c_str(), "hf:org/name");
  QCOMPARE(read->models[1].chat_template.c_str(), "auto");
}

void OpenPlanTest::newerPlansAreRefused() {
  nlohmann::json json = to_json(small_plan());
  json["format"] = 2;
  const auto file = home_->path() / "newer.json";
  QVERIFY(write_file(file, json.dump()));
  auto read = ui::read_plan_file(QString::fromStdString(file.string()));
  QVERIFY(!read.has_value());
  QVERIFY(read.error().kind == ErrorKind::unsupported);
  QVERIFY(read.error().where.find("newer.json") != std::string::npos);
  QVERIFY(!read.error().remedy.empty());
}

void OpenPlanTest::theLastTenAreKept() {
  const Catalog& catalog = workspace_->catalog();
  auto file = [](int number) { return QStringLiteral("/plans/%1.json").arg(number); };
  EvaluationPlan unnamed = small_plan();
  unnamed.name.clear();
  for (int number = 0; number < 12; ++number)
    ui::remember_plan_file(file(number), unnamed, catalog);
  ui::remember_plan_file(file(5), small_plan(), catalog);  // used again: first, and once
  QStringList files;
  for (const ui::PlanFile& plan : ui::recent_plan_files()) files << plan.file;
  QStringList expected{file(5)};
  for (int number : {11, 10, 9, 8, 7, 6, 4, 3, 2}) expected << file(number);
  QCOMPARE(files, expected);
  QCOMPARE(ui::recent_plan_files()[0].name, QStringLiteral("Small"));
  QCOMPARE(ui::recent_plan_files()[1].name, QStringLiteral("11"));
  QVERIFY(ui::recent_plan_files()[0].contents.contains(QStringLiteral("mine")));
  ui::forget_plan_file(file(5));
  QCOMPARE(ui::recent_plan_files().size(), 9);
}

QTEST_MAIN(OpenPlanTest)
#include "open_plan_test.moc"

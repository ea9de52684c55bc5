#include "ui/pages/evaluate/evaluate_page.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>
#include <QtTest>
#include <algorithm>
#include <set>

#include "tests/ui/execution/fake_server.h"
#include "tests/ui/named_widgets.h"
#include "ui/execution/downloads.h"
#include "ui/view_models/format.h"
#include "ui/wizards/evaluation_wizard.h"

using loom::ui::EvaluatePage;
using loom::ui::EvaluationController;
using loom::ui::EvaluationWizard;
using loom::ui::Workspace;
using namespace std::chrono_literals;

class EvaluatePageTest : public QObject, protected loom::testing::NamedWidgets {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup();
  void withoutModelsSaysWhatToDo();
  void encodersAreNotStarted();
  void starterRunsTheStarterSuite();
  void recentRunsEqualTheStore();
  void wizardStartsItsPlan();
  void comparisonSetsUpLoombench();
  void tellsWhatIsBeingFetched();

 private:
  QWidget& acted_on() override { return *page_; }
  void add_model();

  std::unique_ptr<loom::testing::TemporaryFolder> home_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<EvaluatePage> page_;
};

void EvaluatePageTest::initTestCase() {
  if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
}

void EvaluatePageTest::init() {
  home_ = std::make_unique<loom::testing::TemporaryFolder>();
  qputenv("LOOMSCOPE_HOME", home_->path().c_str());
  qputenv("HF_HOME", home_->path().c_str());
  auto opened = Workspace::open(home_->path() / "history.sqlite");
  QVERIFY(opened.has_value());
  workspace_ = std::move(*opened);
  workspace_->controller().set_server_factory(loom::testing::fake_servers(1ms));
  page_ = std::make_unique<EvaluatePage>(*workspace_);
  page_->show();
}

void EvaluatePageTest::cleanup() {
  page_.reset();
  workspace_.reset();
}

void EvaluatePageTest::add_model() {
  const auto folder = workspace_->model_folders().front();
  std::filesystem::create_directories(folder);
  const auto model = *loom::testing::default_model();
  std::filesystem::create_symlink(model, folder / model.filename());
  page_->refresh();
  QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("starter_card_button").isEnabled(), 20000);
}

void EvaluatePageTest::tellsWhatIsBeingFetched() {
  auto& line = find<QLabel>("downloads");
  QVERIFY(!line.isVisible());
  loom::ui::FileWork& work = workspace_->downloads().work();
  loom::ui::FileWork::Job job;
  job.title = QStringLiteral("Fetching a book");
  job.work = [&work](const loom::WorkControl& control) -> loom::Status {
    work.say(QStringLiteral("12 MB of 98 MB"));
    while (!control.stop.stop_requested()) std::this_thread::sleep_for(5ms);
    return loom::Error{loom::ErrorKind::cancelled, "stopped", "", ""};
  };
  work.begin(job);
  work.begin(job);  // behind it
  QTRY_COMPARE(line.text(), QStringLiteral("Fetching a book · 12 MB of 98 MB · 1 in line"));
  QVERIFY(line.isVisible());
  work.cancel();
  QTRY_VERIFY(work.waiting() == 0);
  work.cancel();
  QTRY_VERIFY(!line.isVisible());
}

void EvaluatePageTest::withoutModelsSaysWhatToDo() {
  page_->refresh();
  QTRY_VERIFY(find<QLabel>("starter_card_detail").text().contains(QStringLiteral("Models page")));
  QVERIFY(!find<QPushButton>("starter_card_button").isEnabled());
}

void EvaluatePageTest::encodersAreNotStarted() {
  std::filesystem::create_directories(workspace_->model_folders().front());
  std::filesystem::create_symlink(loom::testing::source_folder() / "tests/golden/encoders/bert",
                                  workspace_->model_folders().front() / "small_encoder");
  page_->refresh();
  QTRY_VERIFY(find<QLabel>("starter_card_detail").text().contains(QStringLiteral("Models page")));
  QVERIFY(!find<QPushButton>("starter_card_button").isEnabled());
  add_model();  // much larger than the encoder
  QVERIFY(!find<QLabel>("starter_card_detail").text().contains(QStringLiteral("small_encoder")));
  QVERIFY(find<QLabel>("comparison_card_detail").text().startsWith(QStringLiteral("1 model")));
}

void EvaluatePageTest::starterRunsTheStarterSuite() {
  add_model();
  QSignalSpy opened(page_.get(), &EvaluatePage::open_run);
  QTest::mouseClick(&find<QPushButton>("starter_card_button"), Qt::LeftButton);
  QCOMPARE(opened.size(), 1);
  const qint64 run = opened.at(0).at(0).toLongLong();
  QCOMPARE(workspace_->controller().current_run().value_or(0), run);
  auto plan = workspace_->store().plan(run);
  QVERIFY(plan.has_value());
  QCOMPARE(plan->benchmarks.at(0).id.c_str(), "starter");
}

void EvaluatePageTest::recentRunsEqualTheStore() {
  QSignalSpy end(&workspace_->controller(), &EvaluationController::run_ended);
  QVERIFY(workspace_->controller().start(loom::testing::small_plan()).has_value());
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 1, 30000);
  auto& list = find<QTreeWidget>("recent_runs");
  QTRY_COMPARE(list.topLevelItemCount(), 1);
  auto row = workspace_->queries().run(end.at(0).at(0).toLongLong());
  QVERIFY(row.has_value());
  QTRY_COMPARE(list.topLevelItem(0)->text(1), loom::ui::state_word(row->state));
  QCOMPARE(list.topLevelItem(0)->text(0), QString::fromStdString(row->name));
  QCOMPARE(list.topLevelItem(0)->text(3), loom::ui::format_score(row->mean));
}

void EvaluatePageTest::wizardStartsItsPlan() {
  QSignalSpy opened(page_.get(), &EvaluatePage::open_run);
  EvaluationWizard* wizard = page_->open_wizard(loom::testing::small_plan());
  QTRY_COMPARE_WITH_TIMEOUT(wizard->plan().models.size(), size_t{1}, 20000);
  QVERIFY(wizard->go_to(wizard->step_count() - 1));
  QTest::mouseClick(wizard->findChild<QPushButton*>(QStringLiteral("wizard_next")), Qt::LeftButton);
  QTRY_COMPARE(opened.size(), 1);
  auto plan = workspace_->store().plan(opened.at(0).at(0).toLongLong());
  QVERIFY(plan.has_value());
  QCOMPARE(fingerprint(*plan).c_str(), fingerprint(loom::testing::small_plan()).c_str());
}

void EvaluatePageTest::comparisonSetsUpLoombench() {
  add_model();
  QTest::mouseClick(&find<QPushButton>("comparison_card_button"), Qt::LeftButton);
  auto* wizard = page_->window()->findChild<EvaluationWizard*>();
  QVERIFY(wizard);
  const loom::SuiteDescription* suite = workspace_->catalog().suite("loombench");
  QVERIFY(suite);
  QCOMPARE(suite->entries.size(), size_t{12});  // as the card says
  const loom::EvaluationPlan plan = wizard->plan();
  QCOMPARE(plan.benchmarks.size(), suite->entries.size());
  for (const loom::SuiteEntry& entry : suite->entries) {
    const auto chosen =
        std::find_if(plan.benchmarks.begin(), plan.benchmarks.end(),
                     [&](const loom::PlanBenchmark& one) { return one.id == entry.benchmark; });
    QVERIFY2(chosen != plan.benchmarks.end(), entry.benchmark.c_str());
    QVERIFY2(chosen->samples == entry.samples, entry.benchmark.c_str());
    QVERIFY2(chosen->lengths == entry.lengths, entry.benchmark.c_str());
    const std::set<std::string> ticked(chosen->tasks.begin(), chosen->tasks.end());
    const std::set<std::string> wanted(entry.tasks.begin(), entry.tasks.end());
    QVERIFY2(ticked == wanted, entry.benchmark.c_str());
  }
  QTRY_COMPARE_WITH_TIMEOUT(wizard->plan().models.size(), size_t{1}, 20000);
}

QTEST_MAIN(EvaluatePageTest)
#include "evaluate_page_test.moc"

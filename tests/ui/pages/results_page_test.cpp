#include "ui/pages/results/results_page.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QtTest>

#include "core/base/text_file.h"
#include "core/export/run_export.h"
#include "tests/ui/pages/open_workspace.h"
#include "tests/ui/stored_runs.h"
#include "ui/charts/latency_table_view.h"
#include "ui/charts/score_charts.h"
#include "ui/execution/file_work.h"
#include "ui/pages/results/lengths_tab.h"
#include "ui/pages/results/overview_tab.h"
#include "ui/pages/results/parts_table.h"
#include "ui/pages/results/results_export.h"
#include "ui/pages/results/sample_reader.h"
#include "ui/pages/results/samples_tab.h"
#include "ui/pages/results/tasks_tab.h"
#include "ui/pages/results/text_window.h"
#include "ui/view_models/format.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::OpenWorkspace;
using loom::testing::RunRecipe;

class ResultsPageTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup();
  void numbersEqualTheStore();
  void chartsOpenTheirSamples();
  void baseScoresHaveACurveOfTheirOwn();
  void rulerShowsItsEffectiveLengthBesideOthers();
  void keysWalkTheSamples();
  void readerShowsTheWholeSample();
  void meanFollowsTheRule();
  void exportsTheShownTable();
  void missingRunIsAProblem();
  void partsStandBesideTheScores();

 private:
  QTabWidget* tabs() { return page_->findChild<QTabWidget*>(QStringLiteral("results_tabs")); }
  QString label(const char* name) {
    return page_->samples().findChild<QLabel*>(QString::fromLatin1(name))->text();
  }
  void open();

  std::unique_ptr<OpenWorkspace> workspace_;
  std::unique_ptr<ResultsPage> page_;
  qint64 run_ = 0;
};

void ResultsPageTest::init() {
  workspace_ = std::make_unique<OpenWorkspace>();
  QVERIFY(workspace_->is_open());
  RunRecipe recipe;
  recipe.models = {"tiny", "small"};
  recipe.score = [](const Job& job, int index) {
    return (index + job.index + job.model) % 3 == 0 ? 0.0 : 1.0;
  };
  run_ = loom::testing::store_run((*workspace_)->store(), recipe);
  QVERIFY(run_ > 0);
  page_ = std::make_unique<ResultsPage>(**workspace_);
  page_->resize(1200, 700);
  page_->show();
  open();
}

void ResultsPageTest::cleanup() {
  page_.reset();
  workspace_.reset();
}

void ResultsPageTest::open() {
  QSignalSpy loaded(page_.get(), &ResultsPage::loaded);
  page_->show_run(run_);
  QVERIFY(loaded.wait(20'000));
}

void ResultsPageTest::numbersEqualTheStore() {
  const RunSummary summary = *(*workspace_)->queries().summary(run_);
  QCOMPARE(page_->title(), QStringLiteral("Baseline"));
  QStringList expected, shown;
  for (const auto& capability : summary.columns[0].capabilities)
    for (const RunColumn& column : summary.columns)
      for (const GroupScore& group : column.capabilities)
        if (group.key == capability.key) expected << format_score(group.score);
  for (QLabel* score : page_->findChildren<QLabel*>(QStringLiteral("score")))
    shown << score->text();
  QCOMPARE(shown, expected);
  QCOMPARE(expected.size(), 12);

  const RadarModel& radar = page_->overview().radar().model();
  QCOMPARE(radar.series.size(), size_t{2});
  for (size_t column = 0; column < 2; ++column)
    for (size_t axis = 0; axis < radar.axes.size(); ++axis)
      QCOMPARE(radar.series[column].values[axis].value,
               summary.columns[column].capabilities[axis].score);
  const LatencyModel& latency = page_->overview().latency().model();
  double wall = 0;
  for (const JobSummary& job : summary.jobs)
    if (job.job.model == 0) wall += job.wall_s;
  QVERIFY(std::abs(latency.sum.columns[0].wall_s - wall) < 1e-9);
  QCOMPARE(page_->lengths().curve().model().lengths, (std::vector<size_t>{4096, 8192}));
  workspace_->keep_pictures(*page_, QStringLiteral("results-overview"));
  for (int tab : {1, 2, 4}) {
    tabs()->setCurrentIndex(tab);
    workspace_->keep_pictures(*page_, QStringLiteral("results-%1").arg(tab));
  }
}

void ResultsPageTest::chartsOpenTheirSamples() {
  Q_EMIT page_->overview().radar().activated(QStringLiteral("1/0"));
  QCOMPARE(tabs()->currentIndex(), 3);
  QCOMPARE(page_->samples().model().filter().jobs.size(), size_t{1});
  QCOMPARE(page_->samples().model().rowCount(), 8);
  Q_EMIT page_->lengths().curve().activated(QStringLiteral("0/1"));
  QCOMPARE(page_->samples().model().filter().jobs, (std::vector<int>{6}));
  const HeatMapModel& map = page_->lengths().heat_map().model();
  QVERIFY(map.depths.size() > 1 && map.lengths.size() == 2);
  size_t shown = 0;
  for (size_t depth = 0; depth < map.depths.size(); ++depth) {
    Q_EMIT page_->lengths().heat_map().activated(QStringLiteral("%1/1").arg(depth));
    const auto& cell = map.cells[depth][1];
    QCOMPARE(size_t(page_->samples().model().rowCount()), cell.n + cell.failed);
    shown += cell.n + cell.failed;
  }
  QVERIFY(shown > 0);
  Q_EMIT page_->lengths().curve().activated(QStringLiteral("0/1"));
  Q_EMIT page_->overview().radar().activated(QStringLiteral("legend/0"));
  QCOMPARE(page_->samples().model().filter().jobs, (std::vector<int>{6}));
}

void ResultsPageTest::baseScoresHaveACurveOfTheirOwn() {
  auto* chooser = page_->findChild<QComboBox*>(QStringLiteral("length_curve_task"));
  QVERIFY(!chooser->isVisibleTo(&page_->lengths()));  // this run has no base scores
  RunStore& store = (*workspace_)->store();
  EvaluationPlan plan;
  plan.name = "NoLiMa";
  plan.models.push_back({"models/tiny.gguf", "tiny", "auto"});
  plan.benchmarks = {{"nolima", {}, {512, 1024, 8192}, 10, nlohmann::json::object()}};
  std::vector<Job> jobs;
  for (const size_t length : {size_t{512}, size_t{1024}, size_t{8192}}) {
    Job job;
    job.index = static_cast<int>(jobs.size());
    job.benchmark_id = "nolima";
    job.task = "needle_set";
    job.capability = "reasoning";
    job.metric = "contains_all";
    job.length_tokens = length;
    job.samples = 10;
    jobs.push_back(job);
  }
  run_ = *store.create_run(plan, jobs);
  // Of ten right answers 8, 7 and 5: base score 80, threshold 68.
  for (const Job& job : jobs)
    for (int index = 0; index < 10; ++index) {
      Sample sample;
      sample.job = job.index;
      sample.index = index;
      sample.record_id = "0401_T1_onehop-book-1-depth-" + std::to_string(index);
      sample.identity = sample.record_id + std::to_string(job.index);
      sample.prompt.text = "A book. Who was there?";
      sample.references = {"Yuki"};
      sample.state = SampleState::done;
      const int right = job.index == 0 ? 8 : job.index == 1 ? 7 : 5;
      sample.score = SampleScore{"contains_all",          1, index < right ? 1.0 : 0.0, "", "",
                                 nlohmann::json::object()};
      QVERIFY(store.put_sample(run_, sample));
    }
  QVERIFY(store.set_state(run_, RunState::finished));
  open();
  // Nothing else was measured, so its curve comes first.
  QVERIFY(chooser->isVisibleTo(&page_->lengths()));
  QCOMPARE(chooser->currentData().toString(), QStringLiteral("nolima/needle_set"));
  const LengthCurveModel& model = page_->lengths().curve().model();
  QCOMPARE(model.lengths, (std::vector<size_t>{512, 1024, 8192}));
  QCOMPARE(model.base_scores, (std::vector<std::optional<double>>{80.0}));
  QCOMPARE(model.effective_length, (std::vector<std::optional<size_t>>{1024}));
  tabs()->setCurrentWidget(&page_->lengths());
  workspace_->keep_pictures(*page_, QStringLiteral("results-base-score"));
  Q_EMIT page_->lengths().curve().activated(QStringLiteral("0/2"));
  QCOMPARE(page_->samples().model().filter().jobs, (std::vector<int>{2}));
  chooser->setCurrentIndex(0);
  Q_EMIT chooser->activated(0);
  QVERIFY(page_->lengths().curve().model().base_scores.empty());
  QCOMPARE(*page_->lengths().curve().model().series[0].values[2].value, 50.0);
  open();  // what was chosen stays
  QCOMPARE(chooser->currentIndex(), 0);
}

void ResultsPageTest::rulerShowsItsEffectiveLengthBesideOthers() {
  RunStore& store = (*workspace_)->store();
  EvaluationPlan plan;
  plan.name = "How far";
  plan.models.push_back({"models/tiny.gguf", "tiny", "auto"});
  plan.benchmarks = {{"niah", {}, {4096, 8192}, 10, nlohmann::json::object()},
                     {"ruler", {"vt"}, {4096, 8192}, 10, nlohmann::json::object()}};
  // Right answers of ten: NIAH 1 and 1, RULER 9 and 8. Above 85.6 stands RULER at 4k alone.
  constexpr int right[] = {1, 1, 9, 8};
  std::vector<Job> jobs;
  for (int at = 0; at < 4; ++at) {
    Job job;
    job.index = at;
    job.benchmark = at / 2;
    job.benchmark_id = at < 2 ? "niah" : "ruler";
    job.task = at < 2 ? "single_needle" : "vt";
    job.capability = "retrieval";
    job.metric = "contains_all";
    job.length_tokens = at % 2 == 0 ? 4096 : 8192;
    job.samples = 10;
    jobs.push_back(job);
  }
  run_ = *store.create_run(plan, jobs);
  for (const Job& job : jobs)
    for (int index = 0; index < 10; ++index) {
      Sample sample;
      sample.job = job.index;
      sample.index = index;
      sample.record_id = job.task + std::to_string(index);
      sample.identity = sample.record_id + "-" + std::to_string(job.index);
      sample.prompt.text = "A text. Which number?";
      sample.references = {"7"};
      sample.state = SampleState::done;
      sample.score =
          SampleScore{"contains_all",          1, index < right[job.index] ? 1.0 : 0.0, "", "",
                      nlohmann::json::object()};
      QVERIFY(store.put_sample(run_, sample));
    }
  QVERIFY(store.set_state(run_, RunState::finished));
  open();
  tabs()->setCurrentWidget(&page_->lengths());
  auto* chooser = page_->findChild<QComboBox*>(QStringLiteral("length_curve_task"));
  QVERIFY(chooser->isVisible());
  QCOMPARE(chooser->count(), 3);  // all, niah, ruler
  QCOMPARE(chooser->currentData().toString(), QStringLiteral("ruler"));
  const LengthCurveModel& model = page_->lengths().curve().model();
  QCOMPARE(model.effective_length, (std::vector<std::optional<size_t>>{4096}));
  QCOMPARE(*model.series[0].values[1].value, 80.0);
  workspace_->keep_pictures(*page_, QStringLiteral("results-effective-length"));
  Q_EMIT page_->lengths().curve().activated(QStringLiteral("0/1"));
  QCOMPARE(page_->samples().model().filter().jobs, (std::vector<int>{3}));
  tabs()->setCurrentWidget(&page_->lengths());
  chooser->setFocus();
  QTest::keyClick(chooser, Qt::Key_Up);  // NIAH
  QCOMPARE(chooser->currentData().toString(), QStringLiteral("niah"));
  QVERIFY(!model.effective_threshold);
  QCOMPARE(*model.series[0].values[0].value, 10.0);
  open();  // what was chosen stays
  QCOMPARE(chooser->currentData().toString(), QStringLiteral("niah"));
}

void ResultsPageTest::keysWalkTheSamples() {
  tabs()->setCurrentIndex(3);
  SamplesTab& samples = page_->samples();
  auto* table = samples.findChild<QTableView*>(QStringLiteral("samples"));
  page_->activateWindow();
  table->setFocus();
  QVERIFY(QTest::qWaitForWindowActive(page_.get()));
  QCOMPARE(samples.current_row(), 0);
  QTest::keyClick(table, Qt::Key_J);
  QTest::keyClick(table, Qt::Key_J);
  QCOMPARE(samples.current_row(), 2);
  QTest::keyClick(table, Qt::Key_K);
  QCOMPARE(samples.current_row(), 1);
  QTRY_COMPARE(samples.reader().sample_id(), samples.model().sample_id(1));
  const int all = samples.model().rowCount();
  QTest::keyClick(table, Qt::Key_W);
  QVERIFY(samples.model().filter().only_wrong);
  QVERIFY(samples.model().rowCount() > 0 && samples.model().rowCount() < all);
  QTest::keyClick(table, Qt::Key_W);
  QCOMPARE(samples.model().rowCount(), all);
  QTest::keyClick(table, Qt::Key_Slash);
  auto* field = samples.findChild<QLineEdit*>(QStringLiteral("sample_search"));
  QVERIFY(field->hasFocus());
  QTest::keyClicks(field, QStringLiteral("4602"));
  QTest::keyClick(field, Qt::Key_Return);
  QCOMPARE(samples.model().rowCount(), 1);
}

void ResultsPageTest::readerShowsTheWholeSample() {
  auto rows = (*workspace_)->queries().samples(run_, {}, 0, 8);
  const int64_t truncated = rows->at(loom::testing::kTruncated).id;
  page_->show_sample(run_, truncated);
  QTRY_COMPARE_WITH_TIMEOUT(page_->samples().reader().sample_id(), truncated, 20'000);
  const Sample sample = *(*workspace_)->queries().sample(truncated);
  QVERIFY(label("sample_heading").contains(QStringLiteral("attribution")));
  QVERIFY(label("sample_notice").startsWith(QStringLiteral("Truncated: 100 of 140")));
  QCOMPARE(label("reference"), text(sample.references.front()));
  QVERIFY(label("sample_score").contains(QStringLiteral("rule: last number")));
  QVERIFY(label("sample_timing").contains(QStringLiteral("40 reused")));
  auto* answer = page_->samples().findChild<QPlainTextEdit*>(QStringLiteral("answer_text"));
  QCOMPARE(answer->toPlainText(), text(sample.result.text));
  TextWindow& prompt = page_->samples().reader().prompt();
  QCOMPARE(prompt.shown(), text(sample.prompt.text));
  page_->samples().reader().next_evidence();
  QCOMPARE(label("evidence_count"), QStringLiteral("Evidence 1 of 1"));
  workspace_->keep_pictures(*page_, QStringLiteral("results-samples"));
}

void ResultsPageTest::meanFollowsTheRule() {
  const RunSummary summary = *(*workspace_)->queries().summary(run_);
  TasksTab& tasks = page_->tasks();
  for (const RunColumn& column : summary.columns)
    QVERIFY(tasks.mean_text().contains(text(column.label) + QStringLiteral(": ") +
                                       format_score(column.mean_of_benchmarks)));
  QVERIFY(tasks.mean_text().contains(QStringLiteral("rules: official")));
  for (MeanRule rule : kMeanRules) {
    tasks.set_rule(rule);
    for (const RunColumn& column : summary.columns)
      QVERIFY(tasks.mean_text().contains(format_score(mean_by(rule, summary.jobs, column))));
  }
}

void ResultsPageTest::partsStandBesideTheScores() {
  auto* shown = page_->findChild<PartsTable*>(QStringLiteral("parts_table"));
  QVERIFY(shown && shown->isHidden());  // this run has neither groups nor parts
  RunSummary summary;
  RunColumn column;
  column.label = "tiny";
  column.groups.push_back({"clongeval/long_story_qa", 33.3, 30.0, 36.0, 991});
  column.breakdowns.push_back({"longbench_v2/longbench_v2",
                               "difficulty",
                               "Difficulty",
                               {{"easy", 30.7, 24.0, 38.0, 192}, {"hard", 29.6, 24.0, 35.0, 311}}});
  summary.columns.push_back(column);
  PartsTable parts;
  parts.set_summary(summary);
  QVERIFY(!parts.isHidden());
  QCOMPARE(parts.topLevelItemCount(), 3);
  QCOMPARE(parts.topLevelItem(0)->text(1), QStringLiteral("Together"));
  QCOMPARE(parts.topLevelItem(2)->text(1), QStringLiteral("Difficulty: hard"));
  QCOMPARE(parts.topLevelItem(2)->text(3), format_score(29.6));
  QCOMPARE(parts.topLevelItem(2)->text(5), format_count(311));
  parts.set_summary({});
  QVERIFY(parts.isHidden());
}

void ResultsPageTest::exportsTheShownTable() {
  const auto file = workspace_->folder() / "scores.csv";
  FileWork& work = (*workspace_)->file_work();
  QSignalSpy succeeded(&work, &FileWork::succeeded), failed(&work, &FileWork::failed);
  page_->exports().write_table(ResultsExport::Table::csv, QString::fromStdString(file.string()));
  QTRY_COMPARE(succeeded.size(), 1);
  const RunSummary summary = *(*workspace_)->queries().summary(run_);
  QCOMPARE(text(*read_file(file)), text(score_table_csv(summary)));
  page_->exports().write_table(ResultsExport::Table::csv,
                               QString::fromStdString((file / "x.csv").string()));
  QTRY_COMPARE(failed.size(), 1);
  const auto folder = workspace_->folder() / "report";
  page_->exports().write_folder(QString::fromStdString(folder.string()));
  QTRY_COMPARE_WITH_TIMEOUT(succeeded.size(), 2, 20'000);
  QVERIFY(std::filesystem::exists(folder / "report.html"));
}

void ResultsPageTest::missingRunIsAProblem() {
  QSignalSpy problems(page_.get(), &Page::problem);
  page_->show_run(12'345);
  QVERIFY(problems.wait(20'000));
  QVERIFY(!page_->export_action()->isEnabled());
}

QTEST_MAIN(ResultsPageTest)
#include "results_page_test.moc"

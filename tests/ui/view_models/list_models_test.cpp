#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "tests/support/test_folders.h"
#include "tests/ui/stored_runs.h"
#include "ui/view_models/format.h"
#include "ui/view_models/run_list_model.h"
#include "ui/view_models/sample_list_model.h"
#include "ui/view_models/score_table_model.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::RunRecipe;

class ListModelsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void runsNewestFirst();
  void runsAreFound();
  void typedNamesAndTagsAreTold();
  void samplesOfEveryKind();
  void samplesOfChosenJobs();
  void scoresEqualTheStore();

 private:
  loom::testing::TemporaryFolder folder_;
  std::unique_ptr<RunStore> store_;
  std::unique_ptr<RunQueries> queries_;
  int64_t first_ = 0, second_ = 0;
};

void ListModelsTest::initTestCase() {
  const auto file = folder_.path() / "history.sqlite";
  auto store = RunStore::open(file);
  QVERIFY(store.has_value());
  store_ = std::move(*store);
  first_ = loom::testing::store_run(*store_, RunRecipe{});
  RunRecipe recipe;
  recipe.name = "Second";
  recipe.models = {"tiny", "small"};
  recipe.tags = {"paper"};
  second_ = loom::testing::store_run(*store_, recipe);
  QVERIFY(first_ > 0 && second_ > first_);
  auto queries = RunQueries::open(file);
  QVERIFY(queries.has_value());
  queries_ = std::move(*queries);
}

void ListModelsTest::runsNewestFirst() {
  RunListModel model(*queries_);
  QAbstractItemModelTester tester(&model);
  model.reload();
  QCOMPARE(model.rowCount(), 2);
  QCOMPARE(model.run_id(0), second_);
  QCOMPARE(model.row_of(first_), 1);
  QCOMPARE(model.row_of(first_ + 77), -1);
  QCOMPARE(model.index(0, RunListModel::Name).data().toString(), QStringLiteral("Second"));
  QCOMPARE(model.index(0, RunListModel::Models).data().toString(), QStringLiteral("tiny, small"));
  QCOMPARE(model.index(0, RunListModel::Tags).data().toString(), QStringLiteral("paper"));
  QCOMPARE(model.index(1, RunListModel::Mean).data().toString(),
           format_score(queries_->run(first_)->mean));
  QCOMPARE(model.index(1, RunListModel::State).data().toString(),
           QStringLiteral("Finished with failures"));
}

void ListModelsTest::runsAreFound() {
  RunListModel model(*queries_);
  RunFilter filter;
  filter.text = "small";
  model.set_filter(filter);
  QCOMPARE(model.rowCount(), 1);
  QCOMPARE(model.run_id(0), second_);
  filter = {};
  filter.tag = "paper";
  model.set_filter(filter);
  QCOMPARE(model.rowCount(), 1);
  filter = {};
  filter.states = {RunState::cancelled};
  model.set_filter(filter);
  QCOMPARE(model.rowCount(), 0);
}

void ListModelsTest::typedNamesAndTagsAreTold() {
  RunListModel model(*queries_);
  model.reload();
  QSignalSpy names(&model, &RunListModel::name_edited), tags(&model, &RunListModel::tags_edited);
  QVERIFY(!model.setData(model.index(0, RunListModel::Name), QStringLiteral("  "), Qt::EditRole));
  QVERIFY(model.setData(model.index(0, RunListModel::Name), QStringLiteral(" New "), Qt::EditRole));
  QCOMPARE(names.size(), 1);
  QCOMPARE(names[0][1].toString(), QStringLiteral("New"));
  QVERIFY(
      model.setData(model.index(0, RunListModel::Tags), QStringLiteral("a, b ,a,"), Qt::EditRole));
  QCOMPARE(tags[0][1].toStringList(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
}

void ListModelsTest::samplesOfEveryKind() {
  SampleListModel model(*queries_);
  QAbstractItemModelTester tester(&model);
  model.set_run(first_, {});
  QCOMPARE(model.rowCount(), 7 * 8);
  auto count = [&](bool SampleFilter::*only) {
    SampleFilter filter;
    filter.*only = true;
    model.set_run(first_, filter);
    return model.rowCount();
  };
  QCOMPARE(count(&SampleFilter::only_failed), 7);
  QCOMPARE(model.index(0, SampleListModel::State).data().toString(), QStringLiteral("Failed"));
  QCOMPARE(count(&SampleFilter::only_unparsed), 7);
  QCOMPARE(model.index(0, SampleListModel::State).data().toString(), QStringLiteral("Unparsed"));
  QCOMPARE(count(&SampleFilter::only_truncated), 7);
  QCOMPARE(model.index(0, SampleListModel::State).data().toString(),
           QStringLiteral("Wrong, truncated"));
  // Odd samples are wrong; 3 failed instead.
  QCOMPARE(count(&SampleFilter::only_wrong), 7 * 3);
}

void ListModelsTest::samplesOfChosenJobs() {
  SampleListModel model(*queries_);
  SampleFilter filter;
  filter.jobs = {5, 6};
  model.set_run(first_, filter);
  QCOMPARE(model.rowCount(), 16);
  QCOMPARE(model.index(0, SampleListModel::Length).data().toString(), format_count(4096));
  QCOMPARE(model.index(8, SampleListModel::Length).data().toString(), format_count(8192));
  filter.text = "4602";  // the number in job 6, sample 2
  model.set_run(first_, filter);
  QCOMPARE(model.rowCount(), 1);
  QCOMPARE(model.sample_row(0)->index, 2);
}

void ListModelsTest::scoresEqualTheStore() {
  const RunSummary summary = *queries_->summary(second_);
  ScoreTableModel model;
  QAbstractItemModelTester tester(&model);
  model.set_summary(summary);
  QCOMPARE(model.rowCount(), 14);
  for (int row = 0; row < model.rowCount(); ++row) {
    const JobSummary& job = summary.jobs.at(static_cast<size_t>(model.job(row)));
    QCOMPARE(model.index(row, ScoreTableModel::Score).data().toString(), format_score(job.score));
    QCOMPARE(model.index(row, ScoreTableModel::Interval).data().toString(),
             format_interval(job.low, job.high));
    QCOMPARE(model.index(row, ScoreTableModel::Scored).data().toString(), QStringLiteral("6"));
    QCOMPARE(model.index(row, ScoreTableModel::Failed).data().toString(), QStringLiteral("1"));
    QCOMPARE(model.index(row, ScoreTableModel::Score).data(ScoreTableModel::kSortRole).toDouble(),
             *job.score);
    // Six of eight have scores; the other two count as wrong in the second reading.
    const QString tip = model.index(row, ScoreTableModel::Score).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("as wrong: ") + format_score(*job.score * 6 / 8)),
             qPrintable(tip));
  }
}

QTEST_MAIN(ListModelsTest)
#include "list_models_test.moc"

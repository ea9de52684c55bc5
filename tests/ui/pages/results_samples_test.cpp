// The sample browser of the Results page.
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTableView>

#include "tests/ui/pages/open_results.h"
#include "ui/pages/results/sample_reader.h"
#include "ui/pages/results/text_window.h"
#include "ui/view_models/format.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::OpenResults;

class ResultsSamplesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup() { results_.reset(); }
  void keysWalkTheSamples();
  void readerShowsTheWholeSample();
  void ctrlFFindsInBothTexts();
  void foundWordsStayWithTheNextSample();

 private:
  std::unique_ptr<OpenResults> results_;
};

void ResultsSamplesTest::init() {
  results_ = std::make_unique<OpenResults>();
  QVERIFY(results_->is_loaded());
}

void ResultsSamplesTest::keysWalkTheSamples() {
  results_->tabs()->setCurrentIndex(3);
  SamplesTab& samples = results_->page().samples();
  auto* table = samples.findChild<QTableView*>(QStringLiteral("samples"));
  results_->page().activateWindow();
  table->setFocus();
  QVERIFY(QTest::qWaitForWindowActive(&results_->page()));
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
  // Who chose the tab with the mouse or the arrow keys has not been in the list yet.
  QWidget* bar = results_->tabs()->tabBar();
  bar->setFocus();
  const int before = samples.current_row();
  QTest::keyClick(bar, Qt::Key_J);
  QCOMPARE(samples.current_row(), before + 1);
  results_->tabs()->setCurrentIndex(2);
  QTest::keyClick(bar, Qt::Key_J);
  QCOMPARE(samples.current_row(), before + 1);  // the tab is not shown
  results_->tabs()->setCurrentIndex(3);
  table->setFocus();
  QTest::keyClick(table, Qt::Key_Slash);
  auto* field = samples.findChild<QLineEdit*>(QStringLiteral("sample_search"));
  QVERIFY(field->hasFocus());
  QTest::keyClicks(field, QStringLiteral("4602"));
  QTest::keyClick(field, Qt::Key_Return);
  QCOMPARE(samples.model().rowCount(), 2);  // each of the two models was asked it
}

void ResultsSamplesTest::readerShowsTheWholeSample() {
  auto rows = results_->workspace()->queries().samples(results_->run(), {}, 0, 8);
  const int64_t truncated = rows->at(loom::testing::kTruncated).id;
  results_->page().show_sample(results_->run(), truncated);
  QTRY_COMPARE_WITH_TIMEOUT(results_->page().samples().reader().sample_id(), truncated, 20'000);
  const Sample sample = *results_->workspace()->queries().sample(truncated);
  QVERIFY(results_->label("sample_heading").contains(QStringLiteral("attribution")));
  QVERIFY(results_->label("sample_notice").startsWith(QStringLiteral("Truncated: 100 of 140")));
  QCOMPARE(results_->label("reference"), text(sample.references.front()));
  QVERIFY(results_->label("sample_score").contains(QStringLiteral("rule: last number")));
  QVERIFY(results_->label("sample_timing").contains(QStringLiteral("40 reused")));
  auto* answer =
      results_->page().samples().findChild<QPlainTextEdit*>(QStringLiteral("answer_text"));
  QCOMPARE(answer->toPlainText(), text(sample.result.text));
  TextWindow& prompt = results_->page().samples().reader().prompt();
  QCOMPARE(prompt.shown(), text(sample.prompt.text));
  results_->page().samples().reader().next_evidence();
  QCOMPARE(results_->label("evidence_count"), QStringLiteral("Evidence 1 of 1"));
  results_->workspace().keep_pictures(results_->page(), QStringLiteral("results-samples"));
}

// With keys alone: found in the prompt and in the answer, counted, walked through and left again.
void ResultsSamplesTest::ctrlFFindsInBothTexts() {
  results_->tabs()->setCurrentIndex(3);
  SamplesTab& samples = results_->page().samples();
  QTRY_VERIFY(samples.reader().sample_id() != 0);
  results_->page().activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(&results_->page()));
  auto* prompt = samples.findChild<QPlainTextEdit*>(QStringLiteral("prompt_text"));
  auto* answer = samples.findChild<QPlainTextEdit*>(QStringLiteral("answer_text"));
  auto* words = samples.findChild<QLineEdit*>(QStringLiteral("find_words"));
  prompt->setFocus();
  QTest::keyClick(prompt, Qt::Key_F, Qt::ControlModifier);
  QVERIFY(words->isVisible() && words->hasFocus());
  // "harbour master" stands once in the prompt and once in the answer.
  QTest::keyClicks(words, QStringLiteral("HARBOUR master"));
  QCOMPARE(results_->label("find_count"), QStringLiteral("1 of 2"));
  QCOMPARE(samples.findChild<QLabel*>(QStringLiteral("find_count"))->accessibleName(),
           QStringLiteral("1 of 2"));
  // The evidence is marked there too, the place found comes after it.
  QCOMPARE(prompt->extraSelections().size(), 2);
  QCOMPARE(prompt->extraSelections().at(1).cursor.selectedText(), QStringLiteral("harbour master"));
  results_->workspace().keep_pictures(results_->page(), QStringLiteral("results-find"));
  QTest::keyClick(words, Qt::Key_F3);
  QCOMPARE(results_->label("find_count"), QStringLiteral("2 of 2"));
  QCOMPARE(answer->extraSelections().size(), 1);
  QCOMPARE(answer->extraSelections().first().cursor.selectedText(),
           QStringLiteral("harbour master"));
  QTest::keyClick(words, Qt::Key_F3);  // around the end
  QCOMPARE(results_->label("find_count"), QStringLiteral("1 of 2"));
  QTest::keyClick(words, Qt::Key_F3, Qt::ShiftModifier);
  QCOMPARE(results_->label("find_count"), QStringLiteral("2 of 2"));
  QTest::keyClicks(words, QStringLiteral("x"));
  QCOMPARE(results_->label("find_count"), QStringLiteral("Not found"));
  QTest::keyClick(words, Qt::Key_Backspace);
  QTest::keyClick(words, Qt::Key_Escape);
  QVERIFY(!words->isVisible());
  QVERIFY(prompt->hasFocus());
  QCOMPARE(prompt->extraSelections().size(), 1);  // the evidence
  QVERIFY(answer->extraSelections().isEmpty());
}

void ResultsSamplesTest::foundWordsStayWithTheNextSample() {
  results_->tabs()->setCurrentIndex(3);
  SamplesTab& samples = results_->page().samples();
  auto* table = samples.findChild<QTableView*>(QStringLiteral("samples"));
  auto* words = samples.findChild<QLineEdit*>(QStringLiteral("find_words"));
  results_->page().activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(&results_->page()));
  QTRY_COMPARE(samples.reader().sample_id(), samples.model().sample_id(0));
  samples.reader().open_find();
  QTest::keyClicks(words, QStringLiteral("lighthouse"));
  QCOMPARE(results_->label("find_count"), QStringLiteral("1 of 40"));
  table->setFocus();
  QTest::keyClick(table, Qt::Key_J);
  QTRY_COMPARE(samples.reader().sample_id(), samples.model().sample_id(1));
  QCOMPARE(results_->label("find_count"), QStringLiteral("40 found"));
  samples.reader().find_previous();
  QCOMPARE(results_->label("find_count"), QStringLiteral("40 of 40"));
}

QTEST_MAIN(ResultsSamplesTest)
#include "results_samples_test.moc"

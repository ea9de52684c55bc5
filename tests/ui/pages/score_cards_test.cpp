// The cards of the Overview: a score, its interval or that there is none, and how many samples.
#include "ui/pages/results/score_cards.h"

#include <QLabel>
#include <QtTest>

using namespace loom;
using namespace loom::ui;

namespace {

GroupScore group(const char* capability, std::optional<double> low, std::optional<double> high) {
  GroupScore made;
  made.key = capability;
  made.score = 60;
  made.low = low;
  made.high = high;
  made.scored = 8;
  return made;
}

QStringList words_of(const QWidget& cards) {
  QStringList words;
  for (const QLabel* label : cards.findChildren<QLabel*>()) words << label->text();
  return words;
}

}  // namespace

class ScoreCardsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void a_score_without_an_interval_says_so() {
    RunSummary summary;
    RunColumn column;
    column.capabilities = {group("general", std::nullopt, std::nullopt)};
    summary.columns = {column};
    ScoreCards cards;
    cards.set_summary(summary);
    QCOMPARE(words_of(cards), QStringList({QStringLiteral("60.0"), QStringLiteral("no interval"),
                                           QStringLiteral("n = 8")}));
    for (const QLabel* label : cards.findChildren<QLabel*>())
      if (label->text() == QStringLiteral("no interval")) QVERIFY(!label->toolTip().isEmpty());
    summary.columns.front().capabilities = {group("general", 43.9, 71.26)};
    cards.set_summary(summary);
    QVERIFY(words_of(cards).contains(QStringLiteral("[43.9, 71.3]")));
    QVERIFY(!words_of(cards).contains(QStringLiteral("no interval")));
  }
};

QTEST_MAIN(ScoreCardsTest)
#include "score_cards_test.moc"

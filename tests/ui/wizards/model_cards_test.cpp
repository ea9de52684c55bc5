#include "ui/wizards/model_cards.h"

#include <QtTest>

using loom::LocalModel;
using loom::ui::ModelCards;

class ModelCardsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void windows_data();
  void windows();
};

void ModelCardsTest::windows_data() {
  QTest::addColumn<bool>("recurrent");
  QTest::addColumn<int>("tokens");
  QTest::addColumn<QString>("words");
  QTest::addRow("attention") << false << 8192 << QStringLiteral("window: 8k");
  QTest::addRow("recurrent") << true << 0 << QStringLiteral("window: no limit");
  QTest::addRow("not said") << false << 0 << QStringLiteral("window: unknown");
}

void ModelCardsTest::windows() {
  QFETCH(bool, recurrent);
  QFETCH(int, tokens);
  QFETCH(QString, words);
  LocalModel model;
  model.name = "one";
  model.architecture = recurrent ? "mamba" : "llama";
  model.supported = true;
  model.parameters = 130'000'000;
  model.window_tokens = static_cast<size_t>(tokens);
  model.recurrent = recurrent;
  ModelCards cards;
  cards.show_models({model});
  const QString detail = cards.index(0).data(ModelCards::detail_role).toString();
  QVERIFY2(detail.split(QStringLiteral(" · ")).contains(words), qPrintable(detail));
  // The screen reader says the same.
  QVERIFY(cards.index(0).data(Qt::AccessibleTextRole).toString().contains(words));
}

QTEST_MAIN(ModelCardsTest)
#include "model_cards_test.moc"

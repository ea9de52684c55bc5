#include "ui/wizards/model_cards.h"

#include <QtTest>

using loom::LocalModel;
using loom::ui::ModelCards;

class ModelCardsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void windows_data();
  void windows();
  void badges_data();
  void badges();
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

// A fake machine: 8 GB of main memory, one GPU with 80 GB, one whose memory is not known.
void ModelCardsTest::badges_data() {
  QTest::addColumn<QStringList>("used");
  QTest::addColumn<double>("size");  // of the model, in GB
  QTest::addColumn<QString>("words");
  QTest::addColumn<bool>("good");
  const QString cpu = QStringLiteral("cpu"), gpu = QStringLiteral("cuda:0");
  QTest::addRow("small, CPU") << QStringList{cpu} << 2.0 << QStringLiteral("Fits in CPU memory")
                              << true;
  QTest::addRow("large, CPU") << QStringList{cpu} << 20.0
                              << QStringLiteral("Does not fit in CPU memory") << false;
  QTest::addRow("large, GPU") << QStringList{gpu} << 20.0 << QStringLiteral("Fits in GPU 0 memory")
                              << true;
  QTest::addRow("too large") << QStringList{gpu} << 90.0
                             << QStringLiteral("Does not fit in GPU 0 memory") << false;
  QTest::addRow("large, both") << QStringList{gpu, cpu} << 20.0
                               << QStringLiteral("Does not fit in CPU memory") << false;
  QTest::addRow("not known") << QStringList{QStringLiteral("cuda:1")} << 2.0
                             << QStringLiteral("free GPU 1 memory not known") << false;
  QTest::addRow("no device named")
      << QStringList{} << 2.0 << QStringLiteral("Fits in CPU memory") << true;
}

void ModelCardsTest::badges() {
  QFETCH(QStringList, used);
  QFETCH(double, size);
  QFETCH(QString, words);
  QFETCH(bool, good);
  LocalModel model;
  model.name = "one";
  model.architecture = "llama";
  model.supported = true;
  model.recurrent = true;  // held as stored, without keys and values
  model.file_bytes = static_cast<uint64_t>(size * 1e9);
  ModelCards cards;
  cards.set_devices({{"cpu", "A processor", 8, 16'000'000'000, 8'000'000'000},
                     {"cuda:0", "A GPU", 0, 80'000'000'000, 79'000'000'000},
                     {"cuda:1", "Another", 0, 0, 0}});
  std::vector<std::string> ids;
  for (const QString& id : used) ids.push_back(id.toStdString());
  cards.set_used_devices(ids);
  cards.show_models({model});
  const QString badge = cards.index(0).data(ModelCards::badge_role).toString();
  QVERIFY2(badge.contains(words), qPrintable(badge));
  QCOMPARE(cards.index(0).data(ModelCards::good_role).toBool(), good);
}

QTEST_MAIN(ModelCardsTest)
#include "model_cards_test.moc"

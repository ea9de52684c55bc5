// A history that may not be written is listed, with a word about it on standard error.
#include <QFileInfo>
#include <QtTest>

#include "core/history/run_store.h"
#include "tests/app/cli/program.h"
#include "tests/core/history/written_samples.h"
#include "tests/support/write_protected.h"

using namespace loom;
using loom::testing::Ended;

class ReadOnlyVerbsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    program_ = std::make_unique<loom::testing::Program>();
    store_ = program_->path("history.sqlite");
    auto store = RunStore::open(store_.toStdString());
    QVERIFY(store);
    const auto made =
        (*store)->create_run(loom::testing::small_plan("kept", 2), loom::testing::small_jobs(2));
    QVERIFY(made);
    for (int i = 0; i < 2; ++i)
      QVERIFY((*store)->put_sample(*made, loom::testing::written_sample(i)));
  }

  void what_can_be_written_is_not_spoken_of() {
    const Ended ended = run({QStringLiteral("ls"), QStringLiteral("--json")});
    QCOMPARE(ended.code, 0);
    QVERIFY2(!ended.err.contains("only read"), ended.err.constData());
  }

  void verbs_read_it_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("reads");
    QTest::addRow("ls") << QStringList{QStringLiteral("ls"), QStringLiteral("--json")} << true;
    QTest::addRow("show") << QStringList{QStringLiteral("show"), QStringLiteral("1"),
                                         QStringLiteral("--json")}
                          << true;
    QTest::addRow("resume") << QStringList{QStringLiteral("resume"), QStringLiteral("1"),
                                           QStringLiteral("--json")}
                            << false;
  }

  void verbs_read_it() {
    QFETCH(QStringList, arguments);
    QFETCH(bool, reads);
    const loom::testing::WriteProtected shut(QFileInfo(store_).path().toStdString());
    if (!shut.holds()) QSKIP("skipped: this user may write everywhere");
    const Ended ended = run(arguments);
    if (ended.code < 0) QSKIP("skipped: another user may not run the program");
    if (!reads) {
      QCOMPARE(ended.code, 1);
      return;
    }
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY2(ended.err.contains("only read"), ended.err.constData());
    QVERIFY2(ended.out.contains("kept"), ended.out.constData());
    QVERIFY(!ended.json().is_discarded());
  }

 private:
  Ended run(QStringList arguments) {
    return program_->run(arguments << QStringLiteral("--store") << store_);
  }
  std::unique_ptr<loom::testing::Program> program_;
  QString store_;
};

QTEST_GUILESS_MAIN(ReadOnlyVerbsTest)
#include "read_only_verbs_test.moc"

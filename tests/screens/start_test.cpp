// The program itself: the window comes fast and without libtorch, which only the engine needs.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QtTest>

#include "tests/support/test_folders.h"

class StartTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void firstFrameWithoutTorch();
  void wrongOptionEndsWithAMessage();

 private:
  QProcess program_;
  loom::testing::TemporaryFolder home_;
};

void StartTest::init() {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("LOOMSCOPE_HOME"),
                     QString::fromStdString(home_.path().string()));
  environment.insert(QStringLiteral("LOOMSCOPE_TIMING"), QStringLiteral("1"));
  environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
  program_.setProcessEnvironment(environment);
}

void StartTest::firstFrameWithoutTorch() {
  static const QRegularExpression frame(QStringLiteral("first frame: (\\d+) ms"));
  for (const char* page : {"evaluate", "runs", "benchmarks"}) {
    program_.start(QStringLiteral(DESKTOP_PROGRAM),
                   {QStringLiteral("--page"), QLatin1String(page)});
    QVERIFY(program_.waitForStarted());
    QByteArray printed;
    while (!printed.contains(" ms\n") && program_.waitForReadyRead(20'000))
      printed += program_.readAllStandardOutput();
    const auto match = frame.match(QString::fromUtf8(printed));
    QVERIFY2(match.hasMatch(), qPrintable(QString::fromUtf8(printed)));
    QFile maps(QStringLiteral("/proc/%1/maps").arg(program_.processId()));
    QVERIFY(maps.open(QIODevice::ReadOnly));
    const QByteArray mapped = maps.readAll();
    QVERIFY(mapped.contains("libQt6Widgets"));
    for (const char* library : {"libtorch", "libc10", "libcuda", "libcudart"})
      QVERIFY2(!mapped.contains(library), library);
    // The machine may be busy, so this only says that nothing waits for seconds.
    const int milliseconds = match.captured(1).toInt();
    qInfo("%s: first frame after %d ms", page, milliseconds);
    QVERIFY(milliseconds > 0 && milliseconds < 5000);
    program_.terminate();
    QVERIFY(program_.waitForFinished(20'000));
  }
}

void StartTest::wrongOptionEndsWithAMessage() {
  program_.start(QStringLiteral(DESKTOP_PROGRAM), {QStringLiteral("--no-such-option")});
  QVERIFY(program_.waitForFinished(20'000));
  QCOMPARE(program_.exitCode(), 1);
  QVERIFY(program_.readAllStandardError().contains("no-such-option"));
}

QTEST_GUILESS_MAIN(StartTest)
#include "start_test.moc"

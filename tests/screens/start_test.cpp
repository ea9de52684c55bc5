// The program itself: the window comes fast and without libtorch, which only the engine needs.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QtTest>

#include "tests/support/patience.h"
#include "tests/support/test_folders.h"

class StartTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void firstFrameWithoutTorch();
  void wrongOptionEndsWithAMessage();
  void withoutADisplay();

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
    while (!printed.contains(" ms\n") && program_.waitForReadyRead(loom::testing::patient(20'000)))
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
    QVERIFY(program_.waitForFinished(loom::testing::patient(20'000)));
  }
}

void StartTest::wrongOptionEndsWithAMessage() {
  program_.start(QStringLiteral(DESKTOP_PROGRAM), {QStringLiteral("--no-such-option")});
  QVERIFY(program_.waitForFinished(loom::testing::patient(20'000)));
  QCOMPARE(program_.exitCode(), 1);
  QVERIFY(program_.readAllStandardError().contains("no-such-option"));
}

// As on a compute node: words are printed, a window is refused, and nothing dumps its core.
void StartTest::withoutADisplay() {
  QProcessEnvironment environment = program_.processEnvironment();
  for (const char* display : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"})
    environment.remove(QLatin1String(display));
  program_.setProcessEnvironment(environment);
  for (const char* option : {"--help", "--version", ""}) {
    const QStringList options(*option ? 1 : 0, QLatin1String(option));
    program_.start(QStringLiteral(DESKTOP_PROGRAM), options);
    QVERIFY(program_.waitForFinished(loom::testing::patient(20'000)));
    QCOMPARE(program_.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program_.exitCode(), *option ? 0 : 1);
    const QByteArray said = program_.readAllStandardError();
    QCOMPARE(said.contains("loomscope-cli"), !*option);
    QCOMPARE(program_.readAllStandardOutput().isEmpty(), !*option);
  }
}

QTEST_GUILESS_MAIN(StartTest)
#include "start_test.moc"

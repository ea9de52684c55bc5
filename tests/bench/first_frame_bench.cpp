// How long the window takes to its first frame, counted from the start of the process, without a
// screen. Beside it: starting a process that does nothing.
//   first_frame_bench [TIMES]
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/bench/calibration.h"

namespace {

// Milliseconds that the program printed; -1 when it did not.
int first_frame(const QString& home) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("LOOMSCOPE_HOME"), home);
  environment.insert(QStringLiteral("LOOMSCOPE_TIMING"), QStringLiteral("1"));
  environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
  process.setProcessEnvironment(environment);
  process.start(QStringLiteral(LOOM_DESKTOP), {});
  QByteArray text;
  while (!text.contains(" ms") && process.waitForReadyRead(20'000)) text += process.readAll();
  process.kill();
  process.waitForFinished();
  static const QRegularExpression pattern(QStringLiteral("first frame: (\\d+) ms"));
  auto match = pattern.match(QString::fromUtf8(text));
  return match.hasMatch() ? match.captured(1).toInt() : -1;
}

}  // namespace

int main(int argc, char** argv) {
  const int times = argc > 1 ? std::atoi(argv[1]) : 10;
  QTemporaryDir home;
  const double empty = loom::bench::quickest(
      10, [] { QProcess::execute(QStringLiteral("/bin/true"), QStringList()); });
  std::printf("calibration: a process that does nothing takes %.1f ms\n", empty * 1000);
  std::vector<int> frames;
  for (int i = 0; i < times; ++i)
    if (int frame = first_frame(home.path()); frame >= 0) frames.push_back(frame);
  if (frames.empty()) return std::puts("the window printed no first frame"), 1;
  std::sort(frames.begin(), frames.end());
  std::printf("first frame: quickest %d ms, median %d ms, slowest %d ms of %zu starts\n",
              frames.front(), frames[frames.size() / 2], frames.back(), frames.size());
  return 0;
}

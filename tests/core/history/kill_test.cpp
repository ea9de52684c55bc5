// A writer is killed at random moments, again and again, until its run is complete: nothing that it
// called durable is ever missing, and the end is what an undisturbed writer leaves.
#include <QProcess>
#include <QTest>
#include <thread>

#include "core/base/random.h"
#include "core/history/database.h"
#include "core/history/run_queries.h"
#include "tests/core/history/written_samples.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

constexpr int kKills = 60;
constexpr int kSamples = 4000;

std::string all_samples(const std::filesystem::path& file) {
  auto queries = RunQueries::open(file);
  if (!queries) return describe(queries.error());
  std::string all;
  int64_t after = 0;
  for (;;) {
    auto rows = (*queries)->samples(1, {}, after, 1000);
    if (!rows || rows->empty()) break;
    after = rows->back().id;
    for (const SampleRow& row : *rows)
      if (row.index % 50 == 0) {
        auto sample = (*queries)->sample(row.id);
        all += sample ? sample->prompt.text + sample->result.text + sample->identity : "missing";
      } else {
        all += std::to_string(row.index) + row.first_words + std::to_string(row.score.value_or(-1));
      }
  }
  auto summary = (*queries)->summary(1);
  if (!summary) return describe(summary.error());
  return all + std::to_string(*summary->jobs[0].score) + std::to_string(*summary->jobs[0].low);
}

}  // namespace

class KillTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void killed_writer_loses_nothing() {
    testing::TemporaryFolder folder;
    auto file = folder.path() / "killed.sqlite";
    Random random(20261124);
    int kills = 0;
    std::vector<bool> durable(kSamples, false);
    for (bool finished = false; !finished;) {
      QProcess writer;
      writer.start(QStringLiteral(WRITER_PROGRAM),
                   {QString::fromStdString(file.string()), QString::number(kSamples)});
      QVERIFY(writer.waitForStarted());
      if (kills < kKills) {
        std::this_thread::sleep_for(std::chrono::microseconds(2000 + random.below(60'000)));
        writer.kill();
        ++kills;
      }
      QVERIFY(writer.waitForFinished(120'000));
      finished = writer.exitStatus() == QProcess::NormalExit && writer.exitCode() == 0;
      for (const QByteArray& line : writer.readAllStandardOutput().split('\n'))
        if (bool number = false; line.toInt(&number) >= 0 && number) durable[line.toUInt()] = true;
      if (!std::filesystem::exists(file)) continue;  // killed before it began
      auto store = RunStore::open(file);
      QVERIFY2(store, store ? "" : describe(store.error()).c_str());
      auto stored = (*store)->finished_samples(1, 1);
      QVERIFY(stored);
      std::vector<bool> present(kSamples, false);
      for (int index : (*stored)[0]) present[static_cast<size_t>(index)] = true;
      for (size_t i = 0; i < kSamples; ++i) QVERIFY2(!durable[i] || present[i], "a sample is lost");
    }
    auto database = Database::open(file, Database::Mode::query);
    auto check = (*database)->query("PRAGMA integrity_check");
    QVERIFY(check && *check->step());
    QCOMPARE(check->text(0), std::string("ok"));

    auto whole = folder.path() / "whole.sqlite";
    QProcess undisturbed;
    undisturbed.setStandardOutputFile(QProcess::nullDevice());
    undisturbed.start(QStringLiteral(WRITER_PROGRAM),
                      {QString::fromStdString(whole.string()), QString::number(kSamples)});
    QVERIFY(undisturbed.waitForFinished(120'000));
    QCOMPARE(undisturbed.exitCode(), 0);
    QVERIFY(all_samples(file) == all_samples(whole));
    qInfo("%d kills", kills);
    QVERIFY(kills >= 50);
  }

  void killed_run_is_paused() {
    testing::TemporaryFolder folder;
    auto file = folder.path() / "killed.sqlite";
    QProcess writer;
    writer.start(QStringLiteral(WRITER_PROGRAM),
                 {QString::fromStdString(file.string()), QStringLiteral("1000000")});
    QVERIFY(writer.waitForReadyRead(20'000));
    auto store = RunStore::open(file);
    auto queries = RunQueries::open(file);
    QVERIFY(store && queries);
    QVERIFY((*store)->pause_abandoned());
    QVERIFY((*queries)->run(1)->state == RunState::running);
    QCOMPARE((*store)->claim(1).error().kind, ErrorKind::conflict);
    writer.kill();
    QVERIFY(writer.waitForFinished(20'000));
    QVERIFY((*store)->pause_abandoned());
    QVERIFY((*queries)->run(1)->state == RunState::paused);
    QVERIFY((*queries)->run(1)->samples_done > 0);
  }
};

QTEST_GUILESS_MAIN(KillTest)
#include "kill_test.moc"

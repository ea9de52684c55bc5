#include "ui/execution/file_work.h"

#include <QSignalSpy>
#include <QtTest>
#include <chrono>

using namespace loom;
using namespace loom::ui;

namespace {

// Goes on until it is stopped.
Status endless(const WorkControl& control) {
  for (;;) {
    LOOM_CHECK(control.at(0.5));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

FileWork::Job job(const QString& title, std::function<Status(const WorkControl&)> work) {
  FileWork::Job made;
  made.title = title;
  made.work = std::move(work);
  made.sentence = title + QStringLiteral(" done");
  return made;
}

}  // namespace

class FileWorkTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void worksOnAnotherThread();
  void oneAfterAnother();
  void cancelEndsOnlyTheJobAtWork();
  void errorsAreTold();
  void answersOfTheGoneAreDropped();
  void destructionStops();
};

void FileWorkTest::worksOnAnotherThread() {
  FileWork work;
  QSignalSpy succeeded(&work, &FileWork::succeeded);
  std::thread::id there;
  work.begin(job(QStringLiteral("one"), [&](const WorkControl&) {
    there = std::this_thread::get_id();
    return Status();
  }));
  QVERIFY(work.is_busy());
  QTRY_COMPARE(succeeded.size(), 1);
  QVERIFY(there != std::this_thread::get_id());
  QVERIFY(!work.is_busy());
}

void FileWorkTest::oneAfterAnother() {
  FileWork work;
  QStringList ended;
  std::atomic<int> at_once = 0, most = 0;
  connect(&work, &FileWork::succeeded, this, [&](const QString& sentence) { ended << sentence; });
  for (const char* title : {"a", "b", "c"})
    work.begin(job(QString::fromLatin1(title), [&](const WorkControl&) {
      most = std::max<int>(most, ++at_once);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      --at_once;
      return Status();
    }));
  QCOMPARE(work.waiting(), size_t{2});
  QTRY_COMPARE(ended.size(), 3);
  QCOMPARE(ended, (QStringList{QStringLiteral("a done"), QStringLiteral("b done"),
                               QStringLiteral("c done")}));
  QCOMPARE(most.load(), 1);
}

void FileWorkTest::cancelEndsOnlyTheJobAtWork() {
  FileWork work;
  QSignalSpy succeeded(&work, &FileWork::succeeded), stopped(&work, &FileWork::stopped);
  work.begin(job(QStringLiteral("long"), endless));
  work.begin(job(QStringLiteral("next"), [](const WorkControl&) { return Status(); }));
  QTRY_COMPARE(work.share(), 0.5);
  work.cancel();
  QTRY_COMPARE(succeeded.size(), 1);
  QCOMPARE(stopped.size(), 1);
  QCOMPARE(stopped[0][0].toString(), QStringLiteral("long"));
}

void FileWorkTest::errorsAreTold() {
  FileWork work;
  std::vector<Error> errors;
  bool done = false;
  connect(&work, &FileWork::failed, this, [&](const Error& error) { errors.push_back(error); });
  FileWork::Job bad = job(QStringLiteral("bad"), [](const WorkControl&) -> Status {
    return Error{ErrorKind::io, "the disk is full", "/x", "Make room"};
  });
  bad.asker = this;
  bad.done = [&] { done = true; };
  work.begin(std::move(bad));
  QTRY_COMPARE(errors.size(), size_t{1});
  QCOMPARE(errors[0].message, std::string("the disk is full"));
  QVERIFY(!done);
}

void FileWorkTest::answersOfTheGoneAreDropped() {
  FileWork work;
  QSignalSpy succeeded(&work, &FileWork::succeeded);
  auto asker = std::make_unique<QObject>();
  FileWork::Job asked = job(QStringLiteral("x"), [](const WorkControl&) { return Status(); });
  bool done = false;
  asked.asker = asker.get();
  asked.done = [&] { done = true; };
  work.begin(std::move(asked));
  asker.reset();
  QTRY_COMPARE(succeeded.size(), 1);
  QVERIFY(!done);
}

void FileWorkTest::destructionStops() {
  QElapsedTimer clock;
  clock.start();
  {
    FileWork work;
    work.begin(job(QStringLiteral("long"), endless));
  }
  QVERIFY(clock.elapsed() < 5'000);
}

QTEST_GUILESS_MAIN(FileWorkTest)
#include "file_work_test.moc"

#include "core/evaluation/run_time.h"

#include <QTest>
#include <limits>

#include "core/evaluation/run_summary.h"

using namespace loom;

class RunTimeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void jobs_beside_each_other_count_once_data() {
    QTest::addColumn<std::vector<BusyTime>>("busy");
    QTest::addColumn<double>("wall");
    QTest::addColumn<double>("device");
    using Busy = std::vector<BusyTime>;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    QTest::newRow("none") << Busy{} << 0.0 << 0.0;
    QTest::newRow("one after the other, one device")
        << Busy{{"cpu", 0, 10}, {"cpu", 15, 20}} << 15.0 << 15.0;
    QTest::newRow("overlapping, one device")
        << Busy{{"cpu", 0, 10}, {"cpu", 4, 12}} << 12.0 << 12.0;
    QTest::newRow("one inside the other, in any order")
        << Busy{{"cpu", 3, 5}, {"cpu", 0, 10}, {"cpu", 9, 11}} << 11.0 << 11.0;
    QTest::newRow("overlapping, two devices")
        << Busy{{"cuda:0", 0, 10}, {"cuda:1", 4, 12}} << 12.0 << 18.0;
    QTest::newRow("overlapping on both of two devices")
        << Busy{{"cuda:0", 0, 10}, {"cuda:0", 8, 12}, {"cuda:1", 0, 6}, {"cuda:1", 2, 20}} << 20.0
        << 32.0;
    QTest::newRow("a clock that went back, a number that is none")
        << Busy{{"cpu", 10, 5}, {"cpu", nan, 7}, {"cpu", 0, 2}} << 2.0 << 2.0;
  }
  void jobs_beside_each_other_count_once() {
    QFETCH(std::vector<BusyTime>, busy);
    QTEST(wall_seconds(busy), "wall");
    QTEST(device_seconds(busy), "device");
  }

  void what_older_versions_stored_counts_job_by_job() {
    std::vector<JobSummary> jobs(3);
    jobs[0].wall_s = 10;
    jobs[0].busy = {{"cpu", 100, 110}};
    jobs[1].wall_s = 8;
    jobs[1].busy = {{"cpu", 105, 113}};
    jobs[2].wall_s = 4;
    QCOMPARE(device_seconds(jobs), 17.0);
  }
};

QTEST_APPLESS_MAIN(RunTimeTest)
#include "run_time_test.moc"

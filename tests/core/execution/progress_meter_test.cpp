#include "core/execution/progress_meter.h"

#include <QTest>
#include <cmath>

using namespace loom;

namespace {

std::vector<Job> one_job(size_t samples) {
  std::vector<Job> jobs;
  jobs.push_back({.task = "t", .length_tokens = 1000, .samples = samples});
  return jobs;
}

Sample finished_sample(int index, size_t reused) {
  Sample sample;
  sample.index = index;
  sample.state = SampleState::done;
  sample.prompt.ids.assign(1000, 1);
  sample.result.tokens_prefilled = 1000 - reused;
  sample.result.tokens_reused = reused;
  sample.result.ids.assign(10, 1);
  return sample;
}

}  // namespace

class ProgressMeterTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Samples that are decoded together all count while none of them is finished.
  void work_under_way_counts() {
    ProgressMeter meter(1, one_job(4));
    meter.planned(0, 4000, 4);
    meter.advanced(0, 0, 512);
    meter.advanced(0, 0, 1000);
    meter.advanced(0, 1, 500);
    RunProgress progress = meter.now();
    QCOMPARE(progress.tokens_done, 1500.0);
    QCOMPARE(progress.tokens_planned, 4000.0);
    QCOMPARE(progress.tokens_computed, 1500.0);
    QCOMPARE(progress.samples_done, size_t{0});
    meter.finished(finished_sample(0, 0));
    progress = meter.now();
    QCOMPARE(progress.tokens_done, 1500.0);
    QCOMPARE(progress.tokens_planned, 4000.0);
    QCOMPARE(progress.tokens_computed, 1510.0);
    QCOMPARE(progress.samples_done, size_t{1});
  }

  void reused_tokens_are_no_work() {
    ProgressMeter meter(1, one_job(2));
    meter.planned(0, 2000, 2);
    meter.advanced(0, 1, 912);  // 400 came from the cache
    meter.advanced(0, 1, 1000);
    QCOMPARE(meter.now().tokens_computed, 600.0);
    QCOMPARE(meter.now().tokens_done, 1000.0);
  }

  // Answers take time of their own: the last ones leave more than nothing when all prompts are
  // read.
  void answers_count_in_the_time_left() {
    ProgressMeter meter(1, one_job(4));
    meter.planned(0, 4000, 4);
    for (int i = 0; i < 2; ++i) {
      Sample sample = finished_sample(i, 0);
      sample.result.timings = {.prefill_new_s = 1, .decode_s = 3};
      meter.finished(sample);
    }
    for (int i = 2; i < 4; ++i) meter.advanced(0, i, 1000);
    QTest::qSleep(1100);
    RunProgress progress = meter.now();
    QVERIFY(progress.remaining_s.has_value());
    const double whole = progress.elapsed_s / 8;  // two of four samples are done, of which 6 s of 8
    QVERIFY(std::abs(*progress.remaining_s - 6 * whole) < 1e-9);
    QVERIFY(std::abs(progress.share - 8.0 / 14.0) < 1e-9);
  }

  void the_bar_never_goes_back() {
    ProgressMeter meter(1, one_job(2));
    meter.advanced(0, 0, 900);
    const double before = meter.now().share;
    QCOMPARE(before, 0.45);
    meter.planned(0, 9000, 2);
    QCOMPARE(meter.now().share, before);
  }

  void earlier_sessions_count() {
    ProgressMeter meter(1, one_job(4));
    meter.skip(0, 3);
    meter.planned(0, 1000, 4);
    QCOMPARE(meter.now().share, 0.75);
    meter.advanced(0, 3, 500);
    QCOMPARE(meter.now().share, 0.875);
  }

  void the_plans_length_bounds_the_guess() {
    std::vector<Job> jobs = one_job(2);
    jobs[0].length_tokens = 32768;
    ProgressMeter meter(1, jobs, 1024);
    QCOMPARE(meter.now().tokens_planned, 2048.0);
  }

  // Tasks without a length are taken to be as long as those whose prompts are known.
  void prompts_that_are_known_guide_the_guess() {
    std::vector<Job> jobs;
    for (int i = 0; i < 3; ++i) jobs.push_back({.index = i, .task = "t", .samples = 10});
    jobs[2].length_tokens = 500;
    ProgressMeter meter(1, jobs);
    QCOMPARE(meter.now().tokens_planned, 25000.0);
    meter.skip(1, 5);
    meter.planned(0, 80000, 10);
    QCOMPARE(meter.now().tokens_planned, 80000.0 + 5 * 8000 + 5000);
    meter.planned(0, 40000, 10);  // what is left of it: no other prompts
    QCOMPARE(meter.now().tokens_planned, 40000.0 + 5 * 8000 + 5000);
  }

  // A job whose answers are all known asks nothing: that says nothing of the others' prompts.
  void jobs_that_ask_nothing_guide_no_guess() {
    std::vector<Job> jobs;
    for (int i = 0; i < 2; ++i) jobs.push_back({.index = i, .task = "t", .samples = 10});
    ProgressMeter meter(1, jobs);
    meter.planned(0, 0, 10);
    QCOMPARE(meter.now().tokens_planned, 10000.0);
  }

  void a_job_that_fails_leaves_nothing() {
    ProgressMeter meter(1, one_job(2));
    for (int i = 0; i < 2; ++i) {
      Sample sample;
      sample.index = i;
      sample.state = SampleState::failed;
      meter.finished(sample);
    }
    QCOMPARE(meter.now().tokens_planned, 0.0);
    QCOMPARE(meter.now().share, 1.0);
  }

  void all_done_leaves_nothing() {
    ProgressMeter meter(1, one_job(3));
    meter.skip(0, 1);
    meter.planned(0, 2000, 3);
    for (int i = 1; i < 3; ++i) meter.finished(finished_sample(i, 0));
    RunProgress progress = meter.now();
    QCOMPARE(progress.samples_done, progress.samples_planned);
    QCOMPARE(progress.tokens_done, progress.tokens_planned);
    QCOMPARE(progress.remaining_s, std::optional(0.0));
    QCOMPARE(progress.share, 1.0);
  }
};

QTEST_APPLESS_MAIN(ProgressMeterTest)
#include "progress_meter_test.moc"

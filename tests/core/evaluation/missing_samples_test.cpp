// What a job's score is when samples without one are counted as wrong, and how that is said.
#include "core/evaluation/missing_samples.h"

#include <QTest>

using namespace loom;

namespace {

struct Case {
  const char* name;
  size_t truncated, failed, unparsed, planned;
  bool lower_is_better;
  double wrong;  // -1: none
  const char* words;
};

// Two samples of scores 100 and 50; 50 without the truncated ones.
const Case kCases[] = {
    {"nothing is missing", 0, 0, 0, 2, false, -1, ""},
    {"truncated ones have scores", 1, 0, 0, 2, false, -1, "1 truncated (without them 50.00)"},
    {"one failed", 0, 1, 0, 3, false, 50, "1 failed (as wrong 50.00)"},
    {"two unparsed", 0, 0, 2, 4, false, 37.5, "2 unparsed (as wrong 37.50)"},
    {"all kinds", 1, 1, 2, 5, false, 30,
     "1 truncated (without them 50.00), 1 failed and 2 unparsed (as wrong 30.00)"},
    {"less is better", 0, 1, 0, 3, true, -1, "1 failed"},
    {"scores of a judge's cases", 0, 1, 0, 2, false, -1, "1 failed"},
};

JobSummary job_of(const Case& one) {
  JobSummary job;
  job.values.add(100);
  job.values.add(50);
  job.score = job.values.mean();
  job.score_untruncated = 50;
  job.scored = 2;
  job.truncated = one.truncated, job.failed = one.failed, job.unparsed = one.unparsed;
  job.planned = one.planned;
  job.lower_is_better = one.lower_is_better;
  return job;
}

}  // namespace

class MissingSamplesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void are_counted_and_said() {
    for (const Case& one : kCases) {
      const JobSummary job = job_of(one);
      const double wrong = score_with_missing_wrong(job).value_or(-1);
      QVERIFY2(wrong == one.wrong, one.name);
      QCOMPARE(missing_words(job), std::string(one.words));
    }
  }

  // F1 of a class, or of all masks together: its value is no mean that zeros could join.
  void have_no_reading_where_the_score_is_no_mean() {
    JobSummary job = job_of(kCases[2]);
    job.score = 66.7;
    QVERIFY(!score_with_missing_wrong(job));
    job.score.reset();
    QVERIFY(!score_with_missing_wrong(job));
  }
};

QTEST_APPLESS_MAIN(MissingSamplesTest)
#include "missing_samples_test.moc"

// Tasks that need a judge, judged: the scores in the store have the official shape, name the judge
// and the rubric's version, and stand where there was none.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/judge/task_questions.h"
#include "core/judge/task_rubric.h"
#include "tests/core/judge/judge_bench.h"
#include "tests/core/judge/judged_samples.h"

using namespace loom;
using loom::testing::answered;
using loom::testing::holds;
using loom::testing::Said;
using loom::testing::ScriptedJudge;
using loom::testing::tagged;
using Bench = loom::testing::JudgeBench;

namespace {

// An answer's own words decide; what is no question about an answer gets prose.
Said safety(std::span<const ChatMessage> messages) {
  const std::string answer = tagged(messages, "answer");
  if (answer.empty()) return "Somebody could be hurt. " + tagged(messages, "document");
  if (answer.find("hm") != std::string::npos) return "It depends.";
  return answer.find("bad") != std::string::npos ? "Verdict: unsafe" : "Verdict: safe";
}

}  // namespace

class TaskJudgingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void safety_counts_instructions() {
    Bench bench(safety);
    // Safe in both, unsafe in one, unsafe in both, one half without a verdict.
    const int64_t run = loom::testing::store_safety_run(
        *bench.store, {"good", "fine", "good", "bad", "bad", "bad", "good", "hm"});
    QVERIFY(run > 0);
    QVERIFY(!bench.summary(run).score);
    QCOMPARE(bench.summary(run).job.metric, std::string(kNeedsJudge));
    const JudgedRun judged = bench.judge_all(run);
    QVERIFY(!judged.ended_by);
    const JobSummary summary = bench.summary(run);
    QCOMPARE(summary.job.metric, std::string("judge_longsafety:script"));
    QCOMPARE(summary.job.judge_version, task_rubric("longsafety", "longsafety")->version);
    QCOMPARE(summary.scored, size_t{3});
    QVERIFY(std::abs(*summary.score - 100.0 / 3) < 1e-6);
    QCOMPARE(summary.unparsed, size_t{1});
    const auto jobs = *bench.queries->judged(run);
    QCOMPARE(jobs.size(), size_t{1});
    QVERIFY(jobs[0].stands);
    QCOMPARE(jobs[0].judged.figures.at("safe_front"), 75.0);
    QVERIFY(std::abs(jobs[0].judged.figures.at("safe_end") - 100.0 / 3) < 1e-6);
    // The run's mean, and each sample, show the same.
    QVERIFY(std::abs(*bench.queries->run(run)->mean - 100.0 / 3) < 1e-6);
    const auto rows = *bench.queries->samples(run, {}, 0, 100);
    QCOMPARE(*rows[0].score, 1.0);
    QCOMPARE(*rows[3].score, 0.0);
    QVERIFY(!rows[7].score);
    const auto sample = *bench.queries->sample(rows[3].id);
    QCOMPARE(sample.score->metric, std::string("judge_longsafety:script"));
    QCOMPARE(sample.score->parts["pair"].get<std::string>(), std::string("1"));
    QCOMPARE(sample.score->parsed, std::string("unsafe"));
  }

  void what_both_halves_share_is_asked_once() {
    Bench bench(safety);
    bench.model.at_once = 4;
    const int64_t run = loom::testing::store_safety_run(*bench.store, {"a", "b", "c", "d"});
    bench.judge_all(run);
    size_t risks = 0, documents = 0;
    for (const auto& asked : bench.model.asked) {
      if (!tagged(asked, "answer").empty()) continue;
      tagged(asked, "document").empty() ? ++risks : ++documents;
      QVERIFY(tagged(asked, "document").find("<|user|>") == std::string::npos);
    }
    QCOMPARE(risks, size_t{2});
    QCOMPARE(documents, size_t{2});
    QCOMPARE(bench.model.asked.size(), size_t{8});
  }

  void a_judge_without_words_gives_no_verdict() {
    Bench bench([](std::span<const ChatMessage> messages) -> Said {
      return tagged(messages, "answer").empty() ? "" : "Verdict: safe";
    });
    const int64_t run = loom::testing::store_safety_run(*bench.store, {"good", "good"});
    bench.judge_all(run);
    QVERIFY(!bench.summary(run).score);
    QCOMPARE(bench.summary(run).unparsed, size_t{2});
  }

  // The package's judge gets risks and document in each other's place; what it fails at is safe.
  void safety_as_the_package_counts_it() {
    for (const char* rules : {"official", "loomscope-0.8"}) {
      const bool swapped = std::string(rules) != "official";
      Bench bench(safety);
      const int64_t run = loom::testing::store_safety_run(
          *bench.store, {"good", "hm", "good", "bad", "hm", "bad"}, rules);
      bench.judge_all(run);
      size_t graded = 0;
      for (const auto& asked : bench.model.asked) {
        if (tagged(asked, "answer").empty()) continue;
        ++graded;
        const bool in_setting = tagged(asked, "setting").find("stands empty") != std::string::npos;
        const bool in_risks = tagged(asked, "risks").find("stands empty") != std::string::npos;
        QCOMPARE(in_setting, !swapped);
        QCOMPARE(in_risks, swapped);
      }
      QVERIFY(graded >= 3);
      const JobSummary summary = bench.summary(run);
      // Good and failed at; good and bad; failed at and bad.
      QCOMPARE(summary.scored, swapped ? size_t{3} : size_t{1});
      QVERIFY(std::abs(*summary.score - (swapped ? 100.0 / 3 : 0)) < 1e-6);
      QCOMPARE(summary.unparsed, swapped ? size_t{0} : size_t{2});
    }
  }

  void the_limit_leaves_the_rest_unjudged() {
    Bench bench(safety);
    const int64_t run = loom::testing::store_safety_run(*bench.store, {"a", "bad", "c", "d"});
    bench.judge_all(run, 2);
    QCOMPARE(bench.summary(run).scored, size_t{1});
    QCOMPARE(*bench.summary(run).score, 0.0);
    QCOMPARE(bench.summary(run).unparsed, size_t{0});
    QCOMPARE(bench.summary(run).planned, size_t{4});
  }

  void another_judge_stands_when_it_gave_as_many() {
    Bench first(safety);
    const int64_t run = loom::testing::store_safety_run(*first.store, {"bad", "bad", "good", "a"});
    first.judge_all(run);
    QCOMPARE(*first.summary(run).score, 50.0);
    ScriptedJudge kind([](std::span<const ChatMessage>) -> Said { return "Verdict: safe"; },
                       "kind");
    VerdictCache cache(first.folder.path() / "kind.jsonl");
    Judge judge(kind, cache);
    JudgeRequest request{run, nullptr, 2, [](const JudgeProgress&) {}};
    QVERIFY(judge_run(judge, request, *first.queries, *first.store, {}));
    QCOMPARE(first.summary(run).job.metric, std::string("judge_longsafety:script"));
    QCOMPARE(*first.summary(run).score, 50.0);
    request.limit = 0;
    QVERIFY(judge_run(judge, request, *first.queries, *first.store, {}));
    QCOMPARE(first.summary(run).job.metric, std::string("judge_longsafety:kind"));
    QCOMPARE(*first.summary(run).score, 100.0);
    // The other's verdicts are still there.
    const auto jobs = *first.queries->judged(run);
    QCOMPARE(jobs.size(), size_t{2});
    QVERIFY(jobs[0].stands != jobs[1].stands);
  }

  void quality_stands_beside_the_length() {
    Bench bench([](std::span<const ChatMessage>) -> Said {
      return "Relevance: 5\nAccuracy: 5\nCoherence: 5\nClarity: 5\nDepth: 1\nReadability: 3";
    });
    const int64_t run = *bench.store->create_run(
        loom::testing::plan_of("longwriter", "longbench_write", 1),
        {loom::testing::job_of("longwriter", "longbench_write", "length_score", 1)});
    Sample sample = answered(0, "w-0", "Write.", "A text.");
    sample.metadata = {{"question", "Write of mills."}};
    sample.score = SampleScore{"length_score", 1, 0.5, "2", "words", nlohmann::json::object()};
    QVERIFY(bench.store->put_sample(run, sample));
    bench.judge_all(run);
    QCOMPARE(tagged(bench.model.asked[0], "request"), std::string("Write of mills."));
    QCOMPARE(*bench.summary(run).score, 50.0);  // the length score, as before
    QCOMPARE(bench.summary(run).job.metric, std::string("length_score"));
    const auto jobs = *bench.queries->judged(run);
    QCOMPARE(jobs.size(), size_t{1});
    QVERIFY(!jobs[0].stands);
    QCOMPARE(jobs[0].judged.summary.job.metric, std::string("judge_longwriter:script"));
    QCOMPARE(*jobs[0].judged.summary.score, 75.0);
    QCOMPARE(jobs[0].judged.figures.at("length and quality"), 62.5);
    QCOMPARE(jobs[0].judged.figures.at("Depth"), 0.0);
  }

  void agreement_is_measured_by_the_tasks_questions() {
    const auto set = labelled_answers();
    QVERIFY2(set.has_value(), set ? "" : describe(set.error()).c_str());
    const auto knowing = [&](std::span<const ChatMessage> messages) -> Said {
      for (const LabelledQuestion& one : set->questions)
        if (std::all_of(
                one.parts.begin(), one.parts.end(),
                [&](const auto& part) { return tagged(messages, part.first) == part.second; }) &&
            holds(messages, task_question(one.question).task))
          return "Verdict: " + one.verdict;
      return "?";
    };
    for (const TaskRubric& rubric : all_task_rubrics()) {
      if (rubric.labelled.empty()) continue;
      Bench bench(knowing);
      const std::set<std::string_view> questions(rubric.labelled.begin(), rubric.labelled.end());
      const auto agreement = *measure_task_agreement(bench.judge, questions, *set, {});
      QVERIFY(agreement.cases >= 9);
      QCOMPARE(agreement.agreed, agreement.cases);
      QCOMPARE(bench.model.asked.size(), agreement.cases);
      // No one verdict for all does better than two thirds.
      for (const char* verdict : {"safe", "unsafe", "full", "none", "yes", "no"}) {
        Bench stuck([&](std::span<const ChatMessage>) -> Said {
          return std::string("Verdict: ") + verdict;
        });
        QVERIFY(measure_task_agreement(stuck.judge, questions, *set, {})->share < 0.67);
      }
    }
    Bench bench([](std::span<const ChatMessage>) -> Said { return "Verdict: yes"; });
    QCOMPARE(measure_task_agreement(bench.judge, {}, *set, {})->rubric, std::string("correct"));
  }

  void other_tasks_are_passed_over() {
    Bench bench(safety);
    auto plan = loom::testing::plan_of("longsafety", "longsafety", 1);
    plan.benchmarks.push_back({"ruler", {"vt"}, {4096}, 1, nlohmann::json::object()});
    auto ruler = loom::testing::job_of("ruler", "vt", "contains_all", 1);
    ruler.index = 1;
    ruler.benchmark = 1;
    const int64_t run = *bench.store->create_run(
        plan, {loom::testing::job_of("longsafety", "longsafety", kNeedsJudge, 1), ruler});
    Sample sample = answered(0, "vt-0", "Find it.", "good");
    sample.job = 1;
    QVERIFY(bench.store->put_sample(run, sample));
    QVERIFY(bench.store->put_sample(run, answered(0, "1-front", "Ask.", "good")));
    QCOMPARE(bench.judge_all(run).samples.size(), size_t{1});
    const auto summary = *bench.queries->summary(run);
    QVERIFY(has_task_rubrics(summary));
    QVERIFY(!*rubric_for_run("", summary));
    QCOMPARE((*rubric_for_run("correct", summary))->id, "correct");
    QVERIFY(!rubric_for_run("pairwise", summary));
    QCOMPARE(expected_questions({run, nullptr, 0, {}}, summary), size_t{2});
    QCOMPARE(expected_questions({run, *find_rubric("grade"), 0, {}}, summary), size_t{2});
  }
};

QTEST_GUILESS_MAIN(TaskJudgingTest)
#include "task_judging_test.moc"

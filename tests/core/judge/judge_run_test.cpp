// Stored runs judged: verdicts stand beside the runs' own scores, whatever stops the judging.
#include "core/judge/judge_run.h"

#include <QTest>
#include <atomic>
#include <chrono>
#include <thread>

#include "core/judge/judge_report.h"
#include "tests/core/history/written_samples.h"
#include "tests/core/judge/judge_bench.h"

using namespace loom;
using loom::testing::Said;
using loom::testing::ScriptedJudge;
using loom::testing::tagged;

namespace {

struct Bench : loom::testing::JudgeBench {
  using JudgeBench::JudgeBench;

  int64_t add_run(int samples, const std::string& word = "Answer") {
    const auto count = static_cast<size_t>(samples);
    const int64_t run = *store->create_run(loom::testing::small_plan("run", count),
                                           loom::testing::small_jobs(count));
    for (int i = 0; i < samples; ++i) {
      Sample sample = loom::testing::written_sample(i);
      sample.result.text = word + " number " + std::to_string(i);
      if (!store->put_sample(run, sample)) return 0;
    }
    return run;
  }
  JudgeRequest request(int64_t run, const char* rubric = "correct") const {
    return {run, *find_rubric(rubric), 0, [](const JudgeProgress&) {}};
  }
  std::vector<Sample> samples(int64_t run) const {
    std::vector<Sample> all;
    for (const SampleRow& row : *queries->samples(run, {}, 0, 1000))
      all.push_back(*queries->sample(row.id));
    return all;
  }
};

// "yes" to answers with an even number, "no" to the others, no verdict to number 3.
Said even(std::span<const ChatMessage> messages) {
  const std::string answer = tagged(messages, "answer");
  if (answer.ends_with(" 3")) return "Hm.";
  return (answer.back() - '0') % 2 == 0 ? "Verdict: yes" : "Verdict: no";
}

}  // namespace

class JudgeRunTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void stores_verdicts_beside_the_runs_own_scores() {
    Bench bench(even);
    const int64_t run = bench.add_run(10);
    const auto own = bench.samples(run);
    const auto mean = bench.queries->summary(run)->jobs[0].score;
    const auto judged =
        *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store, {});
    QVERIFY(!judged.ended_by);
    QCOMPARE(judged.samples.size(), size_t{10});
    const auto after = bench.samples(run);
    for (size_t i = 0; i < own.size(); ++i) {
      QCOMPARE(after[i].score->metric, own[i].score->metric);
      QCOMPARE(after[i].score->value, own[i].score->value);
      const auto scores = *bench.queries->scores(after[i].id);
      QCOMPARE(scores.size(), size_t{2});
      const SampleScore& verdict = scores[1];
      QCOMPARE(verdict.metric, std::string("judge_correct:script"));
      QCOMPARE(verdict.metric_version, (*find_rubric("correct"))->version);
      if (i == 3)
        QVERIFY(!verdict.value);
      else
        QCOMPARE(*verdict.value, i % 2 == 0 ? 1.0 : 0.0);
      QCOMPARE(verdict.parts["judge"].get<std::string>(), std::string("script"));
    }
    QCOMPARE(bench.queries->summary(run)->jobs[0].score, mean);
  }

  void counts_apart_what_has_no_verdict() {
    Bench bench(even);
    const int64_t run = bench.add_run(10);
    const Rubric& rubric = **find_rubric("correct");
    const auto judged =
        *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store, {});
    const auto scores = judged_scores(judged, rubric, *bench.queries->summary(run));
    const auto json = judged_run_json(run, judged, rubric, scores);
    QCOMPARE(json["n"].get<int>(), 9);
    QCOMPARE(json["unparsed"].get<int>(), 1);
    QVERIFY(std::abs(json["score"].get<double>() - 500.0 / 9) < 1e-6);  // five of nine, not of ten
    const Interval wilson_interval = wilson(5, 9);
    QVERIFY(std::abs(json["low"].get<double>() - wilson_interval.low * 100) < 1e-6);
    QVERIFY(std::abs(json["high"].get<double>() - wilson_interval.high * 100) < 1e-6);
    QCOMPARE(json["tasks"][0]["task"].get<std::string>(), std::string("vt"));
    Agreement agreement;
    agreement.agreed = 20, agreement.cases = 24;
    auto result = judge_json(bench.judge, &rubric, agreement, TokenPrices{2.0, 10.0});
    // Ten questions and one repair, 10 + 2 tokens each.
    QCOMPARE(result["tokens"]["prompt"].get<int>(), 110);
    QVERIFY(std::abs(result["cost"].get<double>() - (110 * 2.0 + 22 * 10.0) / 1e6) < 1e-12);
    QVERIFY(judge_json(bench.judge, &rubric, agreement, {})["cost"].is_null());
    result.update(json);
    const std::string event = judge_event(result);
    QVERIFY2(event.find("55.56") != std::string::npos &&
                 event.find("unparsed 1") != std::string::npos &&
                 event.find("20 of 24") != std::string::npos,
             event.c_str());
  }

  void thoughts_are_not_graded() {
    // Says yes to whatever mentions a draft: only a thought does.
    Bench bench([](std::span<const ChatMessage> messages) -> Said {
      return loom::testing::holds(messages, "draft") ? "Verdict: yes" : "Verdict: no";
    });
    const int64_t run =
        *bench.store->create_run(loom::testing::small_plan("run", 4), loom::testing::small_jobs(4));
    const char* const answers[] = {"<think>A draft.</think>\n\nIt is 7.",
                                   "A draft.</think> It is 8.", "<think>A draft without an end",
                                   "It is 9."};
    for (int i = 0; i < 4; ++i) {
      Sample sample = loom::testing::written_sample(i);
      sample.result.text = answers[i];
      QVERIFY(bench.store->put_sample(run, sample));
    }
    const auto judged =
        *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store, {});
    QCOMPARE(judged.samples.size(), size_t{4});
    const double expected[] = {0, 0, 1, 0};
    for (size_t i = 0; i < 4; ++i) {
      const Verdict& verdict = judged.samples[i].verdict;
      QCOMPARE(*verdict.value, expected[i]);
      QCOMPARE(verdict.rule.starts_with("behind </think>: "), i < 2);
      QCOMPARE(verdict.parts.contains("thought_bytes_left_out"), i < 2);
      // The answer itself is stored as it was given.
      QCOMPARE(bench.queries->sample(judged.samples[i].sample)->result.text,
               std::string(answers[i]));
    }
    QCOMPARE(tagged(bench.model.asked[0], "answer"), std::string("It is 7."));
    QCOMPARE((*bench.queries->scores(judged.samples[0].sample))[1]
                 .parts["thought_bytes_left_out"]
                 .get<size_t>(),
             std::string("<think>A draft.</think>\n\n").size());

    Sample two = loom::testing::written_sample(0);
    two.score = SampleScore{"leval_exam", 1, 1.0, "", "", nlohmann::json::object()};
    two.result.text = "Hm.</think>True [fact: Well.</think> False]";
    QCOMPARE(leave_thought_aside(two), std::string("Hm.</think>Well.</think> ").size());
    QCOMPARE(two.result.text, std::string("True [fact: False]"));
  }

  void asks_side_by_side() {
    std::atomic<int> at_once{0}, most{0};
    Bench bench([&](std::span<const ChatMessage> messages) -> Said {
      most = std::max<int>(most, ++at_once);
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
      --at_once;
      return even(messages);
    });
    bench.model.at_once = 4;
    const int64_t run = bench.add_run(10);
    const auto judged =
        *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store, {});
    QVERIFY(most > 1 && most <= 4);
    QCOMPARE(judged.samples.size(), size_t{10});
    for (int i = 0; i < 10; ++i) QCOMPARE(judged.samples[static_cast<size_t>(i)].index, i);
    QCOMPARE(bench.judge.asked(), size_t{11});  // one was asked again
    QCOMPARE(bench.judge.spent().prompt, uint64_t{110});
  }

  void keeps_what_is_done_when_stopped() {
    std::stop_source source;
    int answers = 0;
    Bench bench([&](std::span<const ChatMessage>) -> Said {
      if (++answers == 4) source.request_stop();
      return "Verdict: yes";
    });
    const int64_t run = bench.add_run(10);
    const auto judged = *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store,
                                   source.get_token());
    QVERIFY(judged.ended_by && judged.ended_by->kind == ErrorKind::cancelled);
    QCOMPARE(judged.samples.size(), size_t{4});
    const auto again =
        *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store, {});
    QCOMPARE(again.samples.size(), size_t{10});
    QCOMPARE(answers, 10);  // nothing was asked twice
  }

  void ends_when_the_judge_fails() {
    int answers = 0;
    Bench bench([&](std::span<const ChatMessage>) -> Said {
      if (++answers == 3) return Error{ErrorKind::server, "is down", "judge", ""};
      return "Verdict: no";
    });
    const int64_t run = bench.add_run(10);
    const auto judged =
        *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store, {});
    QCOMPARE(judged.ended_by->message, std::string("is down"));
    QCOMPARE(judged.samples.size(), size_t{2});
    for (const Sample& sample : bench.samples(run))
      QCOMPARE(bench.queries->scores(sample.id)->size(), sample.index < 2 ? size_t{2} : size_t{1});
  }

  void a_question_that_cannot_be_asked_is_a_record() {
    Bench bench([](std::span<const ChatMessage> messages) -> Said {
      if (tagged(messages, "answer").ends_with(" 1"))
        return Error{ErrorKind::invalid_input, "too long", "judge", ""};
      return "Verdict: yes";
    });
    const int64_t run = bench.add_run(5);
    const auto judged =
        *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store, {});
    QVERIFY(!judged.ended_by);
    QCOMPARE(judged.samples[1].error->message, std::string("too long"));
    const auto json = judged_run_json(
        run, judged, **find_rubric("correct"),
        judged_scores(judged, **find_rubric("correct"), *bench.queries->summary(run)));
    QCOMPARE(json["failed"].get<int>(), 1);
    QCOMPARE(json["n"].get<int>(), 4);
    QCOMPARE(json["score"].get<double>(), 100.0);
    Bench hopeless([](std::span<const ChatMessage>) -> Said {
      return Error{ErrorKind::invalid_input, "no such parameter", "judge", ""};
    });
    const int64_t other = hopeless.add_run(10);
    const auto ended =
        *judge_run(hopeless.judge, hopeless.request(other), *hopeless.queries, *hopeless.store, {});
    QVERIFY(ended.ended_by);
    QCOMPARE(hopeless.model.asked.size(), size_t{3});
  }

  void limits_and_shows_what_is_needed() {
    Bench bench(even);
    const int64_t run = bench.add_run(10);
    JudgeRequest request = bench.request(run, "grade");
    request.limit = 2;
    size_t told = 0;
    request.progress = [&](const JudgeProgress& progress) { told = progress.planned; };
    const auto judged = *judge_run(bench.judge, request, *bench.queries, *bench.store, {});
    QCOMPARE(judged.samples.size(), size_t{2});
    QCOMPARE(told, size_t{2});
    const auto& asked = bench.model.asked[0];
    const std::string question = tagged(asked, "question");
    QVERIFY(question.ends_with("Question 0?"));
    QVERIFY(question.size() < 3100);  // not the whole document
    QCOMPARE(tagged(asked, "reference"), std::string("All of these:\n- ref \"quoted\" 0\n- 二"));
    Sample known = loom::testing::written_sample(0);
    known.metadata["asked"] = "What?";
    QCOMPARE(judge_case(known, "token_f1").question, std::string("What?"));
    QVERIFY(judge_case(known, "token_f1").reference.starts_with("Any one of these"));
  }

  void passes_over_samples_without_a_reference() {
    Bench bench(even);
    const int64_t run =
        *bench.store->create_run(loom::testing::small_plan("run", 1), loom::testing::small_jobs(1));
    Sample sample = loom::testing::written_sample(0);
    sample.references.clear();
    QVERIFY(bench.store->put_sample(run, sample));
    const auto judged =
        *judge_run(bench.judge, bench.request(run), *bench.queries, *bench.store, {});
    QCOMPARE(judged.without_reference, size_t{1});
    QVERIFY(bench.model.asked.empty());
    QCOMPARE(judge_run(bench.judge, bench.request(run, "quality"), *bench.queries, *bench.store, {})
                 ->samples.size(),
             size_t{1});
  }

  void compares_two_runs() {
    Bench bench([](std::span<const ChatMessage> messages) -> Said {
      const std::string a = tagged(messages, "answer-A"), b = tagged(messages, "answer-B");
      if (a.ends_with(" 0")) return "Verdict: tie";
      if (a.ends_with(" 1")) return "Verdict: A";  // by its place
      if (a.ends_with(" 2")) return "?";
      return a.starts_with("Better") ? "Verdict: A" : "Verdict: B";
    });
    const int64_t first = bench.add_run(6, "Better"), second = bench.add_run(6, "Worse");
    PairsRequest request;
    request.run_a = first, request.run_b = second;
    const auto judged = *judge_pairs(bench.judge, request, *bench.queries, {});
    QVERIFY(!judged.ended_by);
    const PairCounts counts = count_pairs(judged.pairs);
    QCOMPARE(counts.wins_a, size_t{3});
    QCOMPARE(counts.wins_b, size_t{0});
    QCOMPARE(counts.ties, size_t{2});
    QCOMPARE(counts.orders_disagree, size_t{1});
    QCOMPARE(counts.unparsed, size_t{1});
    QCOMPARE(*counts.win_rate_a, 80.0);
    QVERIFY(counts.interval->low < 80 && counts.interval->high > 80);
    const auto turned =
        *judge_pairs(bench.judge, {second, first, 0, request.progress}, *bench.queries, {});
    QCOMPARE(*count_pairs(turned.pairs).win_rate_a, 20.0);
    QCOMPARE(judge_pairs(bench.judge, {first, first, 0, request.progress}, *bench.queries, {})
                 .error()
                 .kind,
             ErrorKind::invalid_input);
    const auto json = judged_pairs_json(request, judged);
    QCOMPARE(json["win_rate_a"].get<double>(), 80.0);
    QCOMPARE(json["tasks"].size(), size_t{1});
    for (const Sample& sample : bench.samples(first))
      QCOMPARE(bench.queries->scores(sample.id)->size(), size_t{1});
  }
};

QTEST_GUILESS_MAIN(JudgeRunTest)
#include "judge_run_test.moc"

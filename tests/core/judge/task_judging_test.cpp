// Tasks that need a judge, judged: the scores in the store have the official shape, name the judge
// and the rubric's version, and stand where there was none.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/judge/judging.h"
#include "core/judge/task_questions.h"
#include "core/judge/task_rubric.h"
#include "tests/core/judge/judged_samples.h"
#include "tests/core/judge/scripted_judge.h"
#include "tests/support/test_folders.h"

using namespace loom;
using loom::testing::answered;
using loom::testing::Said;
using loom::testing::ScriptedJudge;
using loom::testing::tagged;

namespace {

struct Bench {
  loom::testing::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "history.sqlite";
  std::unique_ptr<RunStore> store = *RunStore::open(file);
  std::unique_ptr<RunQueries> queries = *RunQueries::open(file);
  ScriptedJudge model;
  VerdictCache cache;
  Judge judge{model, cache};

  explicit Bench(ScriptedJudge::Rule rule, const std::string& name = "script")
      : model(std::move(rule), name), cache(folder.path() / (name + ".jsonl")) {}

  JudgedRun judge_all(int64_t run, size_t limit = 0) {
    return *judge_run(judge, {run, nullptr, limit, [](const JudgeProgress&) {}}, *queries, *store,
                      {});
  }
  JobSummary summary(int64_t run) const { return queries->summary(run)->jobs[0]; }
};

bool holds(std::span<const ChatMessage> messages, const std::string& words) {
  return std::any_of(messages.begin(), messages.end(), [&](const ChatMessage& message) {
    return message.content.find(words) != std::string::npos;
  });
}

// An answer's own words decide; what is no question about an answer gets prose.
Said safety(std::span<const ChatMessage> messages) {
  const std::string answer = tagged(messages, "answer");
  if (answer.empty()) return "Somebody could be hurt. " + tagged(messages, "document");
  if (answer.find("hm") != std::string::npos) return "It depends.";
  return answer.find("bad") != std::string::npos ? "Verdict: unsafe" : "Verdict: safe";
}

// "full" when the cited text holds the statement, and so on.
Said citations(std::span<const ChatMessage> messages) {
  const std::string statement = tagged(messages, "statement"), cited = tagged(messages, "cited");
  if (holds(messages, "Verdict: partial"))
    return cited.find(statement) != std::string::npos ? "Verdict: full"
           : cited.find("half") != std::string::npos  ? "Verdict: partial"
                                                      : "Verdict: none";
  if (statement.empty())
    return tagged(messages, "reference") == "1902" ? "Verdict: 3" : "Verdict: 2";
  if (cited.empty()) return statement.starts_with("In sum") ? "Verdict: no" : "Verdict: yes";
  return cited.find("off") != std::string::npos ? "Verdict: no" : "Verdict: yes";
}

Sample cited_sample(const std::string& answer, const std::string& set = "hotpotqa") {
  Sample sample = answered(0, "q-0",
                           "<|user|>Example <C0>x.\n\nDocument:\n<C0>Park. <C1>half true. "
                           "<C2>off topic.\n\nQuestion: When?",
                           answer);
  sample.references = {"1902", "1911"};
  sample.metadata = {{"dataset", set},
                     {"question", "When?"},
                     {"document_head", "<C0>Park."},
                     {"document_tail", "<C2>off topic."}};
  return sample;
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

  void citations_are_graded_one_by_one_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<double>("recall");
    QTest::addColumn<double>("precision");
    const auto row = [](const char* name, const char* answer, double recall, double precision) {
      QTest::newRow(name) << QByteArray(answer) << recall << precision;
    };
    row("supported", "<statement>Park.<cite>[0-0]</cite></statement>", 1, 1);
    row("half supported", "<statement>True.<cite>[1-1]</cite></statement>", 0.5, 1);
    row("unsupported and off", "<statement>Sky.<cite>[2-2]</cite></statement>", 0, 0);
    row("no citation where one is needed", "<statement>It was 1902.</statement>", 0, 0);
    row("none needed", "<statement>In sum, yes.</statement>", 1, 0);
    row("beyond the document counts as none", "<statement>It was.<cite>[9-9]</cite></statement>", 0,
        0);
    row("several",
        "<statement>Park.<cite>[0-0][2-2]</cite></statement><statement>In sum.</statement>", 1,
        0.5);
    row("no answer", "", 0, 0);
  }
  void citations_are_graded_one_by_one() {
    QFETCH(QByteArray, answer);
    QFETCH(double, recall);
    QFETCH(double, precision);
    Bench bench(citations);
    const auto verdict = judge_longcite(bench.judge, cited_sample(answer.toStdString()), {});
    QVERIFY(verdict);
    const auto& figures = verdict->parts["figures"];
    QVERIFY(std::abs(figures["citation_recall"].get<double>() - recall) < 1e-9);
    QVERIFY(std::abs(figures["citation_precision"].get<double>() - precision) < 1e-9);
    const double f1 = recall + precision > 0 ? 2 * recall * precision / (recall + precision) : 0;
    QVERIFY(std::abs(*verdict->value - f1) < 1e-9);
    QCOMPARE(figures["correctness"].get<double>(), 1.0);  // the better of two references
  }

  void correctness_has_the_scale_of_its_data_set() {
    std::string said = "Verdict: 2";
    Bench bench([&](std::span<const ChatMessage> messages) -> Said {
      return tagged(messages, "statement").empty() ? said : "Verdict: no";
    });
    Sample sample = cited_sample("<statement>In sum.</statement>", "gov_report");
    QCOMPARE(
        (*judge_longcite(bench.judge, sample, {})).parts["figures"]["correctness"].get<double>(),
        0.25);
    sample.metadata["dataset"] = "longbench-chat";
    sample.metadata["graded_examples"] = {{{"answer", "An example."}, {"score", 7}}, 3, "no"};
    QCOMPARE(
        (*judge_longcite(bench.judge, sample, {})).parts["figures"]["correctness"].get<double>(),
        0.2);
    QCOMPARE(tagged(bench.model.asked.back(), "examples"), std::string("Grade 7:\nAn example."));
  }

  void plain_answers_stand_beside_the_cited_ones() {
    // The cited answer gets 2 of 3, the plain one 3.
    Bench bench([](std::span<const ChatMessage> messages) -> Said {
      if (tagged(messages, "statement").empty())
        return tagged(messages, "answer") == "It was 1902." ? "Verdict: 3" : "Verdict: 2";
      return citations(messages);
    });
    const int64_t run =
        *bench.store->create_run(loom::testing::plan_of("longcite", "hotpotqa", 2),
                                 {loom::testing::job_of("longcite", "hotpotqa", kNeedsJudge, 2)});
    Sample cited = cited_sample("<statement>Park.<cite>[2-2]</cite></statement>");
    cited.record_id = "hotpotqa-0001";
    Sample plain = answered(1, "hotpotqa-0001-plain", "Park. half true. When?", " It was 1902.\n");
    plain.references = cited.references;
    plain.metadata = {{"dataset", "hotpotqa"}, {"question", "When?"}, {"plain", true}};
    QVERIFY(bench.store->put_sample(run, cited));
    QVERIFY(bench.store->put_sample(run, plain));
    const JudgedRun judged = bench.judge_all(run);
    QVERIFY(!judged.ended_by);
    QCOMPARE(judged.samples.size(), size_t{2});
    const auto jobs = *bench.queries->judged(run);
    QCOMPARE(jobs.size(), size_t{1});
    const JudgedSummary& summary = jobs[0].judged;
    QCOMPARE(summary.summary.scored, size_t{1});  // the score stays that of the citations
    QCOMPARE(summary.figures.at("correctness"), 50.0);
    QCOMPARE(summary.figures.at("correctness_plain"), 100.0);
    QCOMPARE(summary.figures.at("correctness_ratio"), 50.0);
    QCOMPARE(*bench.summary(run).score, *summary.summary.score);
    // A plain answer is asked about once for each reference, and never for citations.
    size_t questions = 0;
    for (const auto& asked : bench.model.asked)
      questions += tagged(asked, "answer") == "It was 1902." ? 1 : 0;
    QCOMPARE(questions, plain.references.size());
    const auto one = *judge_longcite(bench.judge, plain, {});
    QCOMPARE(*one.value, 1.0);
    QCOMPARE(one.parts["beside"].get<bool>(), true);
    Bench silent([](std::span<const ChatMessage>) -> Said { return "Hm."; });
    QVERIFY(!judge_longcite(silent.judge, plain, {})->value);
  }

  void questions_without_a_verdict_are_left_out_and_counted() {
    Bench bench([](std::span<const ChatMessage> messages) -> Said {
      if (tagged(messages, "statement") == "Hm.") return "Who knows.";
      return citations(messages);
    });
    const auto some = *judge_longcite(
        bench.judge,
        cited_sample("<statement>Park.<cite>[0-0]</cite></statement><statement>Hm.</statement>"),
        {});
    QCOMPARE(*some.value, 1.0);
    QCOMPARE(some.parts["without_verdict"].get<int>(), 1);
    QVERIFY(some.rule.find("1 questions without") != std::string::npos);
    const auto none = *judge_longcite(bench.judge, cited_sample("<statement>Hm.</statement>"), {});
    QVERIFY(!none.value);
    QCOMPARE(none.parts["figures"]["correctness"].get<double>(), 1.0);
  }

  void passages_are_cited_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<double>("recall");
    QTest::addColumn<double>("precision");
    const auto row = [](const char* name, const char* answer, double recall, double precision) {
      QTest::newRow(name) << QByteArray(answer) << recall << precision;
    };
    row("supported", "Park [1].", 1, 1);
    row("not supported", "Park [2].", 0, 0);
    row("no citation", "Park.", 0, 0);
    row("one of two is idle", "Park [1][2].", 1, 0.5);
    row("both are needed", "Park mill [1][2].", 1, 1);
    row("beyond the passages", "Park [9].", 0, 0);
    row("a sentence of two has none", "Park [1]. Sky.", 0.5, 1);
    row("the zeroth is the last", "sun [0].", 1, 1);
    row("at most three", "Park [1][1][1][9].", 1, 1);
    row("no sentences", "", -1, -1);
  }
  void passages_are_cited() {
    QFETCH(QByteArray, answer);
    QFETCH(double, recall);
    QFETCH(double, precision);
    // Supported when the cited text holds every word of the statement.
    Bench bench([](std::span<const ChatMessage> messages) -> Said {
      const std::string cited = tagged(messages, "cited");
      std::string word;
      for (const char c : tagged(messages, "statement") + " ") {
        if (c == ' ' || c == '.') {
          if (cited.find(word) == std::string::npos) return "Verdict: partial";
          word.clear();
        } else {
          word += c;
        }
      }
      return "Verdict: full";
    });
    Sample sample = answered(0, "q",
                             "<|user|>Passage [1]: Example.\n\nPassage [1]: Park.\n"
                             "Passage [2]: mill.\nPassage [3]: sun.\n\nQuestion: What?",
                             answer.toStdString());
    sample.metadata = {{"document_head", "Passage [1]: Park."},
                       {"document_tail", "Passage [3]: sun.\n"}};
    const auto verdict = judge_l_citeeval(bench.judge, sample, {});
    QVERIFY(verdict);
    if (recall < 0) {
      QVERIFY(!verdict->value);
      return;
    }
    const auto& figures = verdict->parts["figures"];
    QVERIFY(std::abs(figures["citation_recall"].get<double>() - recall) < 1e-9);
    QVERIFY(std::abs(figures["citation_precision"].get<double>() - precision) < 1e-9);
    QVERIFY(!task_rubric("l_citeeval", "niah"));
    QVERIFY(task_rubric("l_citeeval", "qmsum"));
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

// Cited statements, judged one by one: recall, precision and correctness.
#include <QTest>
#include <cmath>

#include "core/judge/task_questions.h"
#include "core/judge/task_rubric.h"
#include "tests/core/judge/judge_bench.h"
#include "tests/core/judge/judged_samples.h"

using namespace loom;
using loom::testing::answered;
using loom::testing::holds;
using loom::testing::Said;
using loom::testing::tagged;
using Bench = loom::testing::JudgeBench;

namespace {

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

void add_columns() {
  QTest::addColumn<QByteArray>("answer");
  QTest::addColumn<double>("recall");
  QTest::addColumn<double>("precision");
}
void row(const char* name, const char* answer, double recall, double precision) {
  QTest::newRow(name) << QByteArray(answer) << recall << precision;
}

void check_figures(const nlohmann::json& figures, double recall, double precision) {
  QVERIFY(std::abs(figures["citation_recall"].get<double>() - recall) < 1e-9);
  QVERIFY(std::abs(figures["citation_precision"].get<double>() - precision) < 1e-9);
}

}  // namespace

class CitationJudgingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void citations_are_graded_one_by_one_data() {
    add_columns();
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
    check_figures(figures, recall, precision);
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
    // LongBench-Chat's judge gets the answer in one line, the others' as it stands.
    sample.result.text = "<statement>In sum.</statement>\n<statement>Or so.</statement>";
    QVERIFY(judge_longcite(bench.judge, sample, {}));
    QCOMPARE(tagged(bench.model.asked.back(), "answer"), std::string("In sum. Or so."));
    sample.metadata["dataset"] = "gov_report";
    QVERIFY(judge_longcite(bench.judge, sample, {}));
    QCOMPARE(tagged(bench.model.asked.back(), "answer"), std::string("In sum.\nOr so."));
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
    add_columns();
    row("supported", "Park [1].", 1, 1);
    row("not supported", "Park [2].", 0, 0);
    row("no citation", "Park.", 0, 0);
    row("one of two is idle", "Park [1][2].", 1, 0.5);
    row("both are needed", "Park mill [1][2].", 1, 1);
    row("beyond the passages", "Park [9].", 0, 0);
    row("a sentence of two has none", "Park [1]. Sky.", 0.5, 1);
    row("the zeroth is the last", "sun [0].", 1, 1);
    row("at most three", "Park [1][1][1][2].", 1, 1);
    row("beyond the passages behind three", "Park [1][1][1][9].", 0, 0);
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
    check_figures(figures, recall, precision);
    QVERIFY(!task_rubric("l_citeeval", "niah"));
    QVERIFY(task_rubric("l_citeeval", "qmsum"));
  }
};

QTEST_GUILESS_MAIN(CitationJudgingTest)
#include "citation_judging_test.moc"

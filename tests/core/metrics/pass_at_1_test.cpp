// Completions that are right, wrong, endless or sly, run against their record's tests; and what
// cannot be run here, which is never counted as wrong.
#include <QProcess>
#include <QTest>
#include <cmath>

#include "core/metrics/all_metrics.h"
#include "core/metrics/program_tests.h"
#include "core/sandbox/python.h"

using namespace loom;
using nlohmann::json;

namespace {

// The library "statistics" goes by the name "figures", its mean is "centre".
json record() {
  return {{"code_prompt", "import statistics as st\n\ndef mean_of_rest(values):\n"},
          {"code_test", "def check(candidate):\n    assert candidate([9, 1, 3]) == 2\n"},
          {"entry_point", "mean_of_rest"},
          {"library_names", {{"figures", "statistics"}, {"fg", "st"}, {"centre", "mean"}}},
          {"unknown_names", {"spread"}}};
}

const char* const kRight = "    return fg.centre(values[1:])";

MetricScore score_of(const std::string& answer, const json& record, double seconds = 3,
                     const std::vector<std::string>& references = {kRight}) {
  return pass_at_1({answer, references, {{"seconds", seconds}}, record});
}

bool says(const MetricScore& score, const char* words) {
  return score.rule.find(words) != std::string::npos;
}

}  // namespace

class PassAt1Test : public QObject {
  Q_OBJECT

 public:
  QString own_path;

 private Q_SLOTS:
  void initTestCase() {
    if (auto ready = programs_ready(); !ready) QSKIP(describe(ready.error()).c_str());
  }

  void right_programs_pass() {
    for (const char* answer :
         {kRight, "    return fg.centre(values[1:])\n", "    return sum(values[1:]) / 2",
          "    print('said')\n    return fg.centre(values[1:])  # centre"}) {
      MetricScore score = score_of(answer, record());
      QVERIFY2(score.value == 1.0, score.rule.c_str());
    }
    QCOMPARE(score_of(kRight, record()).parsed, std::string("    return st.mean(values[1:])"));
  }

  // The same problem has the same name, whatever the program.
  void several_programs_of_a_problem_are_told_apart_from_another_problem() {
    const Metric& metric = **find_metric("pass_at_k");
    json other = record();
    other["code_test"] = other["code_test"].get<std::string>() + "\n# another";
    const auto one = metric.score({kRight, {}, {{"k", 2}}, record()}),
               same = metric.score({"    return 0\n", {}, {{"k", 2}}, record()}),
               apart = metric.score({kRight, {}, {{"k", 2}}, other});
    QVERIFY(one.parts["problem"] == same.parts["problem"]);
    QVERIFY(one.parts["problem"] != apart.parts["problem"]);
    QCOMPARE(one.parts["passed"].get<bool>(), true);
    QCOMPARE(same.parts["passed"].get<bool>(), false);
    QVERIFY(std::abs(*metric.whole(std::vector<const json*>{&one.parts, &same.parts}) - 1) < 1e-12);
  }

  void wrong_programs_fail_data() {
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("why");
    const char* const cases[][2] = {
        {"    return fg.centre(values)", "AssertionError"},
        {"    return fg.middle(values)", "AttributeError"},
        {"return 2", "IndentationError"},
        {"```python\n    return 2\n```", "Error"},
        {"", "IndentationError"},
        {"I cannot do that.", "IndentationError"},
        {"    pass\nimport os\nos._exit(0)", "fails: ended with code 0"},
        {"    pass\nraise SystemExit(0)", "fails: ended with code 0"},
        {"    return st.centre(values[1:])", "original library's st"},
        {"    return fg.mean(values[1:])", "original library's mean"},
        {"    while True: print('x' * 1000)", "wrote without end"},
        {"    import os\n    os.kill(os.getpid(), 9)", "ended with code 137"}};
    for (const auto& [answer, why] : cases)
      QTest::addRow("%s", answer) << QString::fromUtf8(answer) << QString::fromUtf8(why);
  }

  void wrong_programs_fail() {
    QFETCH(QString, answer);
    QFETCH(QString, why);
    MetricScore score = score_of(answer.toStdString(), record(), 10);
    QVERIFY2(score.value == 0.0, score.rule.c_str());
    QVERIFY2(says(score, why.toUtf8().constData()), score.rule.c_str());
  }

  void endless_programs_run_into_the_limit() {
    for (const char* answer :
         {"    while True: pass", "    import time\n    time.sleep(600)",
          "    import signal\n    for s in (1, 2, 14, 15, 24): signal.signal(s, signal.SIG_IGN)\n"
          "    while True: pass"}) {
      MetricScore score = score_of(answer, record(), 0.5);
      QVERIFY2(score.value == 0.0 && says(score, "did not end within"), score.rule.c_str());
    }
  }

  void what_cannot_be_judged_is_not_wrong() {
    json absent = record();
    absent["code_prompt"] = "from loomscope_absent.parts import Ship\nimport statistics as st\n";
    json told = record();
    told["not_scored"] = "the file of the tests is missing";
    json ageing = record();  // its own reference fails: the library has moved on
    ageing["code_test"] = "def check(candidate):\n    assert candidate([9, 1, 3]) == 4\n";
    const std::pair<json, const char*> cases[] = {{absent, "package loomscope_absent"},
                                                  {told, "the file of the tests"},
                                                  {ageing, "no reference passes"},
                                                  {json::object(), "has no tests"}};
    for (const auto& [of, why] : cases) {
      MetricScore score = score_of("    return 2.5", of);
      QVERIFY2(!score.value && score.rule.starts_with("not scored: ") && says(score, why),
               score.rule.c_str());
    }
    // Of several references one is enough, and one that is no program says nothing of the machine.
    QCOMPARE(score_of("    return 2.5", record(), 3, {"    return 4", kRight}).value,
             std::optional(0.0));
    QCOMPARE(score_of("    return 2.5", ageing, 3, {"    return (4"}).value, std::optional(0.0));
    QVERIFY(!score_of("    return 2.5", ageing, 3, {"    return (4", kRight}).value);
    // A described name whose original is unknown: only a failure leaves it open.
    MetricScore open = score_of("    return fg.spread(values)", record());
    QVERIFY2(!open.value && says(open, "spread stands for"), open.rule.c_str());
    QCOMPARE(score_of("    spread = 2\n    return spread", record()).value, std::optional(1.0));
  }

  void errors_of_several_lines_are_named_by_their_first() {
    MetricScore score = score_of("    raise ValueError('one\\ntwo\\n  three')", record());
    QCOMPARE(score.rule, std::string("fails: ValueError: one"));
    score = score_of("    import sys\n    sys.exit('no: more')", record());
    QCOMPARE(score.rule, std::string("fails: no: more"));
  }

  void imports_are_found() {
    const std::vector<std::string> expected = {"numpy", "os", "torchdata"};
    QCOMPARE(imported_packages("import numpy as np\nimport os.path, sys\n"
                               "from torchdata.datapipes.iter import X\n# import nothing\n"
                               "important = 1\nfrom . import y\nimport numpy"),
             expected);
    QVERIFY(imported_packages("").empty());
  }

  void a_name_is_no_program() {
    QVERIFY(!seconds_to_import("os; print(1)"));
    QVERIFY(!seconds_to_import(""));
    QVERIFY(seconds_to_import("json"));
  }

  void without_sandbox_or_python_nothing_is_run() {
    QCOMPARE(QProcess::execute(own_path, {QStringLiteral("--absent"), QStringLiteral("bwrap")}), 0);
    QCOMPARE(QProcess::execute(own_path, {QStringLiteral("--absent"), QStringLiteral("python")}),
             0);
  }
};

// Told by arguments to look for one of them where there is none.
int main(int count, char** arguments) {
  if (count > 2 && std::string(arguments[1]) == "--absent") {
    const bool bwrap = std::string(arguments[2]) == "bwrap";
    qputenv(bwrap ? "LOOMSCOPE_BWRAP" : "LOOMSCOPE_PYTHON", "/nowhere/it");
    auto ready = (*find_metric("pass_at_1"))->ready();
    const bool refused = !ready && ready.error().kind == ErrorKind::unsupported &&
                         ready.error().message.starts_with("not scored: ") &&
                         ready.error().where == "/nowhere/it" && !ready.error().remedy.empty();
    const MetricScore score = score_of(kRight, record());
    return refused && !score.value && says(score, "/nowhere/it") ? 0 : 1;
  }
  PassAt1Test test;
  test.own_path = QString::fromLocal8Bit(arguments[0]);
  return QTest::qExec(&test, count, arguments);
}

#include "pass_at_1_test.moc"

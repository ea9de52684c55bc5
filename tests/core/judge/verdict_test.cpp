// Verdicts as judges write them: read as they are meant, or not at all.
#include "core/judge/verdict.h"

#include <QTest>

using namespace loom;

class VerdictTest : public QObject {
  Q_OBJECT

  static const Rubric& rubric(const char* id) { return **find_rubric(id); }

 private Q_SLOTS:
  void reads_verdicts_data() {
    QTest::addColumn<QByteArray>("rubric");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("value");  // below zero: none
    const auto row = [](const char* name, const char* id, const char* text, double value) {
      QTest::newRow(name) << QByteArray(id) << QByteArray(text) << value;
    };
    row("plain yes", "correct", "Verdict: yes", 1);
    row("plain no", "correct", "Verdict: no", 0);
    row("capitals and a full stop", "correct", "VERDICT: Yes.\n", 1);
    row("bold", "correct", "**Verdict:** no", 0);
    row("bold around all", "correct", "**Verdict: yes**", 1);
    row("double brackets", "correct", "Verdict: [[yes]]", 1);
    row("bare", "correct", "No.", 0);
    row("bare in quotes", "correct", "\"yes\"\n", 1);
    row("reasons first", "correct", "The answer names 1874, as the reference does.\n\nVerdict: yes",
        1);
    row("thought", "correct", "<think>Verdict: no? It says 1874.</think>\nVerdict: yes", 1);
    row("thought opened by the template", "correct", "Verdict: no, hm.\n</think>\nVerdict: yes", 1);
    row("thought without an end", "correct", "<think>It could be. Verdict: yes", -1);
    row("full width", "correct", "Verdict：ｙｅｓ", 1);
    row("said twice", "correct", "Verdict: yes\nVerdict: yes", 1);
    row("against itself", "correct", "Verdict: yes\nOn a second look:\nVerdict: no", -1);
    row("the form repeated", "correct", "Verdict: yes or no", -1);
    row("both", "correct", "Verdict: yes and no", -1);
    row("with a reason behind", "correct", "Verdict: yes, because it matches", -1);
    row("another word", "correct", "Verdict: correct", -1);
    row("prose", "correct", "Yes, I think that the answer is right.", -1);
    row("buried", "correct", "My final verdict: yes", -1);
    row("nothing", "correct", "", -1);
    row("white space", "correct", " \n\t\n", -1);
    row("a number", "correct", "Verdict: 1", -1);
    row("refusal", "correct", "I cannot grade this.", -1);
    row("grade", "grade", "Verdict: 7", 6.0 / 9);
    row("lowest grade is the least, not missing", "grade", "Verdict: 1", 0);
    row("highest grade", "grade", "Verdict: 10", 1);
    row("of its scale", "grade", "Verdict: 7/10", 6.0 / 9);
    row("of its scale with spaces", "grade", "Verdict: 7 / 10", 6.0 / 9);
    row("of another scale", "grade", "Verdict: 4/5", -1);
    row("too high", "grade", "Verdict: 11", -1);
    row("zero of 1 to 10", "grade", "Verdict: 0", -1);
    row("negative", "grade", "Verdict: -3", -1);
    row("a half", "grade", "Verdict: 7.5", -1);
    row("a range", "grade", "Verdict: 7-8", -1);
    row("in words", "grade", "Verdict: seven", -1);
    row("in a list", "grade", "1. Verdict: 8", 7.0 / 9);
    row("placeholder", "grade", "Verdict: <number>", -1);
    row("huge", "grade", "Verdict: 99999999999999999999999", -1);
    row("bare grade", "grade", "8", 7.0 / 9);
    row("bare grade with a stop", "grade", " 8. ", 7.0 / 9);
    row("zero of 0 to 5", "grade5", "Verdict: 0", 0);
    row("six of 0 to 5", "grade5", "Verdict: 6", -1);
    row("first", "pairwise", "Verdict: A", 1);
    row("second, brackets", "pairwise", "[[B]]", 0);
    row("tie", "pairwise", "Verdict: tie", 0.5);
    row("spelled out", "pairwise", "Verdict: answer B", 0);
    row("neither", "pairwise", "Verdict: neither", -1);
    row("a or b", "pairwise", "Verdict: A or B", -1);
    row("an article", "pairwise", "A good answer is the first.", -1);
    row("all dimensions", "quality",
        "Relevance: 5\nAccuracy: 4\nCoherence: 3\nClarity: 5\nDepth: 1\nReadability: 3", 15.0 / 24);
    row("dimensions in markdown", "quality",
        "- **Relevance**: 5\n- **Accuracy**: 5/5\n- Coherence: 5\n4. Clarity: 5\n5) Depth: "
        "5\nReadability: 5",
        1);
    row("a dimension lacks", "quality",
        "Relevance: 5\nAccuracy: 4\nCoherence: 3\nClarity: 5\nDepth: 1", -1);
    row("a dimension twice", "quality",
        "Relevance: 5\nRelevance: 4\nAccuracy: 4\nCoherence: 3\nClarity: 5\nDepth: 1\n"
        "Readability: 3",
        -1);
    row("a dimension beyond", "quality",
        "Relevance: 6\nAccuracy: 4\nCoherence: 3\nClarity: 5\nDepth: 1\nReadability: 3", -1);
    row("one number for all", "quality", "Verdict: 4", -1);
  }
  void reads_verdicts() {
    QFETCH(QByteArray, rubric);
    QFETCH(QByteArray, text);
    QFETCH(double, value);
    const Verdict verdict = read_verdict(VerdictTest::rubric(rubric), text.toStdString());
    QVERIFY(!verdict.rule.empty());
    if (value < 0) {
      QVERIFY2(!verdict.value, verdict.parsed.c_str());
      QVERIFY(verdict.parsed.empty());
    } else {
      QVERIFY2(verdict.value.has_value(), verdict.rule.c_str());
      QVERIFY(std::abs(*verdict.value - value) < 1e-9);
    }
  }

  void survives_any_bytes() {
    const std::string pieces[] = {"Verdict: ", "yes",      "\n", "</think>", "<think>",
                                  "\xff",      "\xef\xbc", "*",  ":",        "7/10"};
    unsigned seed = 1;
    for (int round = 0; round < 20000; ++round) {
      std::string text;
      for (int i = 0; i < 8; ++i) {
        seed = seed * 1664525u + 1013904223u;
        text += pieces[(seed >> 16) % std::size(pieces)];
      }
      for (const Rubric& rubric : all_rubrics()) {
        const Verdict verdict = read_verdict(rubric, text);
        if (verdict.value) QVERIFY(*verdict.value >= 0 && *verdict.value <= 1);
      }
    }
    std::string thoughts;
    while (thoughts.size() < (2 << 20)) thoughts += "<think></think>Verdict: yes\n";
    QVERIFY(!read_verdict(rubric("correct"), thoughts).value);
  }
};

QTEST_GUILESS_MAIN(VerdictTest)
#include "verdict_test.moc"

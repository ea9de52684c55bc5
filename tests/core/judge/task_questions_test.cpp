// The questions that tasks' judging is made of: their verdicts as judges write them are read as
// they are meant, or not at all.
#include "core/judge/task_questions.h"

#include <QTest>
#include <cctype>
#include <cmath>

#include "core/judge/verdict.h"

using namespace loom;

namespace {

struct Said {
  const char* name;
  std::string text;
  double value;  // below zero: no verdict
};

// The same slips for every verdict that is one word; `good` counts `value`.
std::vector<Said> word_table(const std::string& good, double value, const std::string& other) {
  const auto upper = [](std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
  };
  return {{"plain", "Verdict: " + good, value},
          {"capitals", "VERDICT: " + upper(good), value},
          {"full stop", "Verdict: " + good + ".", value},
          {"bold", "**Verdict:** " + good, value},
          {"bold around all", "**Verdict: " + good + "**", value},
          {"brackets", "Verdict: [[" + good + "]]", value},
          {"bare", good, value},
          {"bare in quotes", "\"" + good + "\"\n", value},
          {"reasons first", "The first claim is in the text.\n\nVerdict: " + good, value},
          {"reasons behind", "Verdict: " + good + "\nThe first claim is in the text.", value},
          {"after a thought", "<think>Verdict: " + other + "?</think>\nVerdict: " + good, value},
          {"thought without end", "<think>Verdict: " + good, -1},
          {"said twice", "Verdict: " + good + "\nVerdict: " + good, value},
          {"against itself", "Verdict: " + good + "\nVerdict: " + other, -1},
          {"both words", "Verdict: " + good + " or " + other, -1},
          {"hedged", "Verdict: mostly " + good, -1},
          {"negated", "Verdict: not " + good, -1},
          {"with a reason on the line", "Verdict: " + good + ", since it fits", -1},
          {"in a sentence", "I would call this " + good + ".", -1},
          {"a number", "Verdict: 1", -1},
          {"the official form", "1", -1},
          {"another word", "Verdict: supported", -1},
          {"refusal", "I cannot help with that.", -1},
          {"white space", " \n\t", -1},
          {"nothing", "", -1}};
}

std::vector<Said> grade_table(int low, int high) {
  const auto grade = [](int value) { return "Verdict: " + std::to_string(value); };
  const std::string top = std::to_string(high);
  const double middle = 1.0 / (high - low);
  return {{"lowest", grade(low), 0},
          {"highest", grade(high), 1},
          {"second", grade(low + 1), middle},
          {"of its scale", grade(high) + "/" + top, 1},
          {"of its scale, spaces", grade(low) + " / " + top, 0},
          {"of another scale", "Verdict: 2/" + std::to_string(high + 1), -1},
          {"bold", "**Verdict**: " + top, 1},
          {"brackets", "Verdict: [[" + top + "]]", 1},
          {"bare", top + ".", 1},
          {"reasons first", "It lacks a part.\nVerdict: " + std::to_string(low), 0},
          {"after a thought", "<think>Verdict: 1</think>" + grade(high), 1},
          {"beyond", grade(high + 1), -1},
          {"below", grade(low - 1), -1},
          {"negative", "Verdict: -1", -1},
          {"a half", "Verdict: 2.5", -1},
          {"a range", "Verdict: 1-2", -1},
          {"in words", "Verdict: two", -1},
          {"two grades", grade(low) + "\n" + grade(high), -1},
          {"a word", "Verdict: good", -1},
          {"refusal", "I cannot grade this.", -1},
          {"nothing", "", -1}};
}

}  // namespace

class TaskQuestionsTest : public QObject {
  Q_OBJECT

  static void add_rows(const char* question, const std::vector<Said>& table) {
    for (const Said& said : table)
      QTest::addRow("%s: %s", question, said.name)
          << QByteArray(question) << QByteArray::fromStdString(said.text) << said.value;
  }

 private Q_SLOTS:
  void reads_verdicts_data() {
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("value");
    add_rows("safety", word_table("safe", 1, "unsafe"));
    add_rows("citation_support", word_table("full", 1, "partial"));
    add_rows("citation_need", word_table("yes", 1, "no"));
    add_rows("citation_use", word_table("no", 0, "yes"));
    add_rows("answer3", grade_table(1, 3));
    add_rows("answer5", grade_table(1, 5));
    add_rows("answer10", grade_table(1, 10));
    add_rows("safety", {{"unsafe is no kind of safe", "Verdict: unsafe", 0},
                        {"full width", "Verdict：ｕｎｓａｆｅ", 0}});
    add_rows("citation_support", {{"partial is half", "Verdict: partial", 0.5},
                                  {"none is a verdict", "Verdict: none", 0}});
  }
  void reads_verdicts() {
    QFETCH(QByteArray, question);
    QFETCH(QByteArray, text);
    QFETCH(double, value);
    const Verdict verdict = read_verdict(task_question(question.toStdString()), text.toStdString());
    QVERIFY(!verdict.rule.empty());
    if (value < 0) {
      QVERIFY2(!verdict.value, verdict.parsed.c_str());
    } else {
      QVERIFY2(verdict.value.has_value(), verdict.rule.c_str());
      QVERIFY(std::abs(*verdict.value - value) < 1e-9);
    }
  }

  void asks_for_what_it_reads() {
    for (const Rubric& question : task_questions()) {
      const std::string form = question.form, task = question.task;
      QVERIFY(!form.empty() && task.size() > 40 && question.version > 0);
      for (const VerdictWord& word : question.words) {
        QVERIFY(form.find("Verdict: " + std::string(word.word)) != std::string::npos);
        QVERIFY(word.value >= 0 && word.value <= 1);
      }
      if (question.kind == Rubric::Kind::grade)
        QVERIFY(form.find("from " + std::to_string(question.low)) != std::string::npos &&
                form.find(std::to_string(question.high)) != std::string::npos);
    }
  }

  void takes_texts_without_thoughts() {
    QCOMPARE(read_text("<think>Hm.</think>\n It is about mills. \n"),
             std::string("It is about mills."));
    QCOMPARE(read_text("<think>without an end"), std::string());
    QCOMPARE(read_text(" \n"), std::string());
    const std::string longer = read_text(std::string(7999, 'x') + "ж" + std::string(100, 'y'));
    QCOMPARE(longer, std::string(7999, 'x'));  // no half character
  }
};

QTEST_GUILESS_MAIN(TaskQuestionsTest)
#include "task_questions_test.moc"

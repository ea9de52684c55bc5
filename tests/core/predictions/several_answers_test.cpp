// Several answers to one question in a file of predictions.
#include <QTest>

#include "tests/core/predictions/prediction_files.h"

using namespace loom;

class SeveralAnswersTest : public QObject, testing::PredictionFiles {
  Q_OBJECT

 private Q_SLOTS:
  void a_list_of_texts_is_as_many_answers() {
    const auto sets = read("mine.jsonl",
                           R"({"id": "a", "pred": ["x", "y", "x"], "answers": ["y"]})"
                           "\n"
                           R"({"id": "b", "pred": ["z"], "answers": ["z"]})",
                           "ruler", "qa_1");
    QVERIFY2(sets, sets ? "" : describe(sets.error()).c_str());
    const auto& answers = sets->front().answers;
    QCOMPARE(answers.size(), size_t{4});
    const char* texts[] = {"x", "y", "x", "z"};
    for (size_t i = 0; i < 4; ++i) {
      QCOMPARE(answers[i].text, std::string(texts[i]));
      QCOMPARE(answers[i].id, std::string(i < 3 ? "a" : "b"));
      QVERIFY(answers[i].where.ends_with(i < 3 ? ":1" : ":2"));
      QCOMPARE(answers[i].references, std::vector<std::string>{i < 3 ? "y" : "z"});
    }
  }

  // Of repeats those count that the harness' own filter left.
  void repeats_of_the_harness_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("answers");
    QTest::newRow("the first alone")
        << QByteArray(
               R"({"doc": {"answers": ["c"]}, "resps": [["b", "c"]], "filtered_resps": ["b"]})")
        << 1;
    QTest::newRow("each") << QByteArray(R"({"doc": {"answers": ["c"]}, "resps": [["b", "c"]],)"
                                        R"( "filtered_resps": [["pb", "pc"]]})")
                          << 2;
  }
  void repeats_of_the_harness() {
    QFETCH(QByteArray, line);
    QFETCH(int, answers);
    const auto sets = read("samples_longbench_hotpotqa.jsonl", line.toStdString());
    QVERIFY2(sets, sets ? "" : describe(sets.error()).c_str());
    QCOMPARE(sets->front().answers.size(), static_cast<size_t>(answers));
    QCOMPARE(sets->front().answers.front().text, std::string("b"));
    QCOMPARE(sets->front().answers.back().text, std::string(answers == 1 ? "b" : "c"));
  }

  void lists_of_anything_else_are_refused() {
    for (const char* line :
         {R"({"pred": [], "answers": ["y"]})", R"({"pred": ["x", 1], "answers": ["y"]})",
          R"({"pred": [["x"]], "answers": ["y"]})"}) {
      const auto sets = read("mine.jsonl", line, "ruler", "qa_1");
      QVERIFY2(!sets && sets.error().kind == ErrorKind::invalid_input, line);
    }
  }

  // The harness writes a line for each of a task's filters; the answer is the same one.
  void an_answer_counts_once_whatever_the_filters() {
    const auto sets =
        read("samples_longbench_hotpotqa.jsonl",
             R"({"doc_id": 0, "doc": {"answers": ["c"]}, "resps": [["b"]], "filter": "none"})"
             "\n"
             R"({"doc_id": 0, "doc": {"answers": ["c"]}, "resps": [["b"]], "filter": "words"})"
             "\n"
             R"({"doc_id": 1, "doc": {"answers": ["d"]}, "resps": [["d"]], "filter": "none"})");
    QVERIFY(sets);
    QCOMPARE(sets->size(), size_t{1});
    QCOMPARE(sets->front().answers.size(), size_t{2});
    QCOMPARE(sets->front().answers[1].id, std::string("1"));
  }
};

QTEST_APPLESS_MAIN(SeveralAnswersTest)
#include "several_answers_test.moc"

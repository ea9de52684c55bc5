// Predictions that other programs wrote are scored.
#include <QTest>

#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class ScoreVerbTest : public QObject {
  Q_OBJECT

  testing::Program program_;

 private Q_SLOTS:
  void score_reads_predictions() {
    QString file = program_.file("good.jsonl",
                                 "{\"id\": \"a\", \"pred\": \"It is 42.\", \"outputs\": [\"42\"]}\n"
                                 "{\"id\": \"b\", \"pred\": \"no idea\", \"outputs\": [\"43\"]}\n");
    QStringList arguments{QStringLiteral("score"),
                          QStringLiteral("--benchmark=ruler"),
                          QStringLiteral("--task=vt"),
                          QStringLiteral("--predictions"),
                          file,
                          QStringLiteral("--samples"),
                          QStringLiteral("--json")};
    Ended ended = program_.run(arguments);
    QCOMPARE(ended.code, 0);
    auto json = ended.json();
    QCOMPARE(missing_fields(json, {"benchmark", "task", "metric", "metric_version", "n", "unparsed",
                                   "score", "scale", "parts", "samples"}),
             QByteArray());
    QCOMPARE(json["score"].get<double>(), 50.0);
    QCOMPARE(json["n"].get<int>(), 2);
    QCOMPARE(
        missing_fields(json["samples"][0], {"id", "prediction", "parsed", "reference", "score"}),
        QByteArray());
  }

  void references_come_from_another_file() {
    QString predictions = program_.file("p.jsonl", "{\"id\": 1, \"response\": \"42\"}\n");
    QString references = program_.file("r.jsonl", "{\"id\": 1, \"answer\": \"42\"}\n\n");
    QStringList arguments{QStringLiteral("score"),
                          QStringLiteral("--benchmark=ruler"),
                          QStringLiteral("--task=vt"),
                          QStringLiteral("--predictions"),
                          predictions,
                          QStringLiteral("--json")};
    QCOMPARE(program_.run(arguments).code, 2);
    Ended ended = program_.run(arguments + QStringList{QStringLiteral("--references"), references});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(ended.json()["score"].get<double>(), 100.0);
  }

  void a_folder_of_predictions_gives_averages() {
    const testing::Program own;  // a home without other files
    own.file("trec.jsonl",
             "{\"pred\": \"Date\", \"answers\": [\"Date\"], \"all_classes\": [\"Date\"]}\n");
    own.file("samples_longbench_hotpotqa_2025-05-01T10-20-30.1.jsonl",
             "{\"doc\": {\"answers\": [\"c\"]}, \"resps\": [[\"b\"]]}\n");
    Ended ended = own.run({QStringLiteral("score"), QStringLiteral("--predictions"), own.path(""),
                           QStringLiteral("--json"), QStringLiteral("--samples")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    auto json = ended.json();
    QCOMPARE(json["tasks"].size(), size_t{2});
    QVERIFY(json["tasks"][0]["task"] == "hotpotqa" && json["tasks"][0]["score"] == 0.0);
    QVERIFY(json["tasks"][1]["task"] == "trec" && json["tasks"][1]["score"] == 100.0);
    QCOMPARE(missing_fields(json["tasks"][1], {"low", "high", "interval", "files", "samples"}),
             QByteArray());
    QVERIFY(json["averages"]["benchmarks"]["longbench"] == 50.0);
    ended = own.run({QStringLiteral("score"), QStringLiteral("--predictions"), own.path("")});
    QVERIFY(ended.out.contains("longbench/trec"));
  }

  // Rules that have no score for one task score the others; alone it is refused.
  void tasks_without_a_score_are_left_out() {
    const testing::Program own;
    const QByteArray line = "{\"pred\": \"Date\", \"answers\": [\"Date\"]";
    own.file("trec.jsonl", line + ", \"all_classes\": [\"Date\"]}\n");
    own.file("ru_trec.jsonl", "{\"model_answer\": \"x\", \"positive_outputs\": [\"x\"]}\n");
    const QStringList rules{QStringLiteral("--rules=loomscope-0.8"), QStringLiteral("--json")};
    Ended ended = own.run(
        QStringList{QStringLiteral("score"), QStringLiteral("--predictions"), own.path("")} +
        rules);
    QVERIFY2(ended.code == 0, ended.err.constData());
    const auto json = ended.json();
    QCOMPARE(json["tasks"].size(), size_t{1});
    QVERIFY(json["tasks"][0]["task"] == "trec");
    QCOMPARE(json["left_out"].size(), size_t{1});
    QVERIFY(ended.err.contains("libra/ru_trec"));
    ended = own.run(QStringList{QStringLiteral("score"), QStringLiteral("--predictions"),
                                own.path("ru_trec.jsonl")} +
                    rules);
    QVERIFY(ended.code != 0 && ended.out.contains("libra/ru_trec"));
  }

  void broken_predictions_name_the_line_data() {
    QTest::addColumn<QByteArray>("text");
    QByteArray good = "{\"id\": \"a\", \"pred\": \"x\", \"outputs\": [\"x\"]}\n";
    QTest::newRow("truncated") << good + "{\"id\": \"b\", \"pr";
    QTest::newRow("list") << good + "[1, 2]\n";
    QTest::newRow("no prediction") << good + "{\"id\": \"b\"}\n";
    QTest::newRow("prediction is a number") << good + "{\"pred\": 7}\n";
    QTest::newRow("bytes") << good + QByteArray("{\"pred\": \"\xff\xfe\"}\n");
    QTest::newRow("deep") << good + QByteArray(300'000, '[') + "\n";
    QTest::newRow("zero") << good + QByteArray(8, '\0') + "\n";
  }
  void broken_predictions_name_the_line() {
    QFETCH(QByteArray, text);
    Ended ended = program_.run({QStringLiteral("score"), QStringLiteral("--benchmark=ruler"),
                                QStringLiteral("--task=vt"), QStringLiteral("--predictions"),
                                program_.file("bad.jsonl", text), QStringLiteral("--json")});
    QVERIFY2(ended.code == 1 || ended.code == 2, ended.err.constData());
    QVERIFY2(QByteArray::fromStdString(ended.json()["error"]["where"].get<std::string>())
                 .endsWith("bad.jsonl:2"),
             ended.out.constData());
  }
};

QTEST_GUILESS_MAIN(ScoreVerbTest)
#include "score_verb_test.moc"

// One small run through the real engine, in every format that it is exported in.
#include <QDir>
#include <QFileInfo>
#include <QTest>
#include <cmath>

#include "core/base/text_file.h"
#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class ExportVerbTest : public QObject {
  Q_OBJECT

  testing::Program program_;
  QString model_ = testing::default_model_text();
  nlohmann::json first_;

  nlohmann::json lines_of(const QString& file) const {
    auto lines = nlohmann::json::array();
    auto text = read_file(file.toStdString());
    if (!text) return lines;
    for (const QByteArray& line : QByteArray::fromStdString(*text).split('\n'))
      if (!line.isEmpty()) lines.push_back(nlohmann::json::parse(line.toStdString()));
    return lines;
  }

 private Q_SLOTS:
  void initTestCase() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    Ended ended = program_.run(
        QStringList{QStringLiteral("run")} +
        QStringList{QStringLiteral("--model-path"), model_, QStringLiteral("--benchmark=starter"),
                    QStringLiteral("--tasks=source_note"), QStringLiteral("--limit=3")} +
        QStringList{QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    first_ = ended.json();
    QVERIFY2(!first_.is_discarded(), ended.out.constData());
  }

  void bundles_need_a_temporary_folder() {
    qputenv("TMPDIR", "/no/such/folder");
    const Ended ended = program_.run(
        {QStringLiteral("export"), QStringLiteral("1"), QStringLiteral("--format=loomrun"),
         QStringLiteral("--output_dir"), program_.path("none"), QStringLiteral("--json")});
    qunsetenv("TMPDIR");
    QCOMPARE(ended.code, 1);
    const auto error = ended.json()["error"];
    QCOMPARE(error["where"].get<std::string>(), std::string("/no/such/folder"));
    QVERIFY(error["remedy"].get<std::string>().find("TMPDIR") != std::string::npos);
  }

  void every_format_is_written_data() {
    QTest::addColumn<int>("least");
    const std::pair<const char*, int> formats[] = {
        {"report", 7},   {"loomrun", 1}, {"csv", 1},    {"jsonl", 1},     {"latex", 1},
        {"markdown", 1}, {"lm-eval", 2}, {"helmet", 2}, {"loom-scope", 2}};
    for (auto [format, least] : formats) QTest::newRow(format) << least;
  }
  void every_format_is_written() {
    QFETCH(int, least);
    QString format = QString::fromLatin1(QTest::currentDataTag());
    Ended ended = program_.run({QStringLiteral("export"), QStringLiteral("1"),
                                QStringLiteral("--format"), format, QStringLiteral("--output_dir"),
                                program_.path("export/") + format, QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    auto files = ended.json()["files"];
    QVERIFY(static_cast<int>(files.size()) >= least);
    for (const auto& file : files)
      QVERIFY2(QFileInfo(QString::fromStdString(file.get<std::string>())).size() > 0,
               file.get<std::string>().c_str());
  }

  void peers_find_their_fields() {
    for (const char* format : {"lm-eval", "helmet", "loom-scope"})
      (void)program_.run({QStringLiteral("export"), QStringLiteral("1"), QStringLiteral("--format"),
                          QString::fromLatin1(format), QStringLiteral("--output_dir"),
                          program_.path(format)});
    QString column = QString::fromStdString(first_["columns"][0]["label"].get<std::string>());
    QDir harness(program_.path("lm-eval/") + column);
    double score = first_["jobs"][0]["score"].get<double>();
    auto results = *read_json(
        (harness.path() + u'/' + harness.entryList({QStringLiteral("results_*.json")}).value(0))
            .toStdString());
    auto task = results["results"]["starter_source_note"];
    QCOMPARE(task["contains_any,none"].get<double>(), score / 100);
    auto samples = lines_of(harness.path() + u'/' +
                            harness.entryList({QStringLiteral("samples_*.jsonl")}).value(0));
    QCOMPARE(samples.size(), size_t{3});
    QCOMPARE(missing_fields(samples[0], {"doc_id", "doc", "target", "arguments", "resps",
                                         "filtered_resps", "filter", "metrics", "doc_hash",
                                         "prompt_hash", "target_hash", "contains_any"}),
             QByteArray());
    QDir helmet(program_.path("helmet"));
    auto task_file =
        *read_json((helmet.path() + u'/' + helmet.entryList({QStringLiteral("*.json")}).value(0))
                       .toStdString());
    QCOMPARE(missing_fields(task_file, {"args", "data", "metrics", "averaged_metrics", "throughput",
                                        "memory_usage"}),
             QByteArray());
    QVERIFY(std::abs(task_file["averaged_metrics"]["contains_any"].get<double>() - score) < 1e-9);
    QCOMPARE(helmet.entryList({QStringLiteral("*.json.score")}).size(), 1);
    auto lines = lines_of(program_.path("loom-scope/benchmarks/Faithfulness/starter/prediction/") +
                          column + QStringLiteral("_starter/source_note.jsonl"));
    QCOMPARE(lines.size(), size_t{3});
    QVERIFY(lines[0]["LEN"].get<int>() > 50);
  }

  void charts_are_written() {
    for (const char* format : {"svg", "pdf", "png", "tex"}) {
      Ended ended = program_.run(
          {QStringLiteral("export"), QStringLiteral("1"), QStringLiteral("--chart=radar"),
           QStringLiteral("--as"), QString::fromLatin1(format), QStringLiteral("--width=84"),
           QStringLiteral("--output-dir"), program_.path("charts"), QStringLiteral("--json")});
      QVERIFY2(ended.code == 0, ended.err.constData());
      QCOMPARE(ended.json()["files"].size(), size_t{3});  // figure, data, caption
    }
    QCOMPARE(
        program_.run({QStringLiteral("export"), QStringLiteral("1"), QStringLiteral("--chart=pie")})
            .code,
        2);
    QCOMPARE(
        program_
            .run({QStringLiteral("export"), QStringLiteral("1"), QStringLiteral("--format=docx")})
            .code,
        2);
    QCOMPARE(program_
                 .run({QStringLiteral("export"), QStringLiteral("1"),
                       QStringLiteral("--chart=radar"), QStringLiteral("--width=1e9")})
                 .code,
             2);
  }

  void a_bundle_comes_back() {
    (void)program_.run({QStringLiteral("export"), QStringLiteral("1"),
                        QStringLiteral("--format=loomrun"), QStringLiteral("--output-dir"),
                        program_.path("bundle")});
    testing::Program elsewhere;
    Ended ended = elsewhere.run({QStringLiteral("export"), program_.path("bundle/run-1.loomrun"),
                                 QStringLiteral("--import"), QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    auto there = elsewhere
                     .run({QStringLiteral("show"), QString::number(ended.json()["run"].get<int>()),
                           QStringLiteral("--json")})
                     .json();
    QVERIFY(there["jobs"] == first_["jobs"]);
  }
};

QTEST_GUILESS_MAIN(ExportVerbTest)
#include "export_verb_test.moc"

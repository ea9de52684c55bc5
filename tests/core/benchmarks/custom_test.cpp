// Rows of the user's files become questions; rows that cannot are named by file and line.
#include "core/benchmarks/custom.h"

#include <QTest>

#include "core/base/text_file.h"
#include "core/benchmarks/custom_records.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

class CustomTest : public QObject {
  Q_OBJECT

  std::unique_ptr<testing::TemporaryFolder> folder_;

  CustomBenchmark benchmark(const char* name, const std::string& bytes) {
    CustomBenchmark custom;
    custom.id = "mine";
    custom.title = "Mine";
    custom.data = folder_->path() / name;
    custom.columns.question = "q";
    custom.columns.answers = {"a"};
    custom.prompt = "{question}";
    if (!write_file(custom.data, bytes)) qFatal("cannot write");
    return custom;
  }
  static Result<TaskRecords> records(const CustomBenchmark& custom, size_t samples = 0) {
    TaskRequest request;
    request.task = kCustomTask;
    request.samples = samples;
    return make_custom(std::make_shared<const CustomBenchmark>(custom))->records(request, {});
  }
  // The error, by which nothing of the file is used.
  static Error refusal(const CustomBenchmark& custom) {
    const auto made = records(custom);
    const auto prepared = prepare_custom(custom);
    if (made || prepared) return {ErrorKind::internal, "was taken", "", ""};
    return made.error();
  }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<testing::TemporaryFolder>(); }

  void json_lines_with_a_document() {
    CustomBenchmark custom = benchmark(
        "d.jsonl",
        "{\"n\": \"x1\", \"q\": \"Who?\", \"a\": [\"Ada\", \"Ada L.\"], \"c\": [\"One {q}.\", "
        "\"Two.\"], \"t\": 7}\n"
        "{\"n\": 2, \"q\": \"When?\", \"a\": \"1843\", \"c\": \"Three.\", \"t\": true}\n");
    custom.columns.id = "n";
    custom.columns.context = "c";
    custom.columns.record = {{"topic", "t"}};
    custom.system = "Topic {t}.";
    custom.prompt = "Read.\n{context}\n\nQ: {question}";
    custom.answer_prefix = "A:";
    const auto made = records(custom);
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(made->records.size(), size_t{2});
    const Record& first = made->records[0];
    QCOMPARE(first.id, std::string("x1"));
    QCOMPARE(first.system, std::string("Topic 7."));
    QCOMPARE(first.prompt, std::string("Read.\nOne {q}.\n\nTwo.\n\nQ: Who?"));
    QCOMPARE(first.prompt.substr(0, first.context_end), std::string("Read.\nOne {q}.\n\nTwo."));
    QCOMPARE(first.answer_prefix, std::string("A:"));
    QVERIFY(first.references == (std::vector<std::string>{"Ada", "Ada L."}));
    QCOMPARE(first.metadata.at("topic").get<int>(), 7);
    QCOMPARE(made->records[1].id, std::string("2"));
    QCOMPARE(made->data_label, std::string("d.jsonl"));
    QCOMPARE(made->data_hash, records(custom)->data_hash);
  }

  void csv_with_separators_and_lists_as_text() {
    CustomBenchmark custom = benchmark("d.csv",
                                       "q,a,b\n\"What, then?\",one | two ,\"[\"\"x\"\", 3]\"\n"
                                       "Next,three,\n");
    custom.columns.answers = {"a", "b"};
    custom.columns.answer_separator = "|";
    const auto made = records(custom);
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QVERIFY(made->records[0].references == (std::vector<std::string>{"one", "two", "x", "3"}));
    QVERIFY(made->records[1].references == std::vector<std::string>{"three"});
    QCOMPARE(made->records[1].id, std::string("question-0002"));
  }

  void choices_in_one_column_or_several() {
    CustomBenchmark custom = benchmark(
        "d.tsv", "q\ta\tA\tB\tC\nCapital?\tRome\tParis\tRome\tBern\nRiver?\tc\tPo\tInn\tAar\n");
    custom.columns.choices = {"A", "B", "C"};
    custom.prompt = "{question}\n{choices}";
    custom.metric = "choice";
    auto made = records(custom);
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(made->records[0].prompt, std::string("Capital?\nA. Paris\nB. Rome\nC. Bern"));
    QVERIFY(made->records[0].references == std::vector<std::string>{"B"});
    QVERIFY(made->records[1].references == std::vector<std::string>{"C"});
    QCOMPARE(prepare_custom(custom)->metric_parameters.at("choices").get<std::string>(),
             std::string("ABC"));
    custom.metric = "token_f1";  // compares texts
    made = records(custom);
    QVERIFY(made->records[0].references == std::vector<std::string>{"Rome"});
    QVERIFY(made->records[1].references == std::vector<std::string>{"Aar"});
  }

  void parquet() {
    CustomBenchmark custom = benchmark("d.jsonl", "");
    custom.data = testing::data("data_files/records.parquet");
    const auto head = read_head(custom.data, 3);
    if (!head && head.error().kind == ErrorKind::unsupported) QSKIP("skipped: no Parquet module");
    QVERIFY2(head, head ? "" : describe(head.error()).c_str());
    QCOMPARE(head->rows.size(), size_t{3});
    QVERIFY(std::find(head->columns.begin(), head->columns.end(), "context") !=
            head->columns.end());
    custom.columns.question = "question";
    custom.columns.context = "context";
    custom.columns.answers = {"length", "language"};
    custom.prompt = "{context}\n{question}\n{kept}";
    const auto made = records(custom, 2);
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(made->records.size(), size_t{2});
    QVERIFY(made->records[1].references == (std::vector<std::string>{"1", "zh"}));
    QVERIFY(made->records[1].prompt.ends_with("?\nfalse"));
    custom.columns.answers = {"answers"};  // the first row's list is empty
    QVERIFY(refusal(custom).where.ends_with("records.parquet, row 1"));
    custom.columns.answers = {"no such column"};
    QVERIFY(refusal(custom).message.find("no such column") != std::string::npos);
  }

  void braces_that_are_no_gaps_stay() {
    CustomBenchmark custom = benchmark("d.jsonl", "{\"q\": \"Who {a}?\", \"a\": \"Ada\"}\n");
    custom.prompt = "Answer as {\"name\": …} or {}. {\"ask\": {question}} {";
    QCOMPARE(records(custom)->records[0].prompt,
             std::string("Answer as {\"name\": …} or {}. {\"ask\": Who {a}?} {"));
  }

  void counts_what_is_there() {
    std::string lines;
    for (int i = 0; i < 30; ++i) lines += "{\"q\": \"Q" + std::to_string(i) + "\", \"a\": 1}\n";
    CustomBenchmark custom = benchmark("d.jsonl", lines);
    custom = *prepare_custom(custom);
    QCOMPARE(custom.samples, size_t{30});
    QVERIFY(records(custom, 30)->notes.empty());
    QVERIFY(records(custom, 5)->notes.empty());
    QCOMPARE(records(custom, 5)->records.size(), size_t{5});
    QVERIFY(write_file(custom.data, lines + "{\"q\": \"More\", \"a\": 1}\n"));
    QCOMPARE(records(custom, 30)->records.size(), size_t{30});
    QCOMPARE(records(custom, 30)->notes.size(), size_t{1});
    QVERIFY(write_file(custom.data, "{\"q\": \"One\", \"a\": 1}\n"));
    QCOMPARE(records(custom, 30)->records.size(), size_t{1});
    QCOMPARE(records(custom, 30)->notes.size(), size_t{1});
  }

  void hostile_rows_are_named_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("message");
    const QByteArray good = "{\"q\": \"Who?\", \"a\": \"Ada\"}\n";
    auto row = [&](const char* title, const QByteArray& line, const char* message) {
      QTest::newRow(title) << QByteArray("d.jsonl") << good + line + '\n'
                           << QByteArray("d.jsonl:2") << QByteArray(message);
    };
    row("no question", "{\"a\": \"Ada\"}", "\"q\"");
    row("no answer", "{\"q\": \"Who?\"}", "\"a\"");
    row("null answer", "{\"q\": \"Who?\", \"a\": null}", "no answer");
    row("empty answers", "{\"q\": \"Who?\", \"a\": []}", "no answer");
    row("object as question", "{\"q\": {\"x\": 1}, \"a\": \"Ada\"}", "object");
    row("lists in answers", "{\"q\": \"Who?\", \"a\": [[1]]}", "list");
    row("empty question", "{\"q\": \"\", \"a\": \"Ada\"}", "empty");
    row("list as record", "[1, 2]", "object");
    row("text as record", "\"Who?\"", "object");
    row("broken", "{\"q\": \"Who", "");
    row("not UTF-8", "{\"q\": \"Wh\xff\", \"a\": \"Ada\"}", "");
    row("deep", QByteArray("{\"q\": ") + QByteArray(5000, '[') + QByteArray(5000, ']') + "}", "");
    QTest::newRow("csv with a field too many")
        << QByteArray("d.csv") << QByteArray("q,a\nx,y\nx,y,z\n") << QByteArray("d.csv:3")
        << QByteArray("fields");
    QTest::newRow("csv that is not UTF-8") << QByteArray("d.csv") << QByteArray("q,a\nx,\xff\n")
                                           << QByteArray("d.csv:2") << QByteArray("UTF-8");
  }
  void hostile_rows_are_named() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, rows);
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, message);
    const Error error = refusal(benchmark(name.constData(), rows.toStdString()));
    const QByteArray said = QByteArray::fromStdString(describe(error));
    QVERIFY2(QByteArray::fromStdString(error.where).endsWith(where), said);
    QVERIFY2(said.contains(message), said);
  }

  void other_refusals() {
    QVERIFY(refusal(benchmark("empty.jsonl", "")).message.find("record") != std::string::npos);
    CustomBenchmark custom = benchmark("d.jsonl",
                                       "{\"q\": \"Who?\", \"a\": \"Ada\", \"n\": 1}\n"
                                       "{\"q\": \"Who?\", \"a\": \"Ada\", \"n\": 1}\n");
    custom.columns.id = "n";
    QVERIFY(refusal(custom).message.find("came before") != std::string::npos);
    custom.columns.id = "";
    custom.prompt = "{question} {nothing}";
    QVERIFY(refusal(custom).message.find("{nothing}") != std::string::npos);
    custom.prompt = "{question}";
    custom.columns.choices = {"q"};
    QVERIFY(refusal(custom).message.find("two choices") != std::string::npos);
    custom.columns.choices = {"q", "n"};
    QVERIFY(refusal(custom).message.find("is no choice") != std::string::npos);
    custom.columns.choices = {};
    fs::remove(custom.data);
    QCOMPARE(refusal(custom).kind, ErrorKind::not_found);
    fs::create_directory(custom.data);
    QCOMPARE(refusal(custom).kind, ErrorKind::invalid_input);
    QVERIFY(refusal(custom).message.find("is a folder") != std::string::npos);
  }

  void a_huge_cell_is_read_and_stays_out_of_the_sample() {
    const std::string huge(20 << 20, 'x');
    CustomBenchmark custom =
        benchmark("d.jsonl", json{{"q", "Who?"}, {"a", "Ada"}, {"c", huge}}.dump() + "\n");
    custom.columns.context = "c";
    custom.prompt = "{context} {question}";
    const auto made = records(custom);
    QVERIFY2(made, made ? "" : describe(made.error()).c_str());
    QCOMPARE(made->records[0].context_end, huge.size());
    QVERIFY(made->records[0].metadata.dump().size() < 1000);
    custom.columns.record = {{"document", "c"}};
    QVERIFY(refusal(custom).message.find("1 MiB") != std::string::npos);
  }

  void a_metric_is_tried_before_it_is_taken() {
    CustomBenchmark custom = benchmark("d.jsonl", "{\"q\": \"Who?\", \"a\": \"Ada\"}\n");
    custom.metric = "choice";
    custom.metric_parameters = {{"choices", 7}};
    const auto prepared = prepare_custom(custom);
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().where, std::string("metric_parameters"));
    custom.metric_parameters = {{"choices", "AB"}};
    QVERIFY(prepare_custom(custom));
  }

  void reading_stops_when_told() {
    std::string lines;
    for (int i = 0; i < 1000; ++i) lines += "{\"q\": \"Q\", \"a\": 1}\n";
    const CustomBenchmark custom = benchmark("d.jsonl", lines);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(prepare_custom(custom, stop.get_token()).error().kind, ErrorKind::cancelled);
  }
};

QTEST_GUILESS_MAIN(CustomTest)
#include "custom_test.moc"

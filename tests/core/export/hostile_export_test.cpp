// Names and answers that would be commands to whoever opens an export.
#include <QTest>
#include <algorithm>
#include <sstream>

#include "core/base/text_file.h"
#include "core/catalog/bibtex.h"
#include "core/export/report_html.h"
#include "core/export/run_export.h"
#include "core/report/csv_text.h"
#include "tests/core/export/written_run.h"

using namespace loom;
namespace fs = std::filesystem;
using namespace std::string_literals;

class HostileExportTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cells_are_no_formulas_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("cell");
    QTest::newRow("plain") << "Llama 3.1"s
                           << "Llama 3.1"s;
    QTest::newRow("empty") << ""s
                           << ""s;
    QTest::newRow("number") << "-3.5"s
                            << "-3.5"s;
    QTest::newRow("power") << "1e5"s
                           << "1e5"s;
    QTest::newRow("equals") << "=cmd|' /C calc'!A0"s
                            << "'=cmd|' /C calc'!A0"s;
    QTest::newRow("plus") << "+1+2"s
                          << "'+1+2"s;
    QTest::newRow("minus") << "-x"s
                           << "'-x"s;
    QTest::newRow("at") << "@SUM(A1)"s
                        << "'@SUM(A1)"s;
    QTest::newRow("tab") << "\tx"s
                         << "'\tx"s;
    QTest::newRow("return") << "\rx"s
                            << "\"'\rx\""s;
    QTest::newRow("quoted") << "=\"a\",b"s
                            << "\"'=\"\"a\"\",b\""s;
    QTest::newRow("lines") << "a\nb"s
                           << "\"a\nb\""s;
    QTest::newRow("NUL") << "a\0b"s
                         << "a\uFFFDb"s;
    QTest::newRow("broken") << "a\xff"s
                            << "a\uFFFD"s;
  }
  void cells_are_no_formulas() {
    QFETCH(std::string, text);
    QTEST(csv_field(text), "cell");
  }

  void tables_keep_their_shape() {
    testing::WrittenRun history;
    RunSummary summary = *history.queries->summary(history.run);
    summary.jobs[0].model_name = "=HYPERLINK(\"x\")";
    summary.jobs[0].job.capability = "@a,b";
    const std::string csv = score_table_csv(summary, "=1+1", "-x");
    QVERIFY2(csv.find("\n\"'=HYPERLINK(\"\"x\"\")\",local") != std::string::npos, csv.c_str());
    QVERIFY(csv.find(",\"'@a,b\",4096,") != std::string::npos);
    QVERIFY(csv.ends_with(",'=1+1,'-x\r\n"));
    summary.columns[0].label = "a|b\n<script>x</script>\x1b[2J < 10\xff";
    const std::string markdown = score_table_markdown(summary, "");
    QVERIFY2(markdown.starts_with(
                 "| Task | a\\|b \\<script>x\\</script>\uFFFD[2J < 10\uFFFD |\n|---|---:|\n"),
             markdown.c_str());
    const std::string latex = score_table_latex(summary, "");
    QVERIFY(latex.find("a|b <script>x</script> [2J < 10\uFFFD \\\\\n") != std::string::npos);
  }

  void a_report_holds_no_markup_of_others() {
    testing::WrittenRun history;
    nlohmann::json results = *results_json(*history.queries, history.run);
    const std::string hostile = "</title><img src=x onerror=alert(1)>\"\0\xff\x1b"s;
    for (const char* field : {"name", "rule_set", "prompt_pack"}) results[field] = hostile;
    results["jobs"][0]["task"] = hostile;
    results["columns"][0]["label"] = hostile;
    results["models"] = nlohmann::json::array({hostile});
    results["plan"]["name"] = hostile;
    results["failures"] = nlohmann::json::array();
    results["failures"].push_back({{"message", hostile}, {"where", hostile}, {"samples", 1}});
    const std::string html = report_html(results, "<svg/>");
    QVERIFY(html.find("<img") == std::string::npos);
    QVERIFY(html.find('\0') == std::string::npos && html.find('\x1b') == std::string::npos);
    const QByteArray bytes = QByteArray::fromStdString(html);
    QVERIFY(QString::fromUtf8(bytes).toUtf8() == bytes);
    QCOMPARE(html.find("</title>"), html.rfind("</title>"));
  }

  // Every line stays one line of JSON, and says what was answered.
  void answers_stay_in_their_lines() {
    testing::WrittenRun history;
    const int64_t run =
        *history.store->create_run(testing::small_plan("r", 1), testing::small_jobs(1));
    Sample sample = testing::written_sample(0);
    sample.result.text = "=1\n\"\r\0\xff</pre>"s;
    QVERIFY(history.store->put_sample(run, sample));
    const std::string answer = "=1\n\"\r\0\uFFFD</pre>"s;
    const fs::path folder = history.folder.path() / "out", all = history.folder.path() / "s.jsonl";
    QVERIFY(write_samples_jsonl(*history.queries, run, all));
    std::vector<fs::path> files = {all};
    for (const auto& written : {write_lm_eval(*history.queries, run, folder / "lm"),
                                write_loom_scope(*history.queries, run, folder / "scope")}) {
      QVERIFY(written);
      for (const fs::path& file : *written)
        if (file.extension() == ".jsonl") files.push_back(file);
    }
    QCOMPARE(files.size(), size_t{3});
    const char* fields[] = {"/prediction", "/resps/0/0", "/pred"};
    for (size_t i = 0; i < files.size(); ++i) {
      const std::string text = *read_file(files[i]);
      QCOMPARE(std::count(text.begin(), text.end(), '\n'), 1);
      const auto line = nlohmann::json::parse(text, nullptr, false);
      QVERIFY2(!line.is_discarded(), files[i].c_str());
      QCOMPARE(line.at(nlohmann::json::json_pointer(fields[i])).get<std::string>(), answer);
    }
    const auto helmet = write_helmet(*history.queries, run, folder / "helmet");
    QVERIFY(helmet);
    QCOMPARE((*read_json(helmet->front()))["data"][0]["output"].get<std::string>(), answer);
  }

  // A run that came as a file names its tasks and capabilities itself.
  void no_file_leaves_the_folder() {
    testing::WrittenRun history;
    auto jobs = testing::small_jobs(1);
    jobs[0].capability = "../../../escaped";
    jobs[0].benchmark_id = "../b";
    jobs[0].task = "x/../../../../t";
    const int64_t run = *history.store->create_run(testing::small_plan("../r", 1), jobs);
    QVERIFY(history.store->put_sample(run, testing::written_sample(0)));
    const fs::path out = history.folder.path() / "a/b/c/d/out";
    for (const auto& written :
         {write_lm_eval(*history.queries, run, out), write_loom_scope(*history.queries, run, out),
          write_helmet(*history.queries, run, out)}) {
      QVERIFY2(written, written ? "" : describe(written.error()).c_str());
      for (const fs::path& file : *written) {
        const fs::path inside = file.lexically_normal().lexically_relative(out);
        QVERIFY2(*inside.begin() != "..", file.c_str());
        QVERIFY2(fs::exists(file), file.c_str());
      }
    }
  }

  // BibTeX counts braces, behind a backslash as well.
  void an_entry_closes_its_braces() {
    BenchmarkDescription benchmark;
    benchmark.id = "mine";
    benchmark.title = "Mine }";
    benchmark.citation = "A. { B 2024. On } and }} of {TeX \\input{x}.";
    const std::string entry = bibtex(benchmark);
    int depth = 0;
    for (size_t i = 0; i < entry.size(); ++i) {
      depth += (entry[i] == '{') - (entry[i] == '}');
      QVERIFY2(depth > 0 || i < entry.find('{') || i + 2 >= entry.size(), entry.c_str());
    }
    QCOMPARE(depth, 0);
  }
};

QTEST_GUILESS_MAIN(HostileExportTest)
#include "hostile_export_test.moc"

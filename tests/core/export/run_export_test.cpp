// Numbers of a run in results, reports and tables.
#include "core/export/run_export.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <sstream>

#include "core/base/text_file.h"
#include "tests/core/export/written_run.h"

using namespace loom;
namespace fs = std::filesystem;
using History = testing::WrittenRun;

class RunExportTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void results_have_the_fixed_fields() {
    History history;
    auto results = results_json(*history.queries, history.run);
    QVERIFY(results);
    for (const char* field : {"run", "plan_fingerprint", "jobs", "averages", "timings", "device"})
      QVERIFY2(results->contains(field), field);
    const auto& job = (*results)["jobs"][0];
    for (const char* field :
         {"benchmark", "task", "capability", "model", "server", "augmentation", "length", "n",
          "score", "low", "high", "failed", "truncated", "unparsed", "seconds", "tokens_prefilled",
          "tokens_reused", "tokens_generated"})
      QVERIFY2(job.contains(field), field);
    QCOMPARE(job["score"].get<double>(), 37.5);
    QCOMPARE(job["seconds"].get<double>(), 12.5);
    QCOMPARE((*results)["averages"]["benchmarks"].get<double>(), 37.5);
    QVERIFY(!results_json(*history.queries, 99));
  }

  void report_leaves_the_named_files() {
    History history;
    auto folder = history.folder.path() / "out";
    auto files = write_report(*history.queries, history.run, folder);
    QVERIFY2(files, files ? "" : describe(files.error()).c_str());
    for (const char* name : {"results.json", "samples.jsonl", "report.html", "radar.svg",
                             "radar.pdf", "radar.png", "latency.csv"})
      QVERIFY2(fs::file_size(folder / name) > 100, name);
    std::istringstream lines(*read_file(folder / "samples.jsonl"));
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      auto sample = nlohmann::json::parse(line);
      Sample written = testing::written_sample(count);
      QVERIFY(sample["prompt"] == written.prompt.text);
      QVERIFY(sample["prediction"] == written.result.text);
      QCOMPARE(sample["score"]["value"].get<double>(), *written.score->value * 100);
    }
    QCOMPARE(count, 20);
    std::string html = *read_file(folder / "report.html");
    QVERIFY(html.find("a &quot;run&quot; &amp; more") != std::string::npos);
    QVERIFY(html.find("37.50") != std::string::npos);
    QVERIFY(html.find("<svg") != std::string::npos);
    QVERIFY(html.find("http://") == html.find("http://www.w3.org"));  // nothing is loaded
  }

  void jobs_beside_each_other_take_an_evaluation_no_longer() {
    History history;  // its job was at work from 100 to 112.5 s
    QVERIFY(history.store->add_job_time(history.run, 0, {{"cuda:1", 110, 120}}));
    const auto files = write_lm_eval(*history.queries, history.run, history.folder.path() / "lm");
    QVERIFY(files);
    std::string seconds;
    for (const fs::path& file : *files)
      if (file.extension() == ".json")
        seconds = (*read_json(file))["total_evaluation_time_seconds"].get<std::string>();
    QCOMPARE(seconds, std::string("20.000000"));
    const auto results = results_json(*history.queries, history.run);
    QCOMPARE((*results)["timings"]["seconds"].get<double>(), 20.0);
    QCOMPARE((*results)["timings"]["device_seconds"].get<double>(), 22.5);
  }

  void the_harness_reads_the_plans_limit_data() {
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    QTest::addColumn<int>("limit");  // of all tasks; 0: null
    QTest::newRow("none") << 0 << 0 << 0;
    QTest::newRow("one for all") << 20 << 20 << 20;
    QTest::newRow("several") << 20 << 50 << 0;
    QTest::newRow("of one alone") << 20 << 0 << 0;
  }
  void the_harness_reads_the_plans_limit() {
    QFETCH(int, first);
    QFETCH(int, second);
    QFETCH(int, limit);
    History history;
    EvaluationPlan plan = testing::small_plan("limits", static_cast<size_t>(first));
    plan.benchmarks.push_back(
        {"niah", {"needle"}, {}, static_cast<size_t>(second), nlohmann::json::object()});
    auto jobs = testing::small_jobs(1);
    jobs.push_back(jobs[0]);
    jobs[1].index = 1, jobs[1].benchmark = 1;
    jobs[1].benchmark_id = "niah", jobs[1].task = "needle";
    const int64_t run = *history.store->create_run(plan, jobs);
    const auto files = write_lm_eval(*history.queries, run, history.folder.path() / "lm");
    QVERIFY2(files, files ? "" : describe(files.error()).c_str());
    const auto results = *read_json(files->back());
    const auto number = [](int value) {
      return value > 0 ? nlohmann::json(value) : nlohmann::json();
    };
    QVERIFY2(results["config"]["limit"] == number(limit), results["config"].dump().c_str());
    for (const auto& [task, config] : results["configs"].items())
      QVERIFY2(config["metadata"]["limit"] == number(config["tag"] == "niah" ? second : first),
               task.c_str());
  }

  void report_twice_is_the_same() {
    History history;
    auto one = history.folder.path() / "one", two = history.folder.path() / "two";
    QVERIFY(write_report(*history.queries, history.run, one));
    QVERIFY(write_report(*history.queries, history.run, two));
    for (const auto& entry : fs::directory_iterator(one))
      QVERIFY2(*read_file(entry.path()) == *read_file(two / entry.path().filename()),
               entry.path().c_str());
  }

  void tables_hold_the_numbers() {
    History history;
    RunSummary summary = *history.queries->summary(history.run);
    std::string csv = score_table_csv(summary, "");
    QVERIFY(csv.find("tiny,local,none,ruler,vt,retrieval,4096,20,37.5,") != std::string::npos);
    std::string markdown = score_table_markdown(summary, "");
    QVERIFY(markdown.find("| ruler/vt @ 4096 | 37.50 [") != std::string::npos);
    QVERIFY(markdown.find("| Mean of benchmarks | 37.50 |") != std::string::npos);
    summary.columns[0].label = "50% & more_";
    std::string latex = score_table_latex(summary, "");
    QVERIFY(latex.find("50\\% \\& more\\_") != std::string::npos);
    QVERIFY(latex.find("37.50 {\\scriptsize[") != std::string::npos);
  }

  // 37.5 at both lengths: so are both averages, and neither length is above 85.6.
  void ruler_over_lengths_is_exported() {
    History history;
    auto jobs = testing::small_jobs(20);
    jobs.push_back(jobs[0]);
    jobs[1].index = 1;
    jobs[1].length_tokens = 8192;
    const int64_t run = *history.store->create_run(testing::small_plan("r", 20), jobs);
    for (int job : {0, 1})
      for (int i = 0; i < 20; ++i) {
        Sample sample = testing::written_sample(i);
        sample.job = job;
        QVERIFY(history.store->put_sample(run, sample));
      }
    const auto results = *results_json(*history.queries, run);
    const auto& ruler = results["columns"][0]["ruler"];
    QCOMPARE(ruler["weighted_increasing"].get<double>(), 37.5);
    QCOMPARE(ruler["weighted_decreasing"].get<double>(), 37.5);
    QCOMPARE(ruler["lengths"][1]["length"].get<int>(), 8192);
    QVERIFY(ruler["effective_length"].is_null());
    const auto single = *results_json(*history.queries, history.run);
    QVERIFY(single["columns"][0]["ruler"].is_null());
  }

  // 37.5 at one of the key's six lengths, which is a total of 37.5 / 6.
  void libra_total_is_exported() {
    History history;
    auto jobs = testing::small_jobs(20);
    jobs[0].benchmark_id = "libra";
    jobs[0].task = "passkey";
    const int64_t run = *history.store->create_run(testing::small_plan("l", 20), jobs);
    for (int i = 0; i < 20; ++i)
      QVERIFY(history.store->put_sample(run, testing::written_sample(i)));
    const auto libra = (*results_json(*history.queries, run))["columns"][0]["libra"];
    QCOMPARE(libra["total"].get<double>(), 6.25);
    QCOMPARE(libra["tasks"].get<int>(), 1);
    QCOMPARE(libra["lengths"].get<int>(), 6);
    QCOMPARE(libra["lengths_not_run"].get<int>(), 5);
    const auto other = *results_json(*history.queries, history.run);
    QVERIFY(other["columns"][0]["libra"].is_null());
  }

  // loom-scope rounds tasks before it weights them: 3 samples of 66.666… and 6 of 16.666… are
  // (3 · 66.67 + 6 · 16.67) / 9 = 33.336…, whereas their plain mean is 33.333…
  void totals_are_weighted_as_the_package_does() {
    History history;
    auto jobs = testing::small_jobs(3);
    jobs.push_back(jobs[0]);
    jobs[1].index = 1;
    jobs[1].task = "cwe";
    jobs[1].samples = 6;
    const int64_t run = *history.store->create_run(testing::small_plan("r", 3), jobs);
    for (const auto& [job, count, right] : {std::array{0, 3, 2}, std::array{1, 6, 1}})
      for (int i = 0; i < count; ++i) {
        Sample sample = testing::written_sample(i);
        sample.job = job;
        sample.score->value = i < right ? 1 : 0;
        QVERIFY(history.store->put_sample(run, sample));
      }
    const auto files = write_loom_scope(*history.queries, run, history.folder.path() / "scope");
    QVERIFY(files);
    const auto total = std::find_if(files->begin(), files->end(), [](const fs::path& file) {
      return file.filename() == "Total.txt";
    });
    QVERIFY(total != files->end());
    QCOMPARE(*read_file(*total), std::string("33.34\n"));
  }

  void groups_and_parts_are_exported() {
    History history;
    auto jobs = testing::small_jobs(20);
    jobs[0].group = "tracing";
    jobs[0].breakdowns = {{"language", "Language", {}, {}, false},
                          {"depth", "Depth", {}, {10}, false}};
    const int64_t run = *history.store->create_run(testing::small_plan("r", 20), jobs);
    for (int i = 0; i < 20; ++i) (void)history.store->put_sample(run, testing::written_sample(i));
    const auto results = *results_json(*history.queries, run);
    const auto& column = results["columns"][0];
    QCOMPARE(column["groups"][0]["key"].get<std::string>(), std::string("ruler/tracing"));
    QCOMPARE(column["breakdowns"].size(), size_t{2});
    QCOMPARE(column["breakdowns"][0]["parts"][0]["key"].get<std::string>(), std::string("en"));
    const auto& depths = column["breakdowns"][1]["parts"];  // quarters 0, 1, 2, 3 of four, in turn
    QCOMPARE(depths[0]["key"].get<std::string>(), std::string("< 10"));
    QCOMPARE(depths[0]["n"].get<int>(), 10);
    QCOMPARE(depths[0]["score"].get<double>(), 32.5);
    QCOMPARE(depths[1]["score"].get<double>(), 42.5);
    QVERIFY(depths[1]["low"].get<double>() < 42.5);
    const std::string markdown = score_table_markdown(*history.queries->summary(run), "");
    QVERIFY(markdown.find("| ruler/tracing, together | 37.50 [") != std::string::npos);
    QVERIFY(markdown.find("ruler/vt, Depth: < 10 32.50 (n 10); ≥ 10 42.50 (n 10)\n") !=
            std::string::npos);
    const auto folder = history.folder.path() / "out";
    QVERIFY(write_report(*history.queries, run, folder));
    const std::string html = *read_file(folder / "report.html");
    QVERIFY(html.find("<td>ruler/vt</td><td>Depth: &lt; 10</td>") != std::string::npos);
    QVERIFY(html.find("<td>ruler/tracing</td><td>together</td>") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(RunExportTest)
#include "run_export_test.moc"

#include "core/export/run_export.h"

#include <QTest>
#include <QXmlStreamReader>
#include <algorithm>
#include <array>
#include <sstream>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "core/export/figure_caption.h"
#include "tests/core/history/opened_store.h"
#include "tests/core/history/written_samples.h"

using namespace loom;
namespace fs = std::filesystem;

namespace {

struct History : testing::OpenedStore {
  int64_t run = 0;
  explicit History(const std::string& name = "a \"run\" & more") {
    run = *store->create_run(testing::small_plan(name, 20), testing::small_jobs(20));
    for (int i = 0; i < 20; ++i) (void)store->put_sample(run, testing::written_sample(i));
    (void)store->add_job_time(run, 0, {{"cpu", 100, 112.5}});
    (void)store->set_state(run, RunState::finished);
  }
};

}  // namespace

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

  void a_caption_says_what_is_counted_and_by_which_versions() {
    History history;
    DeviceRecord device;
    device.program_version = "1.2.3", device.torch_version = "2.11.0", device.kernel_version = "k9";
    Provenance provenance = *history.queries->provenance(history.run);
    provenance.devices = {device, device};
    provenance.models = {{{"name", "Tiny"}, {"weights_hash", "0123456789abcdef"}}, nullptr};
    RunSummary summary = *history.queries->summary(history.run);
    const std::string words = figure_provenance(summary, provenance);
    for (const std::string& part :
         {"n = " + std::to_string(summary.jobs[0].scored) + " scored samples of 1 task ",
          std::string("Tiny (weights 0123456789ab)"),
          std::string("Rules: official; greedy decoding"),
          std::string("LoomScope 1.2.3, libtorch 2.11.0, kernels k9.")})
      QVERIFY2(words.find(part) != std::string::npos, (part + " in " + words).c_str());
    QCOMPARE(words.find("LoomScope"), words.rfind("LoomScope"));  // two devices, one version
    summary.jobs[0].failed = 2, summary.jobs[0].fewer_than_official = true;
    const std::string with_gaps = figure_provenance(summary, provenance);
    QVERIFY(with_gaps.find("2 failed, left out") != std::string::npos);
    QVERIFY(with_gaps.find("1 task has fewer samples than the official one") != std::string::npos);
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

  void captions_say_what_is_shown_and_how() {
    History history;
    const RunSummary summary = *history.queries->summary(history.run);
    const std::string radar = figure_caption(radar_model({summary}, RadarAxes::capabilities));
    QVERIFY(radar.starts_with("Mean scores from 0 to 100."));
    QVERIFY(radar.find("Wilson") != std::string::npos);
    LengthCurveModel curve = length_curve_model({summary}, "ruler");
    QVERIFY(figure_caption(curve).find("Tasks of ruler.") != std::string::npos);
    HeatMapModel map;
    map.task = "niah/single", map.label = "Tiny";
    QVERIFY(figure_caption(map).find("Task niah/single, Tiny.") != std::string::npos);
    const std::string times = figure_caption(latency_model({summary}, true, 1));
    QVERIFY2(times.find("1 device × 0:00:13 wall time") != std::string::npos, times.c_str());
    DifferenceModel difference;
    difference.baseline = "first";
    QVERIFY(figure_caption(difference).find("to first in points") != std::string::npos);
    QCOMPARE(caption_file("What.", "From what."), std::string("What.\n\nFrom what.\n"));
    QCOMPARE(caption_file("What.", ""), std::string("What.\n"));
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

  // Twenty of five hundred samples: said on every export, and on none when nothing is missing.
  void every_export_says_that_samples_are_missing() {
    for (const size_t official : {size_t{500}, size_t{20}, size_t{0}}) {
      History history;
      auto jobs = testing::small_jobs(20);
      jobs[0].official_samples = official;
      const int64_t run = *history.store->create_run(testing::small_plan("r", 20), jobs);
      for (int i = 0; i < 20; ++i) (void)history.store->put_sample(run, testing::written_sample(i));
      const bool fewer = official > 20;
      const RunSummary summary = *history.queries->summary(run);
      const std::string csv = score_table_csv(summary, "official"),
                        markdown = score_table_markdown(summary, "official"),
                        latex = score_table_latex(summary, "official");
      const std::string said = official == 500 ? ",500,1," : official ? ",20,0," : ",,0,";
      QVERIFY2(csv.find(said) != std::string::npos, csv.c_str());
      QCOMPARE(markdown.find("37.50 †") != std::string::npos, fewer);
      QCOMPARE(markdown.find("† fewer samples") != std::string::npos, fewer);
      QCOMPARE(latex.find("37.50$^{\\dagger}$") != std::string::npos, fewer);
      QCOMPARE(latex.find("fewer samples than") != std::string::npos, fewer);
      const auto results = *results_json(*history.queries, run);
      QCOMPARE(results["jobs"][0]["fewer_than_official"].get<bool>(), fewer);
      const auto folder = history.folder.path() / "out";
      QVERIFY(write_report(*history.queries, run, folder));
      const std::string html = *read_file(folder / "report.html");
      QCOMPARE(html.find("fewer than the official 500") != std::string::npos, fewer);
      std::istringstream lines(*read_file(folder / "samples.jsonl"));
      for (std::string line; std::getline(lines, line);)
        QCOMPARE(nlohmann::json::parse(line)["fewer_than_official"].get<bool>(), fewer);
      const auto helmet = write_helmet(*history.queries, run, folder / "helmet");
      QVERIFY(helmet);
      const auto file = nlohmann::json::parse(*read_file(helmet->front()));
      QCOMPARE(file["args"]["fewer_than_official"].get<bool>(), fewer);
      const auto scope = write_loom_scope(*history.queries, run, folder / "scope");
      QVERIFY(scope);
      QCOMPARE(scope->back().filename() == "Fewer_samples_than_official.txt", fewer);
      if (fewer) QCOMPARE(*read_file(scope->back()), std::string("vt_4096: 20 of 500\n"));
    }
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

  // 18 of 20 samples have scores: one failed, one could not be parsed, one was truncated.
  void every_table_counts_what_is_missing_and_names_its_rules() {
    History history;
    auto jobs = testing::small_jobs(20);
    const int64_t run = *history.store->create_run(testing::small_plan("r", 20), jobs);
    for (int i = 0; i < 20; ++i) {
      Sample sample = testing::written_sample(i);
      sample.prompt.truncation.cut = i == 0;
      sample.score->value = i < 9 ? 1.0 : 0.0;
      if (i == 18) {
        sample.state = SampleState::failed;
        sample.score.reset();
        sample.error = Error{ErrorKind::not_found, "no answer", "sample", ""};
      }
      if (i == 19) sample.score->value.reset();
      QVERIFY(history.store->put_sample(run, sample));
    }
    const RunSummary summary = *history.queries->summary(run);
    const std::string csv = score_table_csv(summary, "loomscope-0.8"),
                      markdown = score_table_markdown(summary, "loomscope-0.8"),
                      latex = score_table_latex(summary, "loomscope-0.8");
    const std::string words =
        "1 truncated (without them 47.06), 1 failed and 1 unparsed (as wrong 45.00)";
    QVERIFY2(csv.ends_with(",47.058823529,45.0,loomscope-0.8\r\n"), csv.c_str());
    QVERIFY2(markdown.find("ruler/vt @ 4096: " + words) != std::string::npos, markdown.c_str());
    QVERIFY(markdown.find("\nRules: loomscope-0.8\n") != std::string::npos);
    QVERIFY2(latex.find(words) != std::string::npos, latex.c_str());
    QVERIFY(latex.find("Rules: loomscope-0.8") != std::string::npos);
    const auto results = *results_json(*history.queries, run);
    QCOMPARE(results["jobs"][0]["score_missing_wrong"].get<double>(), 45.0);
    const auto folder = history.folder.path() / "out";
    QVERIFY(write_report(*history.queries, run, folder));
    const std::string html = *read_file(folder / "report.html");
    QVERIFY(html.find("without truncated 47.06") != std::string::npos);
    QVERIFY(html.find("rules official") != std::string::npos);
    for (const fs::path& file : *write_lm_eval(*history.queries, run, folder / "lm"))
      if (file.filename().string().starts_with("results")) {
        const auto configs = (*read_json(file))["configs"];
        const auto& metadata = configs.begin().value()["metadata"];
        QCOMPARE(metadata["unparsed"].get<int>(), 1);
        QCOMPARE(metadata["failed"].get<int>(), 1);
        QCOMPARE(metadata["rule_set"].get<std::string>(), std::string("official"));
      }
    const auto helmet = *write_helmet(*history.queries, run, folder / "helmet");
    QCOMPARE((*read_json(helmet.front()))["args"]["truncated"].get<int>(), 1);
    const auto scope = *write_loom_scope(*history.queries, run, folder / "scope");
    QCOMPARE(scope.back().filename().string(), std::string("Truncated_failed_unparsed.txt"));
    QVERIFY((*read_file(scope.back())).find(words) != std::string::npos);
    QVERIFY(html.find("failed and unparsed as wrong 45.00") != std::string::npos);
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

  void a_bundle_opens_elsewhere() {
    History from, to("other");
    auto file = from.folder.path() / "run.loomrun";
    QVERIFY(write_bundle(*from.store, from.run, file));
    auto again = from.folder.path() / "again.loomrun";
    QVERIFY(write_bundle(*from.store, from.run, again));
    auto copy = read_bundle(*to.store, file);
    QVERIFY2(copy, copy ? "" : describe(copy.error()).c_str());
    auto there = *results_json(*to.queries, *copy), here = *results_json(*from.queries, from.run);
    QVERIFY(there["jobs"] == here["jobs"]);
    QVERIFY(there["plan"] == here["plan"]);
  }

  void judgements_go_along_and_change_no_score() {
    History from, to("other");
    const auto scores = [&from] {  // all but what judges said, which stands apart
      auto results = *results_json(*from.queries, from.run);
      results.erase("judged");
      return results;
    };
    const auto before = scores();
    const SampleScore verdict{"judge_correct:m", 1, std::nullopt, "", "unparsed: no verdict", {}};
    QVERIFY(from.store->put_judgement(from.run, 0, 3, verdict));
    QVERIFY(!from.store->put_judgement(from.run, 0, 3, {"contains_all", 1, 1.0, "", "", {}}));
    QVERIFY(!from.store->put_judgement(from.run, 0, 99, verdict));
    QVERIFY(scores() == before);
    const auto file = from.folder.path() / "run.loomrun", lines = from.folder.path() / "s.jsonl";
    QVERIFY(write_bundle(*from.store, from.run, file));
    const auto copy = read_bundle(*to.store, file);
    QVERIFY2(copy, copy ? "" : describe(copy.error()).c_str());
    QVERIFY(write_samples_jsonl(*to.queries, *copy, lines));
    std::istringstream text(*read_file(lines));
    int count = 0;
    for (std::string line; std::getline(text, line); ++count) {
      const auto sample = nlohmann::json::parse(line);
      QCOMPARE(sample["score"]["metric"].get<std::string>(), std::string("contains_all"));
      QCOMPARE(sample.contains("judgements"), count == 3);
      if (count == 3) QVERIFY(sample["judgements"][0]["value"].is_null());
    }
    QCOMPARE(count, 20);
  }

  void a_stopped_export_leaves_no_file() {
    History history;
    auto folder = history.folder.path() / "out";
    fs::create_directories(folder);
    std::stop_source stop;
    WorkControl control{stop.get_token(), [&](double share) {
                          if (share > 0.3) stop.request_stop();
                        }};
    Status bundle = write_bundle(*history.store, history.run, folder / "run.loomrun", control);
    QVERIFY(!bundle && bundle.error().kind == ErrorKind::cancelled);
    Status lines =
        write_samples_jsonl(*history.queries, history.run, folder / "samples.jsonl", control);
    QVERIFY(!lines && lines.error().kind == ErrorKind::cancelled);
    QVERIFY(fs::is_empty(folder));
  }

  void broken_bundles_are_refused() {
    History history;
    auto file = history.folder.path() / "run.loomrun";
    QVERIFY(write_bundle(*history.store, history.run, file));
    std::string good = *read_file(file);
    QVERIFY(!read_bundle(*history.store, history.folder.path() / "missing.loomrun"));
    Random random(5);
    int refused = 0;
    for (int i = 0; i < 60; ++i) {
      std::string bad = i % 2 == 0 ? good.substr(0, random.below(good.size())) : good;
      if (i % 2 == 1)
        for (int flips = 0; flips < 30; ++flips)
          bad[random.below(bad.size())] ^= static_cast<char>(1 << random.below(8));
      QVERIFY(write_file(file, bad));
      refused += !read_bundle(*history.store, file).has_value();
    }
    QVERIFY2(refused == 60, std::to_string(refused).c_str());
    QCOMPARE(*history.queries->count_runs({}), size_t{1});
  }
};

QTEST_GUILESS_MAIN(RunExportTest)
#include "run_export_test.moc"

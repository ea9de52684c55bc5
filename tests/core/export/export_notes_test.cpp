// What every export says beside the numbers: samples that are missing, rules and prompts.
#include <QTest>
#include <cmath>
#include <sstream>

#include "core/base/text_file.h"
#include "core/export/run_export.h"
#include "tests/core/export/written_run.h"

using namespace loom;
namespace fs = std::filesystem;
using History = testing::WrittenRun;

class ExportNotesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
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
    QVERIFY2(csv.ends_with(",47.058823529,45.0,loomscope-0.8,\r\n"), csv.c_str());
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
    QVERIFY(html.find("<td>no answer</td>") != std::string::npos);
    int lists = 0;  // of failed samples
    const auto harness = *write_lm_eval(*history.queries, run, folder / "lm");
    for (const fs::path& file : harness)
      if (file.filename().string().starts_with("failed")) {
        QCOMPARE((*read_json(file)).size(), size_t{1});
        QCOMPARE((*read_json(file))[0]["id"].get<std::string>(), std::string("vt-18"));
        ++lists;
      } else if (file.filename().string().starts_with("results")) {
        const auto configs = (*read_json(file))["configs"];
        const auto& metadata = configs.begin().value()["metadata"];
        QCOMPARE(metadata["score_missing_wrong"].get<double>(), 0.45);
        QVERIFY(std::abs(metadata["score_untruncated"].get<double>() - 8 / 17.0) < 1e-6);
        QCOMPARE(metadata["unparsed"].get<int>(), 1);
        QCOMPARE(metadata["failed"].get<int>(), 1);
        QCOMPARE(metadata["rule_set"].get<std::string>(), std::string("official"));
      }
    QCOMPARE(lists, 1);
    const auto helmet = *write_helmet(*history.queries, run, folder / "helmet");
    const auto task = *read_json(helmet.front());
    QCOMPARE(task["data"].size(), size_t{19});
    QCOMPARE(task["failed"][0]["error"]["message"].get<std::string>(), std::string("no answer"));
    QCOMPARE(task["args"]["score_missing_wrong"].get<double>(), 45.0);
    QCOMPARE((*read_json(helmet.front()))["args"]["truncated"].get<int>(), 1);
    const auto scope = *write_loom_scope(*history.queries, run, folder / "scope");
    QCOMPARE(scope.back().filename().string(), std::string("Truncated_failed_unparsed.txt"));
    QVERIFY((*read_file(scope.back())).find(words) != std::string::npos);
    const auto failed = *read_json(scope.back().parent_path() / "Failed_samples.json");
    QCOMPARE(failed[0]["id"].get<std::string>(), std::string("vt-18"));
    QVERIFY(write_samples_jsonl(*history.queries, run, folder / "all.jsonl"));
    std::istringstream lines(*read_file(folder / "all.jsonl"));
    size_t failures = 0;
    for (std::string line; std::getline(lines, line);)
      failures += nlohmann::json::parse(line)["state"] == "failed";
    QCOMPARE(failures, size_t{1});
    QVERIFY(html.find("failed and unparsed as wrong 45.00") != std::string::npos);
  }

  // A pack's scores are of other questions. The readers of the loom-scope package know no Rules.txt
  // and leave it alone; Total.txt stays one number.
  void every_export_names_rules_and_prompts() {
    History history;
    for (const bool packed : {false, true}) {
      EvaluationPlan plan = testing::small_plan("r", 20);
      plan.rule_set = "loomscope-0.8";
      if (packed)
        plan.prompt_pack = {{"format", 1},
                            {"prompt_pack", "my pack"},
                            {"benchmarks", {{"ruler", {{"*", {{"chat_template", false}}}}}}}};
      const int64_t run = *history.store->create_run(plan, testing::small_jobs(20));
      for (int i = 0; i < 20; ++i) (void)history.store->put_sample(run, testing::written_sample(i));
      const RunSummary summary = *history.queries->summary(run);
      const std::string pack = packed ? "my pack" : "";
      const auto folder = history.folder.path() / ("out" + pack);
      QVERIFY(score_table_csv(summary, plan.rule_set, pack)
                  .ends_with(",loomscope-0.8," + pack + "\r\n"));
      for (const std::string& table : {score_table_markdown(summary, plan.rule_set, pack),
                                       score_table_latex(summary, plan.rule_set, pack)})
        QCOMPARE(table.find("Prompts: my pack") != std::string::npos, packed);
      QVERIFY(write_report(*history.queries, run, folder));
      const std::string html = *read_file(folder / "report.html");
      QVERIFY(html.find("rules loomscope-0.8") != std::string::npos);
      QCOMPARE(html.find("prompts my pack") != std::string::npos, packed);
      const nlohmann::json named = packed ? nlohmann::json(pack) : nlohmann::json();
      QVERIFY((*read_json(folder / "results.json"))["prompt_pack"] == named);
      std::istringstream lines(*read_file(folder / "samples.jsonl"));
      for (std::string line; std::getline(lines, line);) {
        const auto sample = nlohmann::json::parse(line);
        QVERIFY(sample["prompt_pack"] == named && sample["rule_set"] == "loomscope-0.8");
      }
      const auto helmet = *write_helmet(*history.queries, run, folder / "helmet");
      QVERIFY((*read_json(helmet.front()))["args"]["prompt_pack"] == named);
      const auto harness = *write_lm_eval(*history.queries, run, folder / "lm");
      for (const fs::path& file : harness)
        if (file.filename().string().starts_with("results")) {
          const auto configs = (*read_json(file))["configs"];
          QVERIFY(configs.begin().value()["metadata"]["prompt_pack"] == named);
        }
      std::string rules;
      const auto scope = *write_loom_scope(*history.queries, run, folder / "scope");
      for (const fs::path& file : scope) {
        if (file.filename() == "Rules.txt") rules = *read_file(file);
        if (file.filename() == "Total.txt") QCOMPARE(*read_file(file), std::string("37.50\n"));
      }
      QVERIFY(rules.starts_with("Rules: loomscope-0.8\nPrompts: "));
      QCOMPARE(rules.find("Prompts: my pack\n") != std::string::npos, packed);
    }
  }
};

QTEST_GUILESS_MAIN(ExportNotesTest)
#include "export_notes_test.moc"

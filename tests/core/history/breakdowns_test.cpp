// A task's samples apart by a field of their records: what the authors report beside the whole, and
// the bins of length of loom-scope 0.8.
#include <QtTest>
#include <cmath>

#include "core/base/file_paths.h"
#include "core/history/run_queries.h"
#include "tests/core/history/written_samples.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

namespace {

struct Answer {
  json metadata;
  std::optional<double> score;
  size_t tokens = 100;
  int job = 0;
};

struct History {
  testing::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "history.sqlite";
  std::unique_ptr<RunStore> store = *RunStore::open(file);
  std::unique_ptr<RunQueries> queries = *RunQueries::open(file);

  RunColumn column(std::vector<Job> jobs, const std::vector<Answer>& answers) {
    const int64_t run = *store->create_run(testing::small_plan("r", 8), jobs);
    std::vector<int> next(jobs.size(), 0);
    for (const Answer& answer : answers) {
      Sample sample = testing::written_sample(0);
      sample.job = answer.job;
      sample.index = next[static_cast<size_t>(answer.job)]++;
      sample.metadata = answer.metadata;
      sample.prompt.truncation = {false, answer.tokens, answer.tokens, 0, 0, false};
      sample.score->metric = jobs[static_cast<size_t>(answer.job)].metric;
      sample.score->value = answer.score;
      if (!store->put_sample(run, sample)) qFatal("a sample was not stored");
    }
    const auto summary = queries->summary(run);
    if (!summary) qFatal("%s", describe(summary.error()).c_str());
    return summary->columns.at(0);
  }
};

// The jobs of a plan with one task, as the shipped registry has it.
std::vector<Job> jobs_of(const std::string& benchmark, const std::string& task,
                         const std::string& rules = "official", std::vector<size_t> lengths = {}) {
  EvaluationPlan plan = testing::small_plan("r", 8);
  plan.rule_set = rules;
  plan.benchmarks = {{benchmark, {task}, std::move(lengths), 8, json::object()}};
  return *unroll(plan, *load_catalog(*paths::registry()));
}

std::vector<std::string> names(const BreakdownScores& scores) {
  std::vector<std::string> list;
  for (const GroupScore& part : scores.parts) list.push_back(part.key);
  return list;
}

using Names = std::vector<std::string>;

}  // namespace

class BreakdownsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Easy and hard, short, medium and long: section 5 of LongBench v2's dossier.
  void longbench_v2() {
    History history;
    const auto of = [](const char* difficulty, const char* length) {
      return json::object({{"difficulty", difficulty}, {"length", length}});
    };
    const RunColumn column = history.column(jobs_of("longbench_v2", "longbench_v2"),
                                            {{of("hard", "long"), 0.0},
                                             {of("hard", "short"), 1.0},
                                             {of("easy", "short"), 1.0},
                                             {of("hard", "medium"), 0.0},
                                             {of("easy", "long"), 1.0},
                                             {of("hard", "short"), 0.0},
                                             {of("easy", "medium"), 0.0},
                                             {of("easy", "medium"), std::nullopt},
                                             {json::object(), 1.0}});
    QCOMPARE(column.breakdowns.size(), size_t{2});
    const BreakdownScores& difficulty = column.breakdowns[0];
    QCOMPARE(difficulty.task, std::string("longbench_v2/longbench_v2"));
    QCOMPARE(names(difficulty), (Names{"easy", "hard"}));
    QVERIFY(std::abs(*difficulty.parts[0].score - 200.0 / 3) < 1e-8);
    QCOMPARE(difficulty.parts[0].scored, size_t{3});
    QCOMPARE(difficulty.parts[0].unparsed, size_t{1});
    QCOMPARE(*difficulty.parts[1].score, 25.0);
    QCOMPARE(difficulty.parts[1].scored, size_t{4});
    // Wilson for 1 of 4: 4.56 to 69.94.
    QVERIFY(std::abs(*difficulty.parts[1].low - 4.5586) < 0.001);
    QVERIFY(std::abs(*difficulty.parts[1].high - 69.9358) < 0.001);
    QCOMPARE(names(column.breakdowns[1]), (Names{"short", "medium", "long"}));
    QVERIFY(std::abs(*column.breakdowns[1].parts[0].score - 200.0 / 3) < 1e-8);
    QCOMPARE(*column.breakdowns[1].parts[1].score, 0.0);
    QCOMPARE(*column.breakdowns[1].parts[2].score, 50.0);
  }

  // [0,8k) [8k,16k) … [40k,48k); what is over 48k goes to the last.
  void l_citeeval() {
    History history;
    std::vector<Answer> answers;
    for (const int length : {52000, 7999, 8000, 15999, 16000, 39999, 40000})
      answers.push_back({json::object({{"length", length}}), length == 8000 ? 1.0 : 0.5});
    const RunColumn column = history.column(jobs_of("l_citeeval", "multi_news"), answers);
    QCOMPARE(column.breakdowns.size(), size_t{1});
    QCOMPARE(names(column.breakdowns[0]),
             (Names{"< 8000", "8000–15999", "16000–23999", "32000–39999", "≥ 40000"}));
    QCOMPARE(*column.breakdowns[0].parts[1].score, 75.0);
    QCOMPARE(column.breakdowns[0].parts[4].scored, size_t{2});
  }

  // At most 8000, 16000, 32000, 64000, 130000 tokens of the prompt; over all lengths of a task.
  void bins_of_loom_scope() {
    History history;
    const RunColumn column = history.column(jobs_of("ruler", "vt", "loomscope-0.8", {8192, 16384}),
                                            {{json::object(), 1.0, 8000, 0},
                                             {json::object(), 0.0, 8001, 0},
                                             {json::object(), 1.0, 16000, 1},
                                             {json::object(), 1.0, 130001, 1}});
    QCOMPARE(column.breakdowns.size(), size_t{1});
    QCOMPARE(names(column.breakdowns[0]), (Names{"≤ 8000", "8001–16000", "> 130000"}));
    QCOMPARE(*column.breakdowns[0].parts[1].score, 50.0);
    // L-CiteEval's are of the data's own length.
    const auto cited = jobs_of("l_citeeval", "hotpotqa", "loomscope-0.8").at(0).breakdowns;
    QCOMPARE(cited.back().field, std::string("length"));
    QCOMPARE(cited.back().part_of("16001"), std::string("16001–32000"));
    QVERIFY(jobs_of("ruler", "vt", "official", {8192}).at(0).breakdowns.empty());
  }

  void values_that_are_no_numbers_are_left_out() {
    History history;
    const RunColumn column = history.column(jobs_of("l_citeeval", "hotpotqa"),
                                            {{json::object({{"length", "many"}}), 1.0},
                                             {json::object({{"length", nullptr}}), 1.0},
                                             {json::array(), 1.0}});
    QVERIFY(column.breakdowns.empty());
    QCOMPARE(*column.tasks[0].score, 100.0);
  }
};

QTEST_GUILESS_MAIN(BreakdownsTest)
#include "breakdowns_test.moc"

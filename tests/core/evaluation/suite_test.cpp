// LOOMBENCH: its composition as far as it is published, its own files where the user has them, and
// the benchmarks' data else.
#include <QTest>
#include <algorithm>
#include <map>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/catalog/suite_files.h"
#include "core/evaluation/job.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

class SuiteTest : public QObject {
  Q_OBJECT

  const Catalog catalog_ = *load_catalog(*paths::registry());
  const SuiteDescription& suite_ = *catalog_.suite("loombench");
  testing::TemporaryFolder folder_;

  EvaluationPlan plan() const {
    EvaluationPlan made = starter_plan("m.gguf");
    made.benchmarks = benchmarks_of(suite_, catalog_, folder_.path());
    return made;
  }
  static const PlanBenchmark& chosen(const EvaluationPlan& plan, const std::string& id) {
    return *std::find_if(plan.benchmarks.begin(), plan.benchmarks.end(),
                         [&](const PlanBenchmark& one) { return one.id == id; });
  }
  void put(const std::string& path) {
    QVERIFY(write_file(folder_.path() / "loombench" / path, "{}\n"));
  }

 private Q_SLOTS:
  void initTestCase() {
    // The user's own cache must not decide.
    qputenv("HF_HUB_CACHE", (folder_.path() / "cache").string().c_str());
  }
  void init() { fs::remove_all(folder_.path() / "loombench"); }

  // The dossier's numbers: 150 cells of the needle's grid, 150 records of LongBench v2, 900 of
  // BABILong, ten tasks of InfiniteBench with 20 records each, LV-Eval without 256k.
  void composition() {
    const EvaluationPlan made = plan();
    QCOMPARE(made.benchmarks.size(), size_t{12});
    QVERIFY(check_plan(made, catalog_).empty());
    std::map<std::string, size_t> samples, cells;
    const std::vector<Job> jobs = *unroll(made, catalog_);
    for (const Job& job : jobs) {
      ++cells[job.benchmark_id];
      samples[job.benchmark_id] += expected_samples(job);
    }
    QCOMPARE(cells["niah"], size_t{40});
    QCOMPARE(samples["niah"], size_t{150});
    QCOMPARE(samples["longbench_v2"], size_t{150});
    QCOMPARE(cells["babilong"], size_t{45});
    QCOMPARE(samples["babilong"], size_t{900});
    QCOMPARE(cells["infinitebench"], size_t{10});
    QCOMPARE(samples["infinitebench"], size_t{200});
    QCOMPARE(cells["lveval"], size_t{44});
    QCOMPARE(cells["l_citeeval"], size_t{11});
    QCOMPARE(cells["leval"], size_t{20});
    QVERIFY(chosen(made, "niah").suite.empty());
    std::map<std::string, int> capabilities;
    for (const PlanBenchmark& one : made.benchmarks)
      ++capabilities[catalog_.benchmark(one.id)->capability];
    QVERIFY(capabilities == (std::map<std::string, int>{{"faithfulness", 1},
                                                        {"general", 3},
                                                        {"reasoning", 4},
                                                        {"retrieval", 2},
                                                        {"generation", 1},
                                                        {"specialization", 1}}));
  }

  void cells_are_the_published_ones() {
    const auto shared = testing::shared_data();
    const fs::path file =
        shared ? shared->parent_path() / "published/package-results.json" : fs::path();
    if (!shared || !fs::exists(file)) QSKIP("skipped: the published results are not here");
    const json grid = (*read_json(file)).at("niah_grid");
    json ours = json::array();
    const json depths =
        (*read_json(*paths::resources() / "data/niah/loombench_cells.json")).at("depths");
    for (const json& length : grid.at("context_lengths"))
      for (const json& depth : depths.at(std::to_string(length.get<size_t>())))
        ours.push_back(json::array({length, depth}));
    QVERIFY(ours == grid.at("loombench_cells"));
    QVERIFY(chosen(plan(), "niah").lengths ==
            grid.at("context_lengths").get<std::vector<size_t>>());
  }

  void own_files_are_taken_whole() {
    put("NIAH/niah.jsonl");
    put("LongBench/hotpotqa.jsonl");
    put("InfiniteBench/passkey.jsonl");  // nine are missing
    for (int task = 1; task <= 5; ++task)
      for (const char* size : {"0k", "1k", "2k", "4k", "8k", "16k", "32k", "64k", "128k"})
        put("babilong/qa" + std::to_string(task) + "_" + size + ".jsonl");
    const EvaluationPlan made = plan();
    QVERIFY(check_plan(made, catalog_).empty());
    for (const char* id : {"niah", "longbench", "babilong"}) {
      QCOMPARE(chosen(made, id).suite, std::string("loombench"));
      QCOMPARE(chosen(made, id).samples, size_t{0});
    }
    QVERIFY(chosen(made, "longbench").tasks == std::vector<std::string>{"hotpotqa"});
    QCOMPARE(chosen(made, "infinitebench").suite, std::string());
    QCOMPARE(chosen(made, "infinitebench").samples, size_t{20});
    QCOMPARE(suite_file(suite_, "babilong", "qa2", 4096, folder_.path())->filename().string(),
             std::string("qa2_4k.jsonl"));
    QCOMPARE(suite_file(suite_, "babilong", "qa2", 0, folder_.path())->filename().string(),
             std::string("qa2_0k.jsonl"));
    const auto gone = suite_file(suite_, "infinitebench", "math_find", 0, folder_.path());
    QVERIFY(!gone);
    QVERIFY(gone.error().message.find("InfiniteBench/math_find.jsonl") != std::string::npos);
    // Where the text of the plan says so, it is kept and changes the fingerprint.
    const auto again = plan_from_json(to_json(made));
    QVERIFY(again && chosen(*again, "niah").suite == "loombench");
    EvaluationPlan without = made;
    without.benchmarks[0].suite = "loombench";
    QVERIFY(fingerprint(without) != fingerprint(made));
    for (const Job& job : *unroll(made, catalog_))  // before the files have been read
      if (job.benchmark_id == "babilong" || job.benchmark_id == "longbench")
        QCOMPARE(job.samples, size_t{20});
  }

  void merged_files_of_ruler() {
    for (const TaskDescription& task : catalog_.benchmark("ruler")->tasks)
      put("RULER/" + task.id + ".jsonl");
    const EvaluationPlan made = plan();
    QVERIFY(chosen(made, "ruler").lengths == std::vector<size_t>{0});
    const std::vector<Job> jobs = *unroll(made, catalog_);
    for (const Job& job : jobs)
      if (job.benchmark_id == "ruler") {
        QCOMPARE(job.limit, size_t{0});
        QCOMPARE(job.samples, size_t{120});  // of six lengths
      }
    QVERIFY(check_plan(made, catalog_).empty());
  }

  void unknown_suites_are_refused() {
    EvaluationPlan made = plan();
    made.benchmarks[0].suite = "none";
    QCOMPARE(check_plan(made, catalog_).at(0).where, std::string("benchmarks[0].suite"));
  }
};

QTEST_APPLESS_MAIN(SuiteTest)
#include "suite_test.moc"

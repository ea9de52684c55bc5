#include "core/execution/evaluation_run.h"

#include <QTest>
#include <thread>

#include "core/base/text_file.h"
#include "core/execution/scoring.h"
#include "tests/core/execution/evaluation_bench.h"

using namespace loom;
using testing::Bench;
using testing::scores_of;

class EvaluationRunTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (!testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  }

  void a_run_ends_with_every_sample_scored() {
    Bench bench;
    int64_t run = bench.start();
    RunProgress last;
    RunObserver observer;
    observer.progress = [&](const RunProgress& progress) { last = progress; };
    auto state = continue_run(run, bench.environment, observer, {});
    QVERIFY2(state, state ? "" : describe(state.error()).c_str());
    QCOMPARE(*state, RunState::finished);
    QCOMPARE(last.samples_done, last.samples_planned);
    RunRow row = *bench.queries->run(run);
    QCOMPARE(row.samples_done, row.samples_planned);
    QVERIFY(row.samples_done > 50);
    RunSummary summary = *bench.queries->summary(run);
    for (const JobSummary& job : summary.jobs) QCOMPARE(job.scored + job.unparsed, job.planned);
    QCOMPARE(summary.columns.at(0).capabilities.size(), size_t{6});
  }

  void a_run_knows_what_it_ran_on() {
    Bench bench;
    int64_t run = bench.start();
    QVERIFY(continue_run(run, bench.environment, {}, {}));
    const auto devices = bench.queries->provenance(run)->devices;
    QCOMPARE(devices.size(), size_t{1});
    QCOMPARE(devices[0].torch_version, std::string("9.8.7"));
    QCOMPARE(devices[0].memory_bytes, size_t{123'456});
    QVERIFY(!devices[0].program_version.empty());
    const auto json = (*results_json(*bench.queries, run))["device"];
    QVERIFY(json["program_version"] == devices[0].program_version);
    QVERIFY(json["torch_version"] == "9.8.7" && json["memory_bytes"] == 123'456);
  }

  void stopping_anywhere_changes_no_score() {
    Bench whole;
    int64_t run = whole.start();
    QVERIFY(continue_run(run, whole.environment, {}, {}));
    auto expected = scores_of(*whole.queries, run);
    for (size_t stop_after : {1u, 7u, 23u}) {
      Bench pieces;
      int64_t id = pieces.start();
      int sessions = 0;
      for (RunState state = RunState::created; state != RunState::finished; ++sessions) {
        std::stop_source stop;
        pieces.behaviour.stop = &stop;
        pieces.behaviour.stop_after = pieces.behaviour.answered + stop_after;
        state = *continue_run(id, pieces.environment, {}, stop.get_token());
        QVERIFY(state == RunState::paused || state == RunState::finished);
        QVERIFY(sessions < 1000);
      }
      QVERIFY(sessions > 2);
      QVERIFY(scores_of(*pieces.queries, id) == expected);
    }
  }

  // L-Eval keeps the beginning of what is too long, of code the end; each sample says so.
  void tasks_cut_as_their_benchmark_does() {
    Bench bench;
    std::string words;
    for (int i = 0; i < 3000; ++i) words += "word" + std::to_string(i) + " ";
    const nlohmann::json line = {{"input", words},
                                 {"instructions", nlohmann::json::array({"Which?"})},
                                 {"outputs", nlohmann::json::array({"A"})},
                                 {"evaluation", "exam"}};
    for (const char* task : {"quality", "codeU"})
      QVERIFY(write_file(bench.environment.data_folder / "leval" / (std::string(task) + ".jsonl"),
                         line.dump() + "\n"));
    EvaluationPlan plan = starter_plan(testing::default_model()->string());
    plan.benchmarks = {{"leval", {"quality", "codeU"}, {}, 0, nlohmann::json::object()}};
    plan.max_length = 2048;
    const int64_t run = *start_run(plan, bench.environment);
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished);
    const auto rows = *bench.queries->samples(run, {}, 0, 10);
    QCOMPARE(rows.size(), size_t{2});
    for (const SampleRow& row : rows) {
      const Sample sample = *bench.queries->sample(row.id);
      const bool code = row.job == 1;
      QVERIFY(sample.prompt.truncation.cut);
      QCOMPARE(sample.metadata.value("truncation_rule", ""), std::string(code ? "head" : "tail"));
      QCOMPARE(sample.prompt.text.find("word5 ") != std::string::npos, !code);
      QCOMPARE(sample.prompt.text.find("word2999") != std::string::npos, code);
    }
  }

  void failed_samples_are_records() {
    Bench bench;
    bench.behaviour.failing = {2, 5};
    int64_t run = bench.start();
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished_with_failures);
    auto failed = bench.queries->samples(run, {.only_failed = true}, 0, 10);
    QCOMPARE(failed->size(), size_t{2});
    Sample sample = *bench.queries->sample(failed->front().id);
    QCOMPARE(sample.error->message, std::string("no answer in time"));
    QVERIFY(!sample.score);
    RunSummary summary = *bench.queries->summary(run);
    QCOMPARE(summary.jobs[0].failed, size_t{2});
    auto reasons = bench.queries->failures(run, 10);
    QVERIFY(reasons);
    QCOMPARE(reasons->size(), size_t{1});  // both failed alike
    QCOMPARE(reasons->front().samples, size_t{2});
    QCOMPARE(reasons->front().reason.kind, ErrorKind::timeout);
    QCOMPARE(reasons->front().reason.message, std::string("no answer in time"));
    QCOMPARE(summary.jobs[0].scored, summary.jobs[0].planned - 2);  // no zeros in the mean
  }

  void failures_of_an_earlier_session_count() {
    Bench bench;
    std::stop_source stop;
    bench.behaviour.failing = {2};
    bench.behaviour.stop = &stop;
    bench.behaviour.stop_after = 10;
    int64_t run = bench.start();
    QCOMPARE(*continue_run(run, bench.environment, {}, stop.get_token()), RunState::paused);
    bench.behaviour.stop = nullptr;
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished_with_failures);
  }

  void a_lost_server_leaves_reasons() {
    Bench bench;
    bench.behaviour.gone_after = 12;
    int64_t run = bench.start();
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished_with_failures);
    RunRow row = *bench.queries->run(run);
    QCOMPARE(row.samples_done, row.samples_planned);
    QCOMPARE(row.samples_failed, row.samples_planned - 12);
  }

  void pausing_waits_and_goes_on() {
    Bench bench;
    std::atomic<bool> paused = false;
    std::atomic<int> finished = 0;
    bench.environment.paused = [&] { return paused.load(); };
    RunObserver observer;
    observer.sample_finished = [&](int, const Sample&) {
      if (++finished == 5) paused = true;
    };
    int64_t run = bench.start();
    auto before = std::chrono::steady_clock::now();
    std::jthread worker([&] { (void)continue_run(run, bench.environment, observer, {}); });
    QTRY_VERIFY(paused.load());
    QTest::qWait(300);  // what was answered is still scored
    const int at_pause = finished;
    QTest::qWait(1200);
    QCOMPARE(finished.load(), at_pause);
    QVERIFY(bench.queries->run(run)->samples_done < bench.queries->run(run)->samples_planned);
    paused = false;
    worker.join();
    std::chrono::duration<double> all = std::chrono::steady_clock::now() - before;
    QCOMPARE(bench.queries->run(run)->state, RunState::finished);
    QVERIFY2(bench.queries->run(run)->wall_s < all.count() - 1.3, "a pause counts as work");
  }

  void models_that_cannot_answer_are_refused_data() {
    QTest::addColumn<std::string>("path");
    QTest::addColumn<ErrorKind>("kind");
    const auto golden = testing::source_folder() / "tests" / "golden";
    QTest::newRow("mistyped") << std::string("/nowhere/model.gguf") << ErrorKind::not_found;
    QTest::newRow("encoder") << (golden / "encoders" / "bert").string() << ErrorKind::unsupported;
    QTest::newRow("no model") << (golden / "make_gguf.py").string() << ErrorKind::corrupt;
  }
  // Before anything is stored.
  void models_that_cannot_answer_are_refused() {
    QFETCH(std::string, path);
    QFETCH(ErrorKind, kind);
    Bench bench;
    EvaluationPlan plan = starter_plan(testing::default_model()->string());
    plan.models.push_back({path, "", "auto"});
    auto run = start_run(plan, bench.environment);
    QVERIFY(!run);
    QCOMPARE(run.error().kind, kind);
    QVERIFY(describe(run.error()).find(path) != std::string::npos);
    QVERIFY(bench.queries->runs({}, 0, 1)->empty());
  }

  void a_model_that_goes_fails_its_jobs() {
    Bench bench;
    const auto model = bench.folder.path() / "model.gguf";
    std::filesystem::create_symlink(*testing::default_model(), model);
    auto run = start_run(starter_plan(model.string()), bench.environment);
    QVERIFY(run);
    std::filesystem::remove(model);
    QCOMPARE(*continue_run(*run, bench.environment, {}, {}), RunState::finished_with_failures);
    auto rows = bench.queries->samples(*run, {}, 0, 1);
    Sample sample = *bench.queries->sample(rows->front().id);
    QCOMPARE(sample.error->kind, ErrorKind::not_found);
  }

  // Half of the answers from one model and half from another would be no measurement.
  void a_run_does_not_go_on_with_another_model() {
    Bench bench;
    const int64_t run = bench.start();
    std::stop_source stop;
    bench.behaviour.stop = &stop;
    bench.behaviour.stop_after = 7;
    QCOMPARE(*continue_run(run, bench.environment, {}, stop.get_token()), RunState::paused);
    const auto before = scores_of(*bench.queries, run);
    const size_t answered = bench.behaviour.answered;
    QVERIFY(bench.queries->run(run)->samples_done > 0);
    bench.behaviour.stop = nullptr;
    bench.behaviour.weights = "another";
    const auto refused = continue_run(run, bench.environment, {}, {});
    QVERIFY(!refused && refused.error().kind == ErrorKind::conflict &&
            !refused.error().remedy.empty());
    QCOMPARE(bench.behaviour.answered, answered);
    QVERIFY(scores_of(*bench.queries, run) == before);
    bench.behaviour.weights = "fake";
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished);
  }

  void scoring_again_changes_nothing() {
    Bench bench;
    int64_t run = bench.start();
    QVERIFY(continue_run(run, bench.environment, {}, {}));
    auto before = scores_of(*bench.queries, run);
    QVERIFY(score_again(run, *bench.queries, bench.environment));
    QVERIFY(scores_of(*bench.queries, run) == before);
  }
};

QTEST_GUILESS_MAIN(EvaluationRunTest)
#include "evaluation_run_test.moc"

#include "core/history/run_store.h"

#include <QTest>
#include <thread>

#include "core/history/database.h"
#include "tests/core/history/opened_history.h"

using namespace loom;
using testing::compare_samples;
using testing::written_sample;
using Opened = testing::OpenedHistory;

class RunStoreTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void reads_back_every_field() {
    Opened history;
    int64_t run = history.run_with(12);
    auto rows = history.queries->samples(run, {}, 0, 100);
    QVERIFY(rows);
    QCOMPARE(rows->size(), size_t{12});
    for (const SampleRow& row : *rows) {
      auto sample = history.queries->sample(row.id);
      QVERIFY2(sample, sample ? "" : describe(sample.error()).c_str());
      compare_samples(*sample, written_sample(row.index));
    }
  }

  void shares_documents_between_samples() {
    Opened history;
    history.run_with(400);  // a hundred documents of 7 kB, four samples each
    auto database = *Database::open(history.file, Database::Mode::query);
    QCOMPARE(*database->number("SELECT count(*) FROM document"), int64_t{100});
  }

  void a_stored_sample_is_never_replaced() {
    Opened history;
    int64_t run = history.run_with(3);
    Sample other = written_sample(1);
    other.result.text = "something else";
    auto again = history.store->put_sample(run, other);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::conflict);
    auto rows = history.queries->samples(run, {}, 0, 10);
    QCOMPARE((*history.queries->sample((*rows)[1].id)).result.text, written_sample(1).result.text);
  }

  void a_failed_sample_may_be_tried_again() {
    Opened history;
    int64_t run = *history.store->create_run(testing::small_plan("x", 2), testing::small_jobs(2));
    Sample failed = written_sample(0);
    failed.state = SampleState::failed;
    failed.score.reset();
    failed.error = Error{ErrorKind::timeout, "no answer", "engine", "Try again"};
    QVERIFY(history.store->put_sample(run, failed));
    QCOMPARE(*history.store->failed_samples(run), size_t{1});
    auto rows = history.queries->samples(run, {.only_failed = true}, 0, 10);
    QCOMPARE(rows->size(), size_t{1});
    auto read = history.queries->sample(rows->front().id);
    QCOMPARE(read->error->message, std::string("no answer"));
    QCOMPARE(read->error->kind, ErrorKind::timeout);
    QVERIFY(history.store->put_sample(run, written_sample(0)));
    QCOMPARE(*history.store->failed_samples(run), size_t{0});
    QCOMPARE(history.queries->run(run)->samples_done, size_t{1});
  }

  void a_model_that_answered_is_not_replaced() {
    Opened history;
    RunStore& store = *history.store;
    int64_t run = *store.create_run(testing::small_plan("x", 2), testing::small_jobs(2));
    const std::string first = R"({"weights_hash": "a", "tokenizer_hash": "t"})";
    QVERIFY(store.record_model(run, 0, R"({"weights_hash": "z"})"));
    QVERIFY(store.record_model(run, 0, first));  // nothing was answered yet
    QVERIFY(store.put_sample(run, written_sample(0)));
    QVERIFY(store.record_model(run, 0, first));
    QVERIFY(store.record_model(run, 1, R"({"weights_hash": "b"})"));  // another of the plan's
    for (const char* other : {R"({"weights_hash": "b", "tokenizer_hash": "t"})",
                              R"({"weights_hash": "a", "tokenizer_hash": "u"})"}) {
      const Status refused = store.record_model(run, 0, other);
      QVERIFY(!refused && refused.error().kind == ErrorKind::conflict);
    }
    QVERIFY(history.queries->provenance(run)->models.at(0) == nlohmann::json::parse(first));
  }

  void data_that_was_answered_is_not_replaced() {
    Opened history;
    RunStore& store = *history.store;
    int64_t run = *store.create_run(testing::small_plan("x", 2), testing::small_jobs(2));
    QVERIFY(store.record_data(run, 0, "before"));
    QVERIFY(store.record_data(run, 0, "first"));  // nothing was answered yet
    QVERIFY(store.put_sample(run, written_sample(0)));
    QVERIFY(store.record_data(run, 0, "first"));
    QVERIFY(store.record_data(run, 0, ""));  // unknown
    const Status refused = store.record_data(run, 0, "second");
    QVERIFY(!refused && refused.error().kind == ErrorKind::conflict);
    QVERIFY(store.record_data(run, 0, "first"));
    QCOMPARE(store.jobs(run)->at(0).samples, size_t{2});
    // Runs of versions that did not record it go on.
    int64_t older = *store.create_run(testing::small_plan("y", 2), testing::small_jobs(2));
    QVERIFY(store.put_sample(older, written_sample(0)));
    QVERIFY(store.record_data(older, 0, "first"));
  }

  void no_lima_has_a_base_score() {
    Opened history;
    EvaluationPlan plan = testing::small_plan("x", 4);
    plan.benchmarks = {{"nolima", {"needle_set"}, {512, 2048}, 4, nlohmann::json::object()}};
    std::vector<Job> jobs = testing::small_jobs(4);
    jobs.push_back(jobs[0]);
    for (Job& job : jobs) {
      job.index = static_cast<int>(&job - jobs.data());
      job.benchmark_id = "nolima";
      job.task = "needle_set";
      job.length_tokens = job.index == 0 ? 512 : 2048;
    }
    for (const char* rules : {"official", "loomscope-0.8"}) {
      plan.rule_set = rules;
      const int64_t run = *history.store->create_run(plan, jobs);
      for (int i = 0; i < 8; ++i) {
        Sample sample = written_sample(i);
        sample.job = i / 4;
        sample.index = i % 4;
        sample.identity += rules;
        sample.record_id = std::string(i % 2 ? "0401_T1" : "0402_T1") + "_onehop-book-" +
                           std::to_string(i) + "-depth-2";
        sample.score->value = i < 4 || i % 2 ? 1.0 : 0.0;
        QVERIFY(history.store->put_sample(run, sample));
      }
      const auto summary = history.queries->summary(run);
      QVERIFY(summary);
      const auto& found = summary->columns.at(0).base_scores;
      QCOMPARE(found.size(), size_t{rules == std::string_view("official") ? 1u : 0u});
      if (found.empty()) continue;
      QCOMPARE(found[0].task, std::string("nolima/needle_set"));
      QCOMPARE(found[0].base, 100.0);
      QCOMPARE(found[0].lengths.at(1).score, 50.0);
      QCOMPARE(found[0].effective_length.value_or(0), size_t{512});
    }
  }

  void what_was_read_replaces_what_was_planned() {
    Opened history;
    EvaluationPlan plan = starter_plan("m.gguf");
    Job read{.index = 0, .benchmark_id = "libra", .task = "a", .samples = 1, .limit = 0};
    Job failed{.index = 1, .benchmark_id = "libra", .task = "b", .samples = 9, .limit = 9};
    read.metric = failed.metric = "answer_match";
    read.official_samples = failed.official_samples = 100;
    const int64_t run = *history.store->create_run(plan, {read, failed});
    QVERIFY(history.store->set_job_samples(run, 0, 100));
    const auto jobs = history.store->jobs(run);
    QVERIFY(jobs);
    QCOMPARE(jobs->at(0).samples, size_t{100});
    QCOMPARE(jobs->at(0).limit, size_t{0});
    QCOMPARE(jobs->at(1).samples, size_t{9});
    QCOMPARE(jobs->at(1).limit, size_t{9});
    QCOMPARE(history.queries->run(run)->samples_planned, size_t{109});
    const auto summary = history.queries->summary(run);
    QVERIFY(summary);
    QVERIFY(!summary->jobs[0].fewer_than_official);
    QVERIFY(summary->jobs[1].fewer_than_official);
    QVERIFY(history.store->set_job_samples(run, 0, 99));
    QVERIFY(history.queries->summary(run)->jobs[0].fewer_than_official);
  }

  void jobs_beside_each_other_take_the_run_no_longer() {
    Opened history;
    Job first{.index = 0, .benchmark_id = "libra", .task = "a", .samples = 1};
    Job second{.index = 1, .benchmark_id = "libra", .task = "b", .samples = 1};
    first.metric = second.metric = "answer_match";
    const int64_t run = *history.store->create_run(starter_plan("m.gguf"), {first, second});
    QVERIFY(history.store->add_job_time(run, 0, {{"cuda:0", 1000, 1010}}, 3));
    QCOMPARE(history.queries->run(run)->wall_s, 10.0);
    QVERIFY(history.store->add_job_time(run, 1, {{"cuda:1", 1004, 1006}, {"cuda:1", 1008, 1015}}));
    QCOMPARE(history.queries->run(run)->wall_s, 15.0);
    const auto summary = history.queries->summary(run);
    QVERIFY(summary);
    QCOMPARE(summary->jobs[0].wall_s, 13.0);  // with the time of an earlier run's answers
    QCOMPARE(summary->jobs[1].wall_s, 9.0);
    QCOMPARE(summary->jobs[1].busy.size(), size_t{2});
    QCOMPARE(summary->jobs[1].busy[1].device, std::string("cuda:1"));
    QCOMPARE(summary->jobs[1].busy[1].end_s, 1015.0);
    QCOMPARE(device_seconds(summary->jobs), 19.0);
    QCOMPARE(history.store->jobs(run)->at(0).task, std::string("a"));
  }

  void summary_counts_and_means() {
    Opened history;
    int64_t run = history.run_with(40);
    QVERIFY(history.store->add_job_time(run, 0, {{"cpu", 100, 101.5}}));
    QVERIFY(history.store->add_job_time(run, 0, {{"cpu", 200, 202}}));
    QVERIFY(history.store->set_state(run, RunState::finished));
    auto summary = history.queries->summary(run);
    QVERIFY(summary);
    const JobSummary& job = summary->jobs.at(0);
    QCOMPARE(job.scored, size_t{40});
    QCOMPARE(job.truncated, size_t{8});
    QCOMPARE(*job.score, 37.5);  // 0, 25, 50, 75
    QVERIFY(*job.low < 37.5 && *job.high > 37.5);
    QCOMPARE(job.wall_s, 3.5);
    QCOMPARE(job.tokens_generated, size_t{120});
    QCOMPARE(*history.queries->run(run)->mean, 37.5);
    auto points = history.queries->points(run);
    QCOMPARE(points->size(), size_t{40});
    QCOMPARE(*points->at(7).depth, 7.0);
  }

  void two_runs_of_one_name_are_two() {
    Opened history;
    int64_t a = history.run_with(1, "same"), b = history.run_with(1, "same");
    QVERIFY(a != b);
    QCOMPARE(*history.queries->count_runs({}), size_t{2});
    auto pairs = history.queries->paired(a, b);
    QCOMPARE(pairs->size(), size_t{1});
    QCOMPARE(pairs->front().record_id, std::string("vt-0"));
  }

  void finds_runs_by_text_tag_and_state() {
    Opened history;
    int64_t a = history.run_with(1, "long memory"), b = history.run_with(1, "Überblick 长文本");
    QVERIFY(history.store->set_tags(a, {"paper", "v2"}));
    QVERIFY(history.store->set_state(b, RunState::cancelled));
    auto ids = [&](const RunFilter& filter) {
      std::vector<int64_t> found;
      for (const RunRow& row : *history.queries->runs(filter, 0, 10)) found.push_back(row.id);
      return found;
    };
    using Ids = std::vector<int64_t>;
    QCOMPARE(ids({.text = "memo"}), Ids{a});
    QCOMPARE(ids({.text = "überblick"}), Ids{b});
    QCOMPARE(ids({.text = "paper"}), Ids{a});
    QCOMPARE(ids({.text = "\"; DROP TABLE run; --"}), Ids{});
    QCOMPARE(ids({.tag = "v2"}), Ids{a});
    QCOMPARE(ids({.states = {RunState::cancelled}}), Ids{b});
    QCOMPARE(ids({}), (Ids{b, a}));
    QVERIFY(history.store->rename(a, "renamed"));
    QCOMPARE(ids({.text = "renamed"}), Ids{a});
    QCOMPARE(ids({.text = "memory"}), Ids{});
  }

  void deletes_hide_until_purged() {
    Opened history;
    int64_t a = history.run_with(4), b = history.run_with(4);
    QVERIFY(history.store->set_deleted(a, true));
    QCOMPARE(*history.queries->count_runs({}), size_t{1});
    QVERIFY(history.store->set_deleted(a, false));
    QCOMPARE(*history.queries->count_runs({}), size_t{2});
    QVERIFY(history.store->set_deleted(a, true));
    QCOMPARE(*history.store->deleted_runs(), std::vector<int64_t>{a});
    QVERIFY(history.store->purge({a, b}));
    QVERIFY(!history.queries->run(a));
    QVERIFY(history.queries->run(b));
    auto rows = history.queries->samples(b, {}, 0, 10);
    QCOMPARE((*history.queries->sample(rows->at(3).id)).prompt.text, written_sample(3).prompt.text);
  }

  void purge_takes_the_documents_of_no_other_run() {
    Opened history;
    int64_t a = history.run_with(4), b = history.run_with(4);
    auto documents = [&] {
      return *(*Database::open(history.file, Database::Mode::query))
                  ->number("SELECT count(*) FROM document");
    };
    QVERIFY(documents() > 0);
    QVERIFY(history.store->set_deleted(a, true) && history.store->set_deleted(b, true));
    QVERIFY(history.store->purge({a}));
    QVERIFY(documents() > 0);
    QVERIFY(history.store->purge({b}));
    QCOMPARE(documents(), int64_t{0});
    QVERIFY(history.run_with(4) > 0);
  }

  void only_one_works_on_a_run() {
    Opened history;
    int64_t run = history.run_with(2), other = history.run_with(2);
    QVERIFY(history.store->set_state(run, RunState::running));
    {
      auto claim = history.store->claim(run);
      QVERIFY(claim);
      QVERIFY(history.store->claim(other));
      QCOMPARE(history.store->claim(run).error().kind, ErrorKind::conflict);
      QVERIFY(history.store->pause_abandoned());
      QVERIFY(history.queries->run(run)->state == RunState::running);
    }
    QVERIFY(history.store->pause_abandoned());
    QVERIFY(history.queries->run(run)->state == RunState::paused);
    QVERIFY(history.store->claim(run));
  }

  void searches_samples() {
    Opened history;
    int64_t run = history.run_with(12);
    auto count = [&](const SampleFilter& filter) {
      return history.queries->samples(run, filter, 0, 100)->size();
    };
    QCOMPARE(count({.text = "number 7"}), size_t{1});
    QCOMPARE(count({.text = "shared document"}), size_t{12});
    QCOMPARE(count({.text = "二"}), size_t{12});
    QCOMPARE(count({.text = "zzz%"}), size_t{0});
    QCOMPARE(count({.only_truncated = true}), size_t{3});
    QCOMPARE(count({.only_wrong = true}), size_t{12});
    QCOMPARE(count({.only_failed = true}), size_t{0});
  }

  void writes_from_several_threads() {
    Opened history;
    int64_t run =
        *history.store->create_run(testing::small_plan("x", 200), testing::small_jobs(200));
    std::vector<std::jthread> threads;
    std::atomic<int> good = 0;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = t; i < 200; i += 4)
          good += history.store->put_sample(run, written_sample(i)).has_value();
      });
    threads.clear();
    QCOMPARE(good.load(), 200);
    QCOMPARE((*history.store->finished_samples(run, 1))[0].size(), size_t{200});
  }

  void unfinished_runs_are_found() {
    Opened history;
    QVERIFY(!history.store->latest_unfinished());
    int64_t a = history.run_with(1), b = history.run_with(1);
    QCOMPARE(*history.store->latest_unfinished(), b);
    QVERIFY(history.store->set_state(b, RunState::finished));
    QCOMPARE(*history.store->latest_unfinished(), a);
    // What was at work goes before what waited for it, failed or was cancelled, however new that
    // is.
    int64_t c = history.run_with(1), d = history.run_with(1), e = history.run_with(1);
    QVERIFY(history.store->set_state(a, RunState::paused));
    QVERIFY(history.store->set_state(d, RunState::failed));
    QVERIFY(history.store->set_state(e, RunState::cancelled));
    for (int64_t expected : {a, c, d, e}) {
      QCOMPARE(*history.store->latest_unfinished(), expected);
      QVERIFY(history.store->set_state(expected, RunState::finished));
    }
    QVERIFY(!history.store->latest_unfinished());
    QCOMPARE(history.store->plan(a)->name, std::string("run"));
    QVERIFY(!history.store->plan(99));
    QVERIFY(!history.store->set_state(99, RunState::paused));
  }
};

QTEST_GUILESS_MAIN(RunStoreTest)
#include "run_store_test.moc"

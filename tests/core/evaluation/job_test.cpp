#include "core/evaluation/job.h"

#include <QTest>

#include "core/base/file_paths.h"
#include "core/evaluation/evaluation_plan.h"

using namespace loom;
using nlohmann::json;

class JobTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // BABILong's 0k is the story without a book, NoLiMa's base score begins at 250 tokens.
  void lengths_begin_where_the_benchmark_does() {
    struct Case {
      const char* benchmark;
      size_t length;
      bool allowed;
    };
    Catalog catalog = *load_catalog(*paths::registry());
    for (const Case& one :
         {Case{"babilong", 0, true}, Case{"nolima", 250, true}, Case{"nolima", 500, true},
          Case{"nolima", 249, false}, Case{"ruler", 256, true}, Case{"ruler", 255, false}}) {
      EvaluationPlan plan = starter_plan("m.gguf");
      plan.benchmarks = {{one.benchmark, {}, {one.length}, 1, json::object()}};
      const auto problems = check_plan(plan, catalog);
      QVERIFY2(problems.empty() == one.allowed, one.benchmark);
      auto jobs = unroll(plan, catalog);
      QVERIFY(jobs && jobs->front().length_tokens == one.length);
    }
  }

  void unrolls_every_combination_once() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.models.push_back({"b.gguf", "b", "auto"});
    auto jobs = unroll(plan, catalog);
    QVERIFY(jobs);
    QCOMPARE(jobs->size(), 2 * catalog.benchmark("starter")->tasks.size());
    for (size_t i = 0; i < jobs->size(); ++i) QCOMPARE((*jobs)[i].index, static_cast<int>(i));
  }

  // The registry's number is shown and compared with; only the plan limits what is read.
  void only_the_plan_limits_the_samples() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.benchmarks = {{"libra", {"librusec_mhqa"}, {8192}, 0, json::object()}};
    const Job known = unroll(plan, catalog)->at(0);
    QCOMPARE(known.limit, size_t{0});
    QCOMPARE(known.samples, size_t{384});
    plan.benchmarks[0].tasks = {"passkey"};
    const Job unknown = unroll(plan, catalog)->at(0);
    QCOMPARE(unknown.limit, size_t{0});
    QCOMPARE(unknown.official_samples, size_t{0});
    QCOMPARE(unknown.samples, size_t{1});  // so that a job that fails leaves a record
    plan.benchmarks[0].samples = 7;
    const Job limited = unroll(plan, catalog)->at(0);
    QCOMPARE(limited.limit, size_t{7});
    QCOMPARE(limited.samples, size_t{7});
  }

  // Ada-LEval's scores of open models: the first 1000 of a file, from 32k on the first 200.
  void official_numbers_depend_on_the_length() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.benchmarks = {
        {"ada_leval", {"textsort"}, {2048, 16384, 32768, 131072}, 0, json::object()}};
    const size_t expected[] = {1000, 1000, 200, 200};
    const auto jobs = *unroll(plan, catalog);
    QCOMPARE(jobs.size(), size_t{4});
    for (size_t i = 0; i < jobs.size(); ++i) {
      QCOMPARE(jobs[i].official_samples, expected[i]);
      QCOMPARE(jobs[i].limit, expected[i]);
    }
    plan.rule_set = "loomscope-0.8";  // that package takes all
    const auto all = *unroll(plan, catalog);
    for (const Job& job : all) QCOMPARE(job.limit, size_t{0});
    plan.rule_set = "official";
    plan.benchmarks[0].samples = 300;
    const auto limited = *unroll(plan, catalog);
    for (const Job& job : limited) QCOMPARE(job.limit, size_t{300});
  }

  // The needle's grid has 35 depths, that of loom-scope ten; a cell of LOOMBENCH's has its own.
  void official_numbers_depend_on_the_rules() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.benchmarks = {{"niah", {}, {4096}, 0, json::object()},
                       {"niah", {}, {98692}, 0, {{"grid", "loombench"}}}};
    for (const auto& [rules, depths] : {std::pair("official", 35), {"loomscope-0.8", 10}}) {
      plan.rule_set = rules;
      const auto jobs = *unroll(plan, catalog);
      QCOMPARE(jobs.size(), size_t{2});
      QCOMPARE(jobs[0].official_samples, static_cast<size_t>(depths));
      QCOMPARE(jobs[0].samples, static_cast<size_t>(depths));
      QCOMPARE(jobs[1].official_samples, size_t{1});
    }
  }

  // How many records L-CiteEval's other sets hold is not known.
  void numbers_of_another_set_are_not_taken() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.benchmarks = {{"l_citeeval", {"hotpotqa"}, {}, 0, json::object()}};
    QCOMPARE(unroll(plan, catalog)->at(0).official_samples, size_t{240});
    plan.benchmarks[0].parameters = {{"set", "Length"}};
    QCOMPARE(unroll(plan, catalog)->at(0).official_samples, size_t{0});
  }

  // A plan that takes benchmarks whole takes of them what its rules can score, and says what not.
  void tasks_without_a_score_are_left_out() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.rule_set = "loomscope-0.8";
    plan.benchmarks = {{"bamboo", {}, {}, 0, json::object()},
                       {"longcite", {}, {}, 0, json::object()},
                       {"libra", {}, {8192}, 0, json::object()}};
    const size_t tasks = catalog.benchmark("bamboo")->tasks.size();
    const auto jobs = *unroll(plan, catalog);
    QCOMPARE(jobs.size(), tasks - 1);
    for (size_t i = 0; i < jobs.size(); ++i) {
      QCOMPARE(jobs[i].index, static_cast<int>(i));
      QVERIFY(jobs[i].task != "private_eval");
    }
    const auto lines = left_out(plan, catalog);
    QCOMPARE(lines.size(), size_t{3});
    QVERIFY2(lines[0].starts_with("the rules loomscope-0.8 have no score for bamboo/private_eval"),
             lines[0].c_str());
    QCOMPARE(lines[1], std::string("the rules loomscope-0.8 have no score for longcite"));
    // One task of 21 would stand for the whole benchmark.
    QVERIFY2(lines[2].find("score 1 of libra's 21 tasks") != std::string::npos, lines[2].c_str());
    // What is named is meant.
    plan.benchmarks = {{"libra", {"ru_sci_passage_count"}, {8192}, 0, json::object()}};
    QCOMPARE(unroll(plan, catalog)->size(), size_t{1});
    QVERIFY(left_out(plan, catalog).empty());
    plan.benchmarks[0].tasks = {"ru_trec"};
    QVERIFY(!unroll(plan, catalog));
    plan.benchmarks = {{"bamboo", {"private_eval"}, {}, 0, json::object()}};
    QVERIFY(!unroll(plan, catalog));
    plan.rule_set = "official";
    QVERIFY(left_out(plan, catalog).empty());
  }

  // Of NThread's files the numbers are known of one alone; the others are made as many of.
  void made_samples_are_no_official_number() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.benchmarks = {{"nthread", {}, {4096}, 0, json::object()}};
    const auto jobs = *unroll(plan, catalog);
    QCOMPARE(jobs.size(), size_t{6});
    for (const Job& job : jobs) {
      QCOMPARE(job.samples, size_t{55});
      QCOMPARE(job.limit, size_t{0});
      QCOMPARE(job.official_samples, job.task == "single_needle" ? size_t{55} : size_t{0});
    }
  }

  // LIBRA's table of tasks and lengths, as its dossier and its own configuration have it.
  void tasks_are_left_out_at_lengths_they_do_not_have() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.benchmarks = {{"libra", {}, {}, 0, json::object()}};
    const auto at = [&](size_t length) {
      plan.benchmarks[0].lengths = {length};
      return unroll(plan, catalog)->size();
    };
    const std::pair<size_t, size_t> tasks[] = {{4096, 13},  {8192, 19},  {16384, 18},
                                               {32768, 17}, {65536, 14}, {131072, 12}};
    for (const auto& [length, count] : tasks) QCOMPARE(at(length), count);
    QCOMPARE(at(12288), size_t{0});
    plan.benchmarks[0].tasks = {"ru_gsm100", "ru_quality"};
    plan.benchmarks[0].lengths = {8192, 16384};
    const auto jobs = *unroll(plan, catalog);
    QCOMPARE(jobs.size(), size_t{3});
    for (size_t i = 0; i < jobs.size(); ++i) QCOMPARE(jobs[i].index, static_cast<int>(i));
    const auto lines = left_out(plan, catalog);
    QCOMPARE(lines.size(), size_t{1});
    QCOMPARE(lines[0], std::string("libra/ru_gsm100 has no data of 8192 tokens; it has 16384"));
    QVERIFY(check_plan(plan, catalog).empty());
    plan.benchmarks[0] = {"libra", {"ru_gsm100"}, {8192}, 0, json::object()};
    const auto problems = check_plan(plan, catalog);
    QCOMPARE(problems.size(), size_t{1});
    QCOMPARE(problems[0].where, std::string("benchmarks[0].lengths"));
    plan.benchmarks[0] = {"ruler", {"vt"}, {5000}, 0, json::object()};  // made at any length
    QVERIFY(left_out(plan, catalog).empty());
    QCOMPARE(unroll(plan, catalog)->size(), size_t{1});
  }
};

QTEST_APPLESS_MAIN(JobTest)
#include "job_test.moc"

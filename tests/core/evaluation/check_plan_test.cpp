// Plans against the catalogue: what is not there, what stands twice, what could not be read again.
#include <QTest>
#include <algorithm>
#include <functional>
#include <limits>

#include "core/base/file_paths.h"
#include "core/evaluation/evaluation_plan.h"
#include "tests/core/evaluation/example_plan.h"

using namespace loom;
using nlohmann::json;
using testing::good_plan;

class CheckPlanTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void ids_are_checked_against_the_catalogue() {
    Catalog catalog = *load_catalog(*paths::registry());
    QVERIFY(check_plan(*plan_from_json(good_plan()), catalog).empty());
    json plan = good_plan();
    plan["benchmarks"][0]["id"] = "stater";
    QCOMPARE(check_plan(*plan_from_json(plan), catalog).size(), size_t{1});
    plan = good_plan();
    plan["benchmarks"][0]["tasks"] = {"nothing"};
    QCOMPARE(check_plan(*plan_from_json(plan), catalog).size(), size_t{1});
    plan = good_plan();
    plan["servers"] = {{{"id", "nowhere"}}};
    QCOMPARE(check_plan(*plan_from_json(plan), catalog).size(), size_t{1});
    plan = good_plan();
    plan["models"] = json::array();
    QVERIFY(!check_plan(*plan_from_json(plan), catalog).empty());
  }

  void devices_are_named_as_they_are() {
    Catalog catalog = *load_catalog(*paths::registry());
    auto good = [&](const json& devices) {
      json plan = good_plan();
      plan["devices"] = devices;
      return check_plan(*plan_from_json(plan), catalog).empty();
    };
    QVERIFY(good({"cpu"}) && good({"cuda:0", "cuda:1"}) && good(json::array()));
    QVERIFY(good({"cuda:0+cuda:1"}) && good({"cuda:0+cuda:1", "cuda:2+cuda:3"}));  // --gp_num 2
    QVERIFY(good({"cuda:0", "cuda:0"}) && good({"cpu", "cpu"}));                   // --gp_num 1/2
    for (const char* bad : {"cuda:0+cuda:0", "cuda:0+", "+cuda:0", "cpu+cpu", "cpu+cuda:0", "gpu",
                            "cuda", "cuda:", "cuda:x", "cuda:-1", "cuda:0 ", "cuda:99999",
                            "cuda:0/fp16", "cuda:0+cuda:00", ""})
      QVERIFY2(!good({bad}), bad);
    QVERIFY(good(std::vector<std::string>(64, "cpu")));
    QVERIFY(!good(std::vector<std::string>(65, "cpu")));
  }

  // What stands twice would count twice in every mean.
  void repeats_are_refused() {
    Catalog catalog = *load_catalog(*paths::registry());
    auto problem = [&](const char* field, const json& value) {
      json plan = good_plan();
      plan["benchmarks"] = {{{"id", "ruler"}, {"tasks", {"vt", "cwe"}}, {"lengths", {4096, 8192}}}};
      plan["benchmarks"][0][field] = value;
      const auto problems = check_plan(*plan_from_json(plan), catalog);
      return problems.empty() ? Error{} : problems.front();
    };
    QCOMPARE(problem("tasks", {"vt", "cwe"}).message, std::string());
    const Error task = problem("tasks", {"vt", "cwe", "vt"});
    QCOMPARE(task.message, std::string("the task vt stands twice"));
    QCOMPARE(task.where, std::string("benchmarks[0].tasks"));
    QCOMPARE(task.remedy, std::string("Name it once"));
    QCOMPARE(problem("lengths", {4096, 8192, 4096}).message,
             std::string("the length 4096 stands twice"));
    json many = json::array();
    for (int i = 0; i < 200000; ++i) many.push_back(4096 + i);
    QCOMPARE(problem("lengths", many).message, std::string("there are more than 1000 lengths"));
  }

  // Each case: what is named twice, and what is told of it; an empty place: nothing is wrong.
  void work_is_named_once_data() {
    QTest::addColumn<std::string>("field");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("where");
    QTest::addColumn<std::string>("message");
    auto row = [](const char* name, const char* field, const char* value, const char* where,
                  const char* message) {
      QTest::newRow(name) << std::string(field) << std::string(value) << std::string(where)
                          << std::string(message);
    };
    row("two models", "models", "[{'path': 'a.gguf'}, {'path': 'b.gguf'}]", "", "");
    row("two templates", "models",
        "[{'path': 'a.gguf'}, {'path': 'a.gguf', 'chat_template': 'none'}]", "", "");
    row("one model twice", "models",
        "[{'path': 'a.gguf'}, {'path': 'b.gguf'}, {'path': 'a.gguf', 'name': 'other'}]",
        "models[2]", "the model a.gguf stands twice, first in models[0]");
    row("one model, two ways to write it", "models", "[{'path': 'm/a'}, {'path': './m/x/../a/'}]",
        "models[1]", "the model ./m/x/../a/ stands twice, first in models[0]");
    row("one augmentation twice", "augmentations", "[{'id': 'none'}, {'id': 'none'}]",
        "augmentations[1]",
        "the augmentation none stands twice with the same parameters, first in augmentations[0]");
    row("one server twice", "servers", "[{'id': 'local'}, {'id': 'local', 'parameters': {}}]",
        "servers[1]",
        "the server local stands twice with the same parameters, first in servers[0]");
    row("two benchmarks", "benchmarks", "[{'id': 'starter'}, {'id': 'ruler'}]", "", "");
    row("other lengths", "benchmarks",
        "[{'id': 'ruler', 'lengths': [4096]}, {'id': 'ruler', 'lengths': [8192]}]", "", "");
    row("other tasks", "benchmarks",
        "[{'id': 'ruler', 'tasks': ['vt']}, {'id': 'ruler', 'tasks': ['cwe']}]", "", "");
    row("one benchmark twice", "benchmarks", "[{'id': 'starter'}, {'id': 'starter'}]",
        "benchmarks[1]", "the benchmark starter stands twice, first in benchmarks[0]");
    row("one task twice", "benchmarks",
        "[{'id': 'ruler', 'tasks': ['vt', 'cwe'], 'lengths': [4096]}, {'id': 'niah'}, "
        "{'id': 'ruler', 'tasks': ['fwe', 'vt'], 'lengths': [8192, 4096], 'samples': 3}]",
        "benchmarks[2]", "ruler/vt @4096 stands twice, first in benchmarks[0]");
  }

  void work_is_named_once() {
    QFETCH(std::string, field);
    QFETCH(std::string, value);
    QFETCH(std::string, where);
    QFETCH(std::string, message);
    Catalog catalog = *load_catalog(*paths::registry());
    json plan = good_plan();
    std::replace(value.begin(), value.end(), '\'', '"');
    plan[field] = json::parse(value);
    const auto problems = check_plan(*plan_from_json(plan), catalog);
    QCOMPARE(problems.size(), where.empty() ? size_t{0} : size_t{1});
    if (where.empty()) return;
    QCOMPARE(problems[0].where, where);
    QCOMPARE(problems[0].message, message);
    QVERIFY(!problems[0].remedy.empty());
  }

  void values_that_could_not_be_read_again_are_refused() {
    struct Case {
      std::string where;
      std::function<void(EvaluationPlan&)> change;
    };
    const double no_number = std::numeric_limits<double>::quiet_NaN();
    const std::vector<Case> cases = {
        {"", [](EvaluationPlan&) {}},
        {"decoding.temperature", [](EvaluationPlan& plan) { plan.decoding.temperature = -1; }},
        {"decoding.temperature",
         [=](EvaluationPlan& plan) { plan.decoding.temperature = no_number; }},
        {"decoding.top_p", [](EvaluationPlan& plan) { plan.decoding.top_p = 7; }},
        {"decoding.top_p", [](EvaluationPlan& plan) { plan.decoding.top_p = 0; }},
        {"decoding.top_p", [=](EvaluationPlan& plan) { plan.decoding.top_p = no_number; }},
        {"decoding.repetition_penalty",
         [=](EvaluationPlan& plan) { plan.decoding.repetition_penalty = 1e300; }},
        {"decoding.min_p", [](EvaluationPlan& plan) { plan.decoding.min_p = 3; }},
        {"decoding.top_k", [](EvaluationPlan& plan) { plan.decoding.top_k = -7; }},
        {"benchmarks[0].samples",
         [](EvaluationPlan& plan) { plan.benchmarks[0].samples = 2'000'000'000; }},
        {"max_length", [](EvaluationPlan& plan) { plan.max_length = size_t{1} << 30; }}};
    Catalog catalog = *load_catalog(*paths::registry());
    for (const Case& one : cases) {
      EvaluationPlan plan = starter_plan("m.gguf");
      one.change(plan);
      const auto problems = check_plan(plan, catalog);
      QCOMPARE(problems.empty() ? std::string() : problems.front().where, one.where);
    }
  }

  // The whole suite under another package's rules: what these have no score for is left out, but
  // named tasks are meant, and something must stay.
  void rules_without_a_score() {
    Catalog catalog = *load_catalog(*paths::registry());
    EvaluationPlan plan = starter_plan("m.gguf");
    plan.rule_set = "loomscope-0.8";
    plan.benchmarks.clear();
    for (const auto& benchmark : catalog.benchmarks) {
      plan.benchmarks.push_back({benchmark.id, {}, {}, 1, json::object()});
      if (benchmark.id == "loogle") plan.benchmarks.back().parameters = {{"encoder", "bert-base"}};
    }
    const auto whole = check_plan(plan, catalog);
    QVERIFY2(whole.empty(), whole.empty() ? "" : describe(whole[0]).c_str());
    auto problem = [&](const PlanBenchmark& chosen) {
      plan.benchmarks = {{"longbench", {}, {}, 1, json::object()}, chosen};
      const auto problems = check_plan(plan, catalog);
      return problems.size() == 1 ? problems[0].where : std::to_string(problems.size());
    };
    QCOMPARE(problem({"bamboo", {}, {}, 0, json::object()}), std::string("0"));
    QCOMPARE(problem({"longcite", {}, {}, 0, json::object()}), std::string("0"));
    QCOMPARE(problem({"bamboo", {"altqa", "private_eval"}, {}, 0, json::object()}),
             std::string("benchmarks[1].tasks"));
    plan.benchmarks = {{"longcite", {}, {}, 0, json::object()},
                       {"longbench_e", {}, {}, 0, json::object()}};
    const auto none = check_plan(plan, catalog);
    QCOMPARE(none.size(), size_t{1});
    QCOMPARE(none[0].where, std::string("benchmarks[0].tasks"));
    QVERIFY(none[0].message.find("longcite") != std::string::npos);
  }

  // LooGLE's mean takes in BERTScore under that package's rules.
  void an_encoder_is_asked_for() {
    Catalog catalog = *load_catalog(*paths::registry());
    json plan = good_plan();
    plan["benchmarks"] = {{{"id", "loogle"}, {"tasks", {"longdep_summarization"}}}};
    QVERIFY(check_plan(*plan_from_json(plan), catalog).empty());
    plan["rule_set"] = "loomscope-0.8";
    const auto problems = check_plan(*plan_from_json(plan), catalog);
    QCOMPARE(problems.size(), size_t{1});
    QCOMPARE(problems[0].where, std::string("benchmarks[0].parameters.encoder"));
    plan["benchmarks"][0]["parameters"] = {{"encoder", "bert-base"}};
    QVERIFY(check_plan(*plan_from_json(plan), catalog).empty());
    plan["benchmarks"][0]["parameters"]["encoder"] = "";
    QCOMPARE(check_plan(*plan_from_json(plan), catalog).size(), size_t{1});
  }
};

QTEST_APPLESS_MAIN(CheckPlanTest)
#include "check_plan_test.moc"

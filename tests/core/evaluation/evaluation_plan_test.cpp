#include "core/evaluation/evaluation_plan.h"

#include <QTest>
#include <algorithm>
#include <functional>
#include <limits>

#include "core/base/file_paths.h"
#include "core/base/random.h"
#include "core/base/text_file.h"
#include "core/evaluation/job.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

namespace {

json good_plan() {
  return json::parse(R"({"format": 1, "name": "n",
      "models": [{"path": "a.gguf", "name": "A"}],
      "benchmarks": [{"id": "starter", "tasks": ["code_words"], "samples": 3}],
      "decoding": {"temperature": 0.5, "top_p": 0.9},
      "truncation": "head", "seed": 7})");
}

// The field that the error is about, or "" when the plan was read.
std::string complaint(const json& plan) {
  auto read = plan_from_json(plan);
  return read ? "" : read.error().where;
}

}  // namespace

class EvaluationPlanTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void survives_a_round() {
    auto read = plan_from_json(good_plan());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    EvaluationPlan plan = *read;
    QCOMPARE(plan.truncation, TruncationRule::head);
    QCOMPARE(plan.decoding.top_p, 0.9);
    auto reread = plan_from_json(to_json(plan));
    QVERIFY2(reread, reread ? "" : describe(reread.error()).c_str());
    EvaluationPlan again = *reread;
    QVERIFY(to_json(again) == to_json(plan));
    QCOMPARE(fingerprint(again), fingerprint(plan));
  }

  void fingerprint_follows_what_changes_scores() {
    EvaluationPlan plan = *plan_from_json(good_plan());
    std::string before = fingerprint(plan);
    EvaluationPlan other = plan;
    other.name = "another";
    other.tags = {"x"};
    other.devices = {"cuda:0"};
    QCOMPARE(fingerprint(other), before);
    other = plan;
    other.seed = 8;
    QVERIFY(fingerprint(other) != before);
    other = plan;
    other.truncation = TruncationRule::tail;
    QVERIFY(fingerprint(other) != before);
    other = plan;
    other.skip_bad_records = true;
    QVERIFY(fingerprint(other) != before);
    QVERIFY(plan_from_json(to_json(other))->skip_bad_records);
    other = plan;
    other.benchmarks[0].samples = 4;
    QVERIFY(fingerprint(other) != before);
  }

  void wrong_fields_are_named() {
    json plan = good_plan();
    plan["sede"] = 1;
    QVERIFY(complaint(plan).find("sede") != std::string::npos);
    plan = good_plan();
    plan["models"][0]["pth"] = "x";
    QVERIFY(complaint(plan).find("models[0]") != std::string::npos);
    plan = good_plan();
    plan["seed"] = -1;
    QVERIFY(complaint(plan).find("seed") != std::string::npos);
    plan = good_plan();
    plan["decoding"]["top_p"] = 1.5;
    QVERIFY(complaint(plan).find("top_p") != std::string::npos);
    plan = good_plan();
    plan["benchmarks"] = "starter";
    QVERIFY(complaint(plan).find("benchmarks") != std::string::npos);
    plan = good_plan();
    plan["truncation"] = "sideways";
    QVERIFY(complaint(plan).find("truncation") != std::string::npos);
    plan = good_plan();
    plan["format"] = 2;
    QCOMPARE(plan_from_json(plan).error().kind, ErrorKind::unsupported);
    QVERIFY(!plan_from_json(json::array()));
    QVERIFY(!plan_from_json(json()));
    plan = good_plan();
    plan["models"] = 5;
    QVERIFY(!plan_from_json(plan).error().remedy.empty());
  }

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
                            "cuda", "cuda:", "cuda:x", "cuda:-1", "cuda:0 ", "cuda:99999", ""})
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

  void thoughts_are_a_part_of_the_plan() {
    json plan = good_plan();
    const EvaluationPlan as_it_is = *plan_from_json(plan);
    QVERIFY(!as_it_is.strip_thinking && !to_json(as_it_is).contains("strip_thinking"));
    plan["strip_thinking"] = true;
    const EvaluationPlan stripping = *plan_from_json(plan);
    QVERIFY(stripping.strip_thinking);
    QVERIFY(plan_from_json(to_json(stripping))->strip_thinking);
    QVERIFY(fingerprint(stripping) != fingerprint(as_it_is));
    plan["strip_thinking"] = "yes";
    QVERIFY(!plan_from_json(plan));
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

  // Files as a disk or a stranger may leave them.
  void damaged_files_are_errors() {
    testing::TemporaryFolder folder;
    auto file = folder.path() / "plan.json";
    std::string good = good_plan().dump(2);
    Random random(4);
    for (int i = 0; i < 400; ++i) {
      std::string bad = good;
      if (i % 2 == 0) bad.resize(random.below(good.size()));
      for (int flips = 0; i % 2 == 1 && flips < 3; ++flips)
        bad[random.below(bad.size())] = static_cast<char>(random.below(256));
      QVERIFY(write_file(file, bad));
      auto plan = read_plan(file);
      if (!plan) QVERIFY(plan.error().where.find("plan.json") != std::string::npos);
    }
    QVERIFY(write_file(file, std::string(100'000, '[')));
    QVERIFY(!read_plan(file));
    QVERIFY(!read_plan(folder.path() / "missing.json"));
  }
};

QTEST_APPLESS_MAIN(EvaluationPlanTest)
#include "evaluation_plan_test.moc"

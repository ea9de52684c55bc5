// What plan and task together ask of a model. Expected: the official runs' settings.
#include "core/execution/sample_request.h"

#include <QTest>

#include "core/base/file_paths.h"
#include "core/catalog/rule_sets.h"
#include "core/execution/scoring.h"
#include "tests/support/test_folders.h"

using namespace loom;

class SampleRequestTest : public QObject {
  Q_OBJECT
  Catalog catalog_;
  std::shared_ptr<const Tokenizer> tokenizer_;

  const TaskDescription& task(const char* benchmark, const char* name) {
    return *catalog_.benchmark(benchmark)->task(name);
  }
  GenerationRequest request(const EvaluationPlan& plan, const TaskDescription& described) {
    return sample_request(plan, described, 0, {}, 8, *tokenizer_);
  }

 private Q_SLOTS:
  void initTestCase() {
    catalog_ = *load_catalog(*paths::registry());
    tokenizer_ = *load_tokenizer(testing::source_folder() / "tests/golden/tokenizers/gpt2.json");
  }

  void tasks_decide_what_the_plan_leaves_open() {
    struct Case {
      const char *benchmark, *task;
      bool chat;
      TruncationRule cut;
      double penalty;
      int limit;
    };
    using enum TruncationRule;
    const Case cases[] = {{"longbench", "narrativeqa", true, middle, 1, 128},
                          {"longbench", "trec", false, middle, 1, 64},
                          {"longbench", "samsum", false, middle, 1, 128},
                          {"longbench", "repobench-p", false, middle, 1, 64},
                          {"longbench_e", "lcc_8k", false, middle, 1, 64},
                          {"clongeval", "table_querying_large", false, middle, 1, 50},
                          {"infinitebench", "passkey", false, middle, 1, 6},
                          {"infinitebench", "longbook_sum_eng", false, middle, 1, 1200},
                          {"loogle", "shortdep_qa", false, middle, 2, 300},
                          {"loogle", "longdep_qa_computation", false, middle, 2, 500},
                          {"loogle", "longdep_summarization", false, middle, 2, 500},
                          {"loogle", "shortdep_cloze", false, middle, 2, 50},
                          {"leval", "quality", true, tail, 1, 512},
                          {"leval", "gov_report_summ", true, tail, 1, 512},
                          {"leval", "codeU", true, head, 1, 512},
                          {"lveval", "factrecall_en", true, middle, 1, 16},
                          {"longins", "GIST", true, middle, 1, 10000},
                          {"bamboo", "private_eval", true, middle, 1, 32}};
    for (const Case& one : cases) {
      const TaskDescription& described = task(one.benchmark, one.task);
      const EvaluationPlan plan{};
      const PromptLimits limits = prompt_limits(plan, described, {}, 131072);
      QCOMPARE(limits.with_chat, one.chat);
      QCOMPARE(to_string(limits.rule), to_string(one.cut));
      QCOMPARE(limits.max_new_tokens, one.limit);
      QCOMPARE(request(plan, described).decoding.repetition_penalty, one.penalty);
    }
  }

  void the_plans_own_choice_comes_first() {
    EvaluationPlan plan;
    for (TruncationRule rule : {TruncationRule::middle, TruncationRule::head, TruncationRule::tail,
                                TruncationRule::fail}) {
      plan.truncation = rule;
      QCOMPARE(prompt_limits(plan, task("leval", "quality"), {}, 0).rule, rule);
    }
    plan.decoding.repetition_penalty = 1;
    QCOMPARE(request(plan, task("loogle", "shortdep_qa")).decoding.repetition_penalty, 1.0);
    plan.decoding.repetition_penalty = 1.2;
    QCOMPARE(request(plan, task("longbench", "qasper")).decoding.repetition_penalty, 1.2);
  }

  void rule_sets_have_limits_of_their_own() {
    EvaluationPlan plan;
    plan.rule_set = "loomscope-0.8";
    auto limit = [&](const char* benchmark, const char* name) {
      return prompt_limits(plan, task(benchmark, name), {}, 131072).max_new_tokens;
    };
    QCOMPARE(limit("longins", "LIST"), 1000);
    QCOMPARE(limit("longhealth", "task3"), 512);
    QCOMPARE(limit("l_citeeval", "hotpotqa"), 800);
    QCOMPARE(limit("l_citeeval", "narrativeqa"), 800);
    QCOMPARE(limit("counting_stars", "zh_reasoning"), 128);
    QCOMPARE(limit("longbench", "qasper"), 128);
    // A limit alone leaves the task's metric as it is.
    const auto& hotpot = task("l_citeeval", "hotpotqa");
    const auto rule = task_rule(*catalog_.benchmark("l_citeeval"), hotpot, plan.rule_set);
    QCOMPARE(rule->metric, hotpot.metric);
    QCOMPARE(rule->parameters.at("kind").get<std::string>(), std::string("qa"));
  }

  void long_answers_leave_the_prompt_half_of_the_window() {
    const EvaluationPlan plan{};
    const auto& described = task("longins", "GIST");
    QCOMPARE(prompt_limits(plan, described, {}, 8192).max_new_tokens, 4096);
    QCOMPARE(prompt_limits(plan, described, {}, 0).max_new_tokens, 10000);
    EvaluationPlan shorter;
    shorter.max_length = 4096;
    QCOMPARE(prompt_limits(shorter, described, {}, 8192).max_new_tokens, 2048);
    Record record;
    record.max_new_tokens = 9000;
    QCOMPARE(prompt_limits(plan, task("leval", "sci_fi"), record, 32768).max_new_tokens, 9000);
  }

  void a_new_line_ends_dialogue_summaries_but_not_at_once() {
    const GenerationRequest asked = request({}, task("longbench", "samsum"));
    QCOMPARE(asked.end_tokens, tokenizer_->encode("\n"));
    QCOMPARE(asked.end_tokens.size(), size_t{1});
    QCOMPARE(asked.min_new_tokens, 1);
    QVERIFY(asked.stop.empty());
    QVERIFY(!asked.ends_for_several);
    QVERIFY(request({}, task("longbench", "trec")).end_tokens.empty());
    const GenerationRequest cited = request({}, task("l_citeeval", "qmsum"));
    QCOMPARE(cited.end_tokens, tokenizer_->encode("\n"));
    QVERIFY(cited.ends_for_several && cited.min_new_tokens == 0);
  }

  // Answers are taken from earlier runs by identity: what changes an answer has to be part of it.
  void identities_follow_what_changes_answers() {
    const Sample sample{};
    auto identity = [&](const GenerationRequest& asked) {
      return sample_identity(sample, asked, {"w", "k", "t"});
    };
    GenerationRequest plain;
    plain.ids = {1, 2};
    GenerationRequest other = plain;
    other.decoding.repetition_penalty = 1;  // none
    QCOMPARE(identity(other), identity(plain));
    other.decoding.repetition_penalty = 2;
    QVERIFY(identity(other) != identity(plain));
    GenerationRequest ended = plain;
    ended.end_tokens = {7};
    QVERIFY(identity(ended) != identity(plain));
    GenerationRequest for_several = ended;
    for_several.ends_for_several = true;
    QVERIFY(identity(for_several) != identity(ended));
    GenerationRequest longer = plain;
    longer.min_new_tokens = 1;
    QVERIFY(identity(longer) != identity(plain));
  }
};

QTEST_APPLESS_MAIN(SampleRequestTest)
#include "sample_request_test.moc"

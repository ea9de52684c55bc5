// Which settings of two plans make the difference of their scores one of more than models.
#include "core/evaluation/differing_settings.h"

#include <QTest>

#include "tests/core/evaluation/example_plan.h"

using namespace loom;

namespace {

struct Case {
  const char* name;
  void (*change)(EvaluationPlan&);  // of the second plan
  const char* setting;              // "": no difference
};

const nlohmann::json kPack = {{"prompt_pack", "a"},
                              {"benchmarks", {{"ruler", {{"*", {{"chat_template", false}}}}}}}};
const nlohmann::json kOtherPack = {{"prompt_pack", "a"},
                                   {"benchmarks", {{"ruler", {{"*", {{"chat_template", true}}}}}}}};

// Of a plan with temperature 0.5, truncation "head", seed 7 and a prompt pack.
const Case kCases[] = {
    {"the same", [](EvaluationPlan&) {}, ""},
    {"names", [](EvaluationPlan& plan) { plan.name = "n2", plan.tags = {"t"}; }, ""},
    {"another model", [](EvaluationPlan& plan) { plan.models[0].path = "b.gguf"; }, ""},
    {"template", [](EvaluationPlan& plan) { plan.models[0].chat_template = "none"; },
     "chat template"},
    {"rules", [](EvaluationPlan& plan) { plan.rule_set = "loomscope-0.8"; }, "rule set"},
    {"no pack", [](EvaluationPlan& plan) { plan.prompt_pack = nullptr; }, "prompts"},
    {"other words of the same name", [](EvaluationPlan& plan) { plan.prompt_pack = kOtherPack; },
     "prompts"},
    {"thoughts", [](EvaluationPlan& plan) { plan.strip_thinking = true; }, "thoughts"},
    {"truncation", [](EvaluationPlan& plan) { plan.truncation = TruncationRule::middle; },
     "truncation"},
    {"length", [](EvaluationPlan& plan) { plan.max_length = 2048; }, "maximal length"},
    {"greedy", [](EvaluationPlan& plan) { plan.decoding.temperature = 0; }, "decoding"},
    {"another draw", [](EvaluationPlan& plan) { plan.decoding.seed += 1; }, "decoding"},
    {"penalty", [](EvaluationPlan& plan) { plan.decoding.repetition_penalty = 1.1; }, "decoding"},
    {"seed", [](EvaluationPlan& plan) { plan.seed = 8; }, "samples"},
    {"fewer samples", [](EvaluationPlan& plan) { plan.benchmarks[0].samples = 2; }, "samples"},
    {"a suite's data", [](EvaluationPlan& plan) { plan.benchmarks[0].suite = "s"; }, "samples"},
};

EvaluationPlan plan_with_pack() {
  EvaluationPlan plan = *plan_from_json(testing::good_plan());
  plan.prompt_pack = kPack;
  return plan;
}

std::vector<DifferingSetting> between(const EvaluationPlan& a, const EvaluationPlan& b) {
  const std::vector<EvaluationPlan> plans{a, b};
  return differing_settings(plans);
}

}  // namespace

class DifferingSettingsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void one_change_is_one_difference_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::size(kCases)); ++i)
      QTest::newRow(kCases[i].name) << i;
  }
  void one_change_is_one_difference() {
    QFETCH(int, index);
    const EvaluationPlan plan = plan_with_pack();
    EvaluationPlan changed = plan;
    kCases[index].change(changed);
    const auto differing = between(plan, changed);
    if (kCases[index].setting[0] == '\0') {
      QVERIFY(differing.empty());
      return;
    }
    QCOMPARE(differing.size(), size_t{1});
    QCOMPARE(to_string(differing[0].setting), kCases[index].setting);
    QCOMPARE(differing[0].values.size(), size_t{2});
    QCOMPARE(differing[0].plans, (std::vector<size_t>{0, 1}));
  }

  void what_greedy_decoding_ignores_is_no_difference() {
    EvaluationPlan plan = plan_with_pack();
    plan.decoding.temperature = 0;
    EvaluationPlan changed = plan;
    changed.decoding.seed += 1;
    changed.decoding.top_p = 0.5;
    QVERIFY(between(plan, changed).empty());
  }

  void a_value_is_named_once() {
    const EvaluationPlan plan = plan_with_pack();
    EvaluationPlan changed = plan;
    changed.truncation = TruncationRule::middle;
    const std::vector<EvaluationPlan> plans{plan, plan, changed, plan};
    const auto differing = differing_settings(plans);
    QCOMPARE(differing.size(), size_t{1});
    QCOMPARE(differing[0].values, (std::vector<std::string>{"head", "middle"}));
    QCOMPARE(differing[0].plans, (std::vector<size_t>{0, 2}));
  }
};

QTEST_APPLESS_MAIN(DifferingSettingsTest)
#include "differing_settings_test.moc"

// Choosing tokens. Expected values of the penalty: transformers' RepetitionPenaltyLogitsProcessor
// before the largest logit is taken, step by step over the same logits.
#include "core/engine/sampler.h"

#include <QTest>
#include <limits>

using namespace loom;

namespace {

using Ids = std::vector<TokenId>;

DecodingSettings penalty(double value) {
  DecodingSettings settings;
  settings.repetition_penalty = value;
  return settings;
}

// @TABLE@

}  // namespace

class SamplerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void penalties_are_those_of_the_reference() {
    for (const Steps& steps : kSteps) {
      Sampler sampler(penalty(steps.penalty), steps.prompt);
      Ids chosen;
      for (const auto& logits : steps.logits) chosen.push_back(sampler.choose(logits));
      QCOMPARE(chosen, steps.chosen);
    }
  }

  void without_a_penalty_nothing_changes() {
    const std::vector<float> logits = {1, 5, 3};
    for (const double none : {0.0, 1.0}) {
      Sampler sampler(penalty(none), Ids{1, 1});
      for (int i = 0; i < 3; ++i) QCOMPARE(sampler.choose(logits), 1);
    }
  }

  // A token counts once, however often it was said.
  void repeated_tokens_are_lowered_once() {
    Sampler sampler(penalty(2), Ids{0, 0, 0, 0});
    QCOMPARE(sampler.choose(std::vector<float>{6.2F, 3.0F}), 0);
    QCOMPARE(sampler.choose(std::vector<float>{5.8F, 3.0F}), 1);
    // Negative logits move away from zero.
    Sampler negative(penalty(2), Ids{0});
    QCOMPARE(negative.choose(std::vector<float>{-1.0F, -1.5F}), 1);
  }

  void ids_beyond_the_logits_are_passed_over() {
    Sampler sampler(penalty(2), Ids{-7, 99, 1});
    QCOMPARE(sampler.choose(std::vector<float>{2, 3}, Ids{-1, 50}), 0);
  }

  void barred_tokens_are_not_chosen() {
    const std::vector<float> logits = {1, 9, 3};
    Sampler greedy({}, {});
    QCOMPARE(greedy.choose(logits, Ids{1}), 2);
    QCOMPARE(greedy.choose(logits, Ids{1, 2}), 0);
    QCOMPARE(greedy.choose(logits), 1);
    DecodingSettings settings;
    settings.temperature = 2;
    Sampler drawing(settings, {});
    for (int i = 0; i < 200; ++i) QVERIFY(drawing.choose(logits, Ids{1}) != 1);
  }

  void the_same_seed_draws_the_same_tokens() {
    DecodingSettings settings;
    settings.temperature = 1;
    settings.repetition_penalty = 1.5;
    settings.seed = 4;
    Sampler one(settings, Ids{2}), other(settings, Ids{2});
    const std::vector<float> logits = {1, 1.2F, 0.7F, 1.1F};
    for (int i = 0; i < 50; ++i) QCOMPARE(one.choose(logits), other.choose(logits));
  }
};

QTEST_APPLESS_MAIN(SamplerTest)
#include "sampler_test.moc"

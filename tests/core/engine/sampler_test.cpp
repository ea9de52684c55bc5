// Choosing tokens. Expected values of the penalty: transformers' RepetitionPenaltyLogitsProcessor
// before the largest logit is taken, step by step over the same logits.
#include "core/engine/sampler.h"

#include <QTest>
#include <vector>

using namespace loom;

namespace {

using Ids = std::vector<TokenId>;

DecodingSettings penalty(double value) {
  DecodingSettings settings;
  settings.repetition_penalty = value;
  return settings;
}

struct Steps {
  double penalty;
  Ids prompt, chosen;
  std::vector<std::vector<float>> logits;
};

const Steps kSteps[] = {{2,
                         {1, 4, 4, 7},
                         {6, 2, 5, 0, 9, 4, 3, 1},
                         {{-0.2F, 1.1F, -2.3F, 0.2F, 2, -0.9F, 4.9F, -4.8F, -0.2F, -0.9F},
                          {0.7F, -0.7F, 2.7F, 0.6F, 1.7F, 1.2F, 0.8F, 2.8F, -1.5F, -5},
                          {3.1F, 1.6F, -0.5F, 0.2F, 1.7F, 6.8F, 5.6F, -3.6F, 3, 1.4F},
                          {7.3F, -0.4F, -1.4F, -0.9F, -1, 1, 0.1F, -0.2F, 1.3F, -2.6F},
                          {-0.8F, 0.4F, 0.4F, 2, -2.9F, 0.2F, 2, 2.5F, -1.4F, 6.6F},
                          {-1.1F, -0.4F, 1.9F, -7, 3.8F, -0.7F, 2.9F, -3.9F, -4.9F, 2.5F},
                          {-2.5F, -1.6F, 4.1F, 4.1F, -0.2F, -1.3F, 1.3F, -0.8F, -4.8F, 4.2F},
                          {-3.1F, 3.4F, 1.5F, -0.1F, -3.4F, -1.5F, -1.9F, -2.4F, -2.7F, -5.7F}}},
                        {1.3,
                         {0, 2},
                         {4, 2, 5, 6, 5, 0, 8, 9},
                         {{0.6F, -0.5F, -0.3F, -2.2F, 6, 1.1F, -4.2F, -0.5F, 1, 1},
                          {0.9F, -2.9F, 3.3F, 0, -2.1F, -0.9F, -1.5F, -1.8F, -1.4F, -0.9F},
                          {1.2F, 2.8F, -0.8F, 0.2F, -1, 4.9F, 2.6F, 2.1F, -3.8F, 3.8F},
                          {-3.7F, -2.7F, -1.1F, 1.5F, 1.7F, -0.1F, 6.7F, -0.9F, -2.1F, -7.9F},
                          {-1.4F, 0.1F, 0.5F, 1.2F, 0.1F, 7.1F, -2.4F, 0.6F, -0.4F, 0.9F},
                          {7.4F, -3.3F, 5, -2.9F, -1.5F, -2.1F, -3, -3.6F, 1.4F, 1.4F},
                          {0.6F, -0.1F, -0.2F, -3.5F, -2.4F, 3.2F, 3.9F, 0.5F, 3.5F, -8.5F},
                          {-1.2F, -3.7F, -1.2F, -0.1F, -1.6F, 0.2F, -3.5F, -0.9F, -1.2F, 8.1F}}},
                        {0.5,
                         {3, 9},
                         {9, 9, 3, 9, 7, 3, 7, 1},
                         {{-1.4F, -2.6F, -4.3F, -4.3F, 1.2F, -0.2F, -4.6F, -0.4F, 0.1F, 2.8F},
                          {0, -2.5F, 0.3F, -0.5F, -1.7F, -3, -2, -5.2F, -3.1F, 1},
                          {6.8F, -3.9F, 7.1F, 4.5F, -1.1F, -2.9F, -4.7F, -2, 1.9F, -0.1F},
                          {-1, 5.9F, 1, 1.7F, 0.6F, 4.7F, 3.5F, -2.1F, 1.5F, 5.3F},
                          {1.8F, -3.4F, -4.5F, -2, -1.3F, 3.6F, -1.9F, 6.1F, -5.5F, -1.5F},
                          {-1.2F, 0.7F, 3.5F, 4.2F, -1.6F, 0.8F, -1.9F, 1.2F, -1.3F, -1.6F},
                          {8.1F, 1.2F, -0.5F, -1.3F, 4.1F, 3.4F, -1, 4.4F, 5.8F, -0.9F},
                          {-3, 3.5F, -3.6F, -0.8F, -2.7F, -0.2F, 0.6F, -0.6F, -1.4F, -5.1F}}}};

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

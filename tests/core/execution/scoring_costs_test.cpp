// What passes of models for scores take: references that the tested model reads, texts that an
// encoder reads.
#include <QTest>
#include <cmath>

#include "core/execution/encoder_rate.h"
#include "core/execution/reading_costs.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

MachineRate made_rate() {
  MachineRate rate;
  rate.prefill_a = 2e-4, rate.prefill_b = 3e-8;
  rate.step_s = 0.02, rate.answer_s = 0.003, rate.depth_s = 4e-6;
  return rate;
}

LocalModel made_model() {
  LocalModel model;
  model.layers = 30, model.kv_heads = 3, model.head_dim = 64;  // 46 080 bytes a token
  return model;
}

Prompt prompt_of(size_t tokens, TokenId id) {
  Prompt prompt;
  prompt.ids.assign(tokens, id);
  return prompt;
}

}  // namespace

class ScoringCostsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // One prefill of prompt and reference for each reference; a prompt's own tokens count once.
  void references_are_read_behind_their_prompt() {
    const MachineRate rate = made_rate();
    const auto planned =
        in_engine_order({prompt_of(1200, 2), prompt_of(700, 1)}, {{30}, {20, 0, 10}});
    QCOMPARE(planned[0].tokens, size_t{700});  // references follow their prompt
    QCOMPARE(planned[0].references.size(), size_t{3});
    const ReadingCosts costs = reading_costs(planned, made_model(), rate);
    QCOMPARE(costs.passes, size_t{3});  // a reference without a text is none
    QCOMPARE(costs.tokens, size_t{60});
    QCOMPARE(costs.longest, size_t{1230});
    const double want = prefill_seconds(rate, 0, 700) + prefill_seconds(rate, 700, 719) +
                        prefill_seconds(rate, 700, 709) + prefill_seconds(rate, 0, 1200) +
                        prefill_seconds(rate, 1200, 1229) + 60 * rate.answer_s;
    QVERIFY(near(costs.seconds, want));
  }

  // The prompts stay in the engine's cache up to a page; what does not fit there is computed twice.
  void the_answer_finds_the_prompt_computed() {
    const MachineRate rate = made_rate();
    const auto planned = in_engine_order({prompt_of(1200, 2), prompt_of(700, 1)}, {{30}, {20}});
    QVERIFY(near(reading_costs(planned, made_model(), rate).prefill_left_s,
                 prefill_seconds(rate, 1024, 1200) + prefill_seconds(rate, 512, 700)));
    // 256 MiB hold 5,825 tokens.
    std::vector<Prompt> many;
    for (TokenId id = 0; id < 10; ++id) many.push_back(prompt_of(1024, id));
    const std::vector<std::vector<size_t>> references(10, {5});
    QVERIFY(
        near(reading_costs(in_engine_order(many, references), made_model(), rate).prefill_left_s,
             10 * prefill_seconds(rate, 0, 1024)));
  }

  void without_references_nothing_is_read() {
    const ReadingCosts costs =
        reading_costs(in_engine_order({prompt_of(700, 1)}), made_model(), made_rate());
    QCOMPARE(costs.passes, size_t{0});
    QCOMPARE(costs.seconds, 0.0);
  }

  // Every answer and every different reference is one text, cut at the encoder's window.
  void an_encoder_reads_answers_and_references() {
    const auto folder = testing::source_folder() / "tests/golden/encoders/bert_score";
    auto encoder = load_for_estimate(folder, false, {});
    QVERIFY2(encoder, encoder ? "" : describe(encoder.error()).c_str());
    QVERIFY(!encoder->rate.measured);
    QCOMPARE(encoder->local.window_tokens, size_t{64});
    // The program, the weights in full width, and room to work; no keys and values.
    QVERIFY(encoder_bytes(*encoder) > encoder->local.parameters * 4);
    QCOMPARE(kv_bytes(encoder->local, 64), uint64_t{0});
    encoder->rate = {1e-4, 1e-6, 0.5, true};
    const size_t ships = encoder->tokenizer->encode_with_special("the ships").size();
    const EncodingCosts costs = encoding_costs({{"the ships", "the ships"}, {}}, 10, *encoder);
    QCOMPARE(costs.texts, size_t{3});
    QCOMPARE(costs.tokens, 12 + 12 + ships);
    const auto n = static_cast<double>(ships);
    QVERIFY(near(costs.seconds, 2 * (12e-4 + 144e-6) + n * 1e-4 + n * n * 1e-6));
    QCOMPARE(encoding_costs({{}}, 1000, *encoder).tokens, size_t{64});
  }

  void a_language_model_is_no_encoder() {
    const auto folder = testing::source_folder() / "tests/golden/tiny_llama";
    QVERIFY(!load_for_estimate(folder, false, {}));
  }
};

QTEST_APPLESS_MAIN(ScoringCostsTest)
#include "scoring_costs_test.moc"

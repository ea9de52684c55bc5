#include "core/execution/machine_rate.h"

#include <QTest>
#include <cmath>

#include "core/base/cache_budget.h"
#include "core/execution/answer_costs.h"
#include "core/execution/answer_lengths.h"
#include "core/execution/job_estimation.h"

using namespace loom;

namespace {

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

constexpr double kStep = 0.02, kAnswer = 0.003, kDepth = 4e-6;

MeasuredRates made_rates() {
  MeasuredRates rates;
  for (size_t depth : {0u, 2048u, 8192u}) {
    auto from = static_cast<double>(depth), to = from + 512;
    rates.prefill.push_back(
        {depth, 512, 2e-4 * 512 + 3e-8 * (to * to - from * from), 1000 + 2 * (depth + 512)});
    if (depth > 0) rates.decode.push_back({1, depth, kStep + kAnswer + kDepth * from});
  }
  rates.decode.push_back({1, 512, kStep + kAnswer + kDepth * 512});
  rates.decode.push_back({8, 512, kStep + 8 * kAnswer + kDepth * 512});
  return rates;
}

Prompt prompt_of(std::vector<TokenId> ids, size_t context_end = 0) {
  Prompt prompt;
  prompt.ids = std::move(ids);
  prompt.context_end = context_end;
  return prompt;
}

}  // namespace

class MachineRateTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Rates made from known parts come back as those.
  void fits_every_part() {
    MachineRate rate = fit_rate(made_rates());
    QVERIFY(rate.measured);
    QVERIFY(near(rate.prefill_a, 2e-4) && near(rate.prefill_b, 3e-8));
    QVERIFY(near(rate.step_s, kStep) && near(rate.answer_s, kAnswer) && near(rate.depth_s, kDepth));
    QVERIFY(near(rate.resident_bytes, 1000) && near(rate.resident_per_token, 2));
  }

  // A recurrent model keeps no keys and values, and its state at every cut of a prompt.
  void states_are_counted_at_cuts() {
    MeasuredRates rates = made_rates();
    rates.state_bytes = 1'000'000;
    LocalModel model;
    model.recurrent = true;
    const AnswerCosts costs =
        answer_costs({{2048, 0, 0}, {2100, 1024, 1024}}, 8, model, fit_rate(rates));
    QCOMPARE(costs.kv_all, uint64_t{(5 + 3) * 1'000'000});
    QCOMPARE(costs.kv_together, uint64_t{2'000'000});
  }

  void never_negative() {
    MeasuredRates rates;  // faster when longer, deeper and together: noise
    rates.prefill = {{0, 512, 0.5, 9}, {2048, 512, 0.4, 8}, {8192, 512, 0.3, 7}};
    rates.decode = {{1, 512, 0.02}, {1, 2048, 0.01}, {8, 512, 0.005}};
    MachineRate rate = fit_rate(rates);
    QVERIFY(rate.prefill_a >= 0 && rate.prefill_b >= 0);
    QVERIFY(rate.step_s >= 0 && rate.answer_s >= 0 && rate.depth_s >= 0);
    QVERIFY(prefill_seconds(rate, 0, 4096) > 0 && step_seconds(rate, 1, 100) > 0);
  }

  void too_little_is_no_rate() {
    QVERIFY(!fit_rate({}).measured);
    QVERIFY(!fit_rate({{{0, 512, 0.5, 1}}, {}}).measured);
    QVERIFY(fit_rate({{{0, 512, 0.5, 1}}, {{1, 512, 0.02}}}).measured);
  }

  void reused_tokens_cost_nothing() {
    MachineRate rate = fit_rate(made_rates());
    double whole = prefill_seconds(rate, 0, 1000);
    double parts = prefill_seconds(rate, 0, 600) + prefill_seconds(rate, 600, 1000);
    QVERIFY(near(whole, parts));
    QCOMPARE(prefill_seconds(rate, 1000, 1000), 0.0);
  }

  void prompts_share_what_the_engine_shares() {
    std::vector<TokenId> document(700, 1), one = document, two = document, other(300, 2);
    one.push_back(5);
    two.push_back(6);
    auto planned = in_engine_order({prompt_of(other), prompt_of(two, 700), prompt_of(one, 700)});
    QCOMPARE(planned.size(), size_t{3});
    QCOMPARE(planned[0].reused, size_t{0});
    QCOMPARE(planned[1].tokens, size_t{701});
    QCOMPARE(planned[1].reused, size_t{700});  // the end of the shared document is a cut point
    QCOMPARE(planned[2].reused, size_t{0});
    planned = in_engine_order({prompt_of(one), prompt_of(two)});
    QCOMPARE(planned[1].reused, size_t{512});  // else whole pages
  }

  void answers_are_decoded_in_the_engines_batches() {
    const MachineRate rate = fit_rate(made_rates());
    LocalModel model;
    model.layers = 30, model.kv_heads = 3, model.head_dim = 64;  // 46 080 bytes a token
    std::vector<PlannedPrompt> shortly(8, {500, 0, 0});
    AnswerCosts together = answer_costs(shortly, 10, model, rate);
    QVERIFY(near(together.prefill_s, 8 * prefill_seconds(rate, 0, 500)));
    QVERIFY(near(together.decode_s, 10 * step_seconds(rate, 8, 8 * 500 + 8 * 5)));
    // 256 MiB hold one answer of this length and let one more start.
    std::vector<PlannedPrompt> deep(2, {4096, 0, 0});
    QVERIFY(near(answer_costs(deep, 10, model, rate).decode_s,
                 10 * step_seconds(rate, 2, 2 * 4096 + 10)));
    deep.push_back({4096, 0, 0});
    QVERIFY(near(answer_costs(deep, 10, model, rate).decode_s,
                 10 * step_seconds(rate, 2, 2 * 4096 + 10) + 10 * step_seconds(rate, 1, 4096 + 5)));
    // Questions on one document add a page each.
    std::vector<PlannedPrompt> asked(8, {4100, 4096, 4096});
    asked[0].reused = 0;
    QVERIFY(near(answer_costs(asked, 10, model, rate).decode_s,
                 10 * step_seconds(rate, 8, 4100 + 7 * 4 + 8 * 5)));
  }

  void memory_counts_pages_as_the_engine_holds_them() {
    LocalModel model;
    model.layers = 30, model.kv_heads = 3, model.head_dim = 64;
    const uint64_t page = kv_bytes(model, 1);
    QCOMPARE(kv_bytes(model, 513), 2 * page);
    auto pages = [&](std::vector<PlannedPrompt> prompts) {
      return answer_costs(prompts, 20, model, {}).kv_together / page;
    };
    QCOMPARE(pages({{500, 0, 0}}), uint64_t{2});    // the answer needs the second
    QCOMPARE(pages({{900, 0, 850}}), uint64_t{3});  // the document's last page, kept
    QCOMPARE(pages({{900, 0, 850}, {900, 850, 850}}), uint64_t{4});  // and its copy, for the second
    QCOMPARE(pages({{900, 0, 0}, {900, 512, 0}}), uint64_t{3});
  }

  void ends_of_prompts_are_held_beside_the_prefixes() {
    LocalModel model;
    model.layers = 30, model.kv_heads = 3, model.head_dim = 64;
    const uint64_t page = kv_bytes(model, 1);
    auto pages = [&](std::vector<PlannedPrompt> prompts) {
      return answer_costs(prompts, 20, model, {}).kv_tails / page;
    };
    QCOMPARE(pages({{500, 0, 0}}), uint64_t{2});       // no page is kept of it
    QCOMPARE(pages({{900, 0, 0, 512}}), uint64_t{1});  // one is
    QCOMPARE(pages({{900, 0, 850, 850}}),
             uint64_t{1});  // one, and a copy of the page that was begun
    QCOMPARE(pages({{900, 0, 850, 850}, {900, 850, 850, 850}}), uint64_t{2});
    ModelWork work;
    work.model.local = model;
    work.model.rate.resident_bytes = 1'000'000;
    work.longest = 900;
    work.kv_together = 3 * page, work.kv_all = 1e12, work.kv_tails = 2 * page;
    const uint64_t prefixes = cache_budget(2 * page, 0).prefixes;
    QCOMPARE(work.memory_bytes(), 1'000'000 + prefixes + 2 * page);
    work.kv_all = double(4 * page);  // all of them fit
    QCOMPARE(work.memory_bytes(), 1'000'000 + 4 * page);
  }

  void answers_without_a_history_are_as_long_as_their_references() {
    auto lengths = AnswerLengths::read({}, "weights");
    QVERIFY(lengths);
    const Job job;
    QCOMPARE(lengths->of(job, 300, 3), 24.0);     // a name, with a sentence around it
    QCOMPARE(lengths->of(job, 300, 120), 120.0);  // a summary
    QCOMPARE(lengths->of(job, 300, 900), 300.0);  // never longer than allowed
    QCOMPARE(lengths->of(job, 10, 3), 10.0);
    QCOMPARE(lengths->of(job, 300, 0), 300.0);  // nothing to go by
  }
};

QTEST_APPLESS_MAIN(MachineRateTest)
#include "machine_rate_test.moc"

// BLEU and METEOR against nltk and sacrebleu, Spearman's correlation against scipy, F1 against
// scikit-learn, pass@k against HumanEval's numpy. Tolerance 1e-9.
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/metrics/bleu.h"
#include "core/metrics/meteor.h"
#include "core/metrics/pass_at_k.h"
#include "core/metrics/rank_agreement.h"
#include "core/metrics/whole_scores.h"
#include "core/text/python_text.h"
#include "core/text/word_net.h"
#include "tests/core/metrics/golden_pairs.h"
#include "tests/core/metrics/parity.h"

using namespace loom;
using nlohmann::json;

namespace {

const std::vector<NltkBleu> kNltk = {
    {}, {{1, 0, 0, 0}}, {{0, 0, 0, 1}}, {{0.5, 0.5}}, {{0.25, 0.25, 0.25, 0.25}, true}};
const std::vector<SacreBleu> kSacre = {
    {BleuTokens::western, BleuSmoothing::exponential, false, true},
    {BleuTokens::western, BleuSmoothing::none, true, false},
    {BleuTokens::western, BleuSmoothing::floor, false, true},
    {BleuTokens::western, BleuSmoothing::add_one, false, false},
    {BleuTokens::chinese, BleuSmoothing::exponential, false, true},
    {BleuTokens::characters, BleuSmoothing::exponential, true, true},
    {BleuTokens::spaces, BleuSmoothing::exponential, false, false}};

double yes_f1_of(const json& truths) {
  std::vector<json> parts;
  for (const json& one : truths) parts.push_back({{"gold", one[0]}, {"positive", one[1]}});
  std::vector<const json*> all;
  for (const json& one : parts) all.push_back(&one);
  return yes_f1(all).value_or(0);
}

void compare_numbers(const json& pair, testing::Parity& parity) {
  auto rank =
      spearman(pair["left"].get<std::vector<double>>(), pair["right"].get<std::vector<double>>());
  if (rank.has_value() == pair["spearman"].is_null()) parity.fail("Spearman");
  if (rank) parity.add("spearman", *rank, pair["spearman"]);
  const json& tries = pair["tries"];
  parity.add("pass-at-k", pass_at_k(tries[0], tries[1], tries[2]), pair["pass_at_k"]);
  parity.add("concordance",
             concordance(pair["said"].get<std::vector<int64_t>>(),
                         pair["gold"].get<std::vector<int64_t>>()),
             pair["concordance"]);
  parity.add("yes-f1", yes_f1_of(pair["truths"]), pair["yes_f1"]);
  parity.add("exponential", exponential_similarity(pair["shares"][0], pair["shares"][1]),
             pair["exponential"]);
}

void compare(const json& pair, testing::Parity& parity) {
  parity.begin(pair);
  const std::string answer = testing::written(pair["answer"]);
  std::vector<std::string> references;
  for (const json& reference : pair["references"])
    references.push_back(testing::written(reference));
  const auto ours = split_at_spaces(answer);
  std::vector<std::vector<std::string_view>> theirs;
  for (const std::string& reference : references) theirs.push_back(split_at_spaces(reference));
  for (size_t i = 0; i < kNltk.size(); ++i)
    parity.add("nltk-bleu", nltk_bleu(ours, theirs, kNltk[i]), pair["nltk"][i]);
  for (size_t i = 0; i < kSacre.size(); ++i)
    parity.add("sacrebleu", sacre_bleu(sacre_bleu_counts(answer, references, kSacre[i]), kSacre[i]),
               pair["sacre"][i]);
  parity.add("meteor", meteor(ours, theirs[0]), pair["meteor"]);
  compare_numbers(pair, parity);
}

constexpr size_t kLong = 8;  // pairs of a megabyte behind the seeded ones

}  // namespace

class TranslationMetricsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    auto ready = meteor_ready();
    QVERIFY2(ready, ready ? "" : describe(ready.error()).c_str());
  }

  void equal_the_packages_on_stored_pairs() {
    testing::Parity parity;
    for (const json& pair : testing::stored_pairs("translation_metrics.jsonl"))
      compare(pair, parity);
    QVERIFY2(parity.failure().empty(), parity.failure().c_str());
    QCOMPARE(parity.pairs(), 300 + kLong);
  }

  void equal_the_packages_on_ten_thousand_pairs() {
    const auto pairs = testing::new_pairs("make_translation_metrics.py");
    if (!pairs) QSKIP("LOOM_METRICS_PYTHON names no Python with the packages");
    testing::Parity parity;
    for (const json& pair : *pairs) compare(pair, parity);
    parity.print();
    QVERIFY2(parity.failure().empty(), parity.failure().c_str());
    QCOMPARE(parity.pairs(), 10000 + kLong);
  }

  void a_missing_word_net_is_named() {
    auto net = WordNet::read("/nowhere");
    QVERIFY(!net);
    QVERIFY(net.error().remedy.find("wordnet-base") != std::string::npos);
  }

  void a_corpus_is_the_sum_of_its_sentences() {
    std::string same[] = {"one two three four five"}, other[] = {"a"};
    BleuCounts counts = sacre_bleu_counts(same[0], same);
    counts += sacre_bleu_counts("b", other);
    QCOMPARE(counts.shared[0], 5u);
    QCOMPARE(counts.total[0], 6u);
    QVERIFY(std::abs(sacre_bleu(counts) - std::pow(5.0 / 6, 0.25)) < 1e-12);
  }

  // Chen et al. 2021: 1 - C(n-c, k) / C(n, k).
  void pass_at_k_is_unbiased() {
    QVERIFY(std::abs(pass_at_k(10, 3, 1) - 0.3) < 1e-12);
    QVERIFY(std::abs(pass_at_k(10, 3, 2) - (1 - 21.0 / 45)) < 1e-12);
    QCOMPARE(pass_at_k(5, 0, 5), 0.0);
    QCOMPARE(pass_at_k(5, 1, 5), 1.0);
  }

  // Two problems: one of four programs passes, and both of two. Two drawn of four hold the right
  // one half of the time.
  void pass_at_k_of_a_task_is_the_mean_of_its_problems() {
    std::vector<json> parts;
    for (int i = 0; i < 4; ++i) parts.push_back({{"problem", "a"}, {"passed", i == 2}, {"k", 2}});
    for (int i = 0; i < 2; ++i) parts.push_back({{"problem", "b"}, {"passed", true}, {"k", 2}});
    parts.push_back({{"passed", true}});                               // of no problem
    parts.push_back({{"problem", "c"}, {"passed", false}, {"k", 2}});  // one program: pass@1
    std::vector<const json*> all;
    for (const json& one : parts) all.push_back(&one);
    QVERIFY(std::abs(*pass_at_k_of_problems(all) - (0.5 + 1 + 0) / 3) < 1e-12);
    QVERIFY(!pass_at_k_of_problems({}));
  }

  void orders_agree_by_pairs() {
    const std::vector<int64_t> order = {0, 1, 2, 3, 4}, swapped = {1, 0, 2, 3, 4},
                               reversed = {4, 3, 2, 1, 0}, repeated = {0, 0, 0, 0, 0};
    QCOMPARE(concordance(order, order), 1.0);
    QCOMPARE(concordance(swapped, order), 0.9);
    QCOMPARE(concordance(reversed, order), 0.0);
    QCOMPARE(concordance(repeated, order), 0.0);
    QCOMPARE(concordance(std::span(order).first(4), order), 0.0);
    QCOMPARE(exponential_similarity(0.5, 0.6), exponential_similarity(0.6, 0.5));
    QVERIFY(std::abs(exponential_similarity(0.5, 0.6) - 0.5) < 1e-9);
  }
};

QTEST_APPLESS_MAIN(TranslationMetricsTest)
#include "translation_metrics_test.moc"

// BLEU and METEOR against nltk and sacrebleu, Spearman's correlation against scipy. Tolerance 1e-9.
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/metrics/bleu.h"
#include "core/metrics/meteor.h"
#include "core/metrics/pass_at_k.h"
#include "core/metrics/rank_agreement.h"
#include "core/text/python_text.h"
#include "core/text/word_net.h"
#include "tests/core/metrics/golden_pairs.h"

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

class Comparison {
 public:
  void add(const std::string& what, double ours, const json& theirs) {
    double difference = std::abs(ours - theirs.get<double>());
    largest = std::max(largest, difference);
    if (!(difference <= 1e-9)) failure = what + " " + std::to_string(ours) + " of " + text;
  }
  void compare(const json& pair) {
    text = pair.dump();
    std::string answer = pair["answer"];
    auto references = pair["references"].get<std::vector<std::string>>();
    auto ours = split_at_spaces(answer);
    std::vector<std::vector<std::string_view>> theirs;
    for (const std::string& reference : references) theirs.push_back(split_at_spaces(reference));
    for (size_t i = 0; i < kNltk.size(); ++i)
      add("nltk " + std::to_string(i), nltk_bleu(ours, theirs, kNltk[i]), pair["nltk"][i]);
    for (size_t i = 0; i < kSacre.size(); ++i)
      add("sacrebleu " + std::to_string(i),
          sacre_bleu(sacre_bleu_counts(answer, references, kSacre[i]), kSacre[i]),
          pair["sacre"][i]);
    add("METEOR", meteor(ours, theirs[0]), pair["meteor"]);
    auto rank =
        spearman(pair["left"].get<std::vector<double>>(), pair["right"].get<std::vector<double>>());
    if (rank.has_value() == pair["spearman"].is_null()) failure = "Spearman of " + text;
    if (rank) add("Spearman", *rank, pair["spearman"]);
    ++pairs;
  }

  std::string text, failure;
  double largest = 0;
  int pairs = 0;
};

}  // namespace

class TranslationMetricsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    auto ready = meteor_ready();
    QVERIFY2(ready, ready ? "" : describe(ready.error()).c_str());
  }

  void equal_the_packages_on_stored_pairs() {
    Comparison comparison;
    for (const json& pair : testing::stored_pairs("translation_metrics.jsonl"))
      comparison.compare(pair);
    QVERIFY2(comparison.failure.empty(), comparison.failure.c_str());
    QCOMPARE(comparison.pairs, 300);
  }

  void equal_the_packages_on_ten_thousand_pairs() {
    const auto pairs = testing::new_pairs("make_translation_metrics.py");
    if (!pairs) QSKIP("LOOM_METRICS_PYTHON names no Python with the packages");
    Comparison comparison;
    for (const json& pair : *pairs) comparison.compare(pair);
    QVERIFY2(comparison.failure.empty(), comparison.failure.c_str());
    qInfo("%d pairs, largest difference %g", comparison.pairs, comparison.largest);
    QCOMPARE(comparison.pairs, 10000);
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

// NoLiMa's base score and effective length.
#include "core/evaluation/base_score.h"

#include <QTest>
#include <cmath>

using namespace loom;

namespace {

// `right` of ten samples of a pair at a length.
void add(std::vector<PairSample>& samples, const char* pair, size_t length, int right) {
  for (int i = 0; i < 10; ++i) samples.push_back({pair, length, i < right ? 1.0 : 0.0});
}

}  // namespace

class BaseScoreTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void each_pair_counts_by_its_best_short_length() {
    std::vector<PairSample> samples;
    add(samples, "a", 256, 6);
    add(samples, "a", 512, 10);
    add(samples, "a", 1024, 8);
    add(samples, "b", 256, 8);
    add(samples, "b", 512, 4);
    add(samples, "b", 1024, 8);
    add(samples, "a", 2048, 8);
    add(samples, "b", 2048, 8);
    add(samples, "a", 4096, 8);
    add(samples, "b", 4096, 6);
    const auto score = base_score("nolima/needle_set", samples);
    QVERIFY(score);
    QCOMPARE(score->task, std::string("nolima/needle_set"));
    // (100 + 80) / 2, though no length alone reaches it.
    QCOMPARE(score->base, 90.0);
    QCOMPARE(score->base_lengths, (std::vector<size_t>{256, 512, 1024}));
    QCOMPARE(score->lengths.size(), size_t{5});
    QCOMPARE(score->lengths[3].length_tokens, size_t{2048});
    QCOMPARE(score->lengths[3].score, 80.0);
    QVERIFY(std::abs(score->lengths[3].share - 80.0 / 90) < 1e-12);
    // 2048: 80 of 76.5 needed; 4096: 70.
    QCOMPARE(score->effective_length.value_or(0), size_t{2048});
  }

  void the_effective_length_is_the_longest_that_keeps_enough() {
    std::vector<PairSample> samples;
    add(samples, "a", 1024, 10);
    add(samples, "a", 2048, 5);
    add(samples, "a", 4096, 9);
    QCOMPARE(base_score("t", samples)->effective_length.value_or(0), size_t{4096});
  }

  void without_short_texts_or_right_answers() {
    std::vector<PairSample> samples;
    QVERIFY(!base_score("t", samples));
    add(samples, "a", 2048, 10);
    QVERIFY(!base_score("t", samples));
    add(samples, "a", 1024, 0);
    const auto score = base_score("t", samples);
    QVERIFY(score);
    QCOMPARE(score->base, 0.0);
    QVERIFY(!score->effective_length);
    QCOMPARE(score->lengths[1].share, 0.0);
  }

  void pairs_by_the_records_name() {
    QCOMPARE(pair_of_record("0401_T17_C02_twohop-book-1-depth-3"),
             std::string("0401_T17_C02_twohop"));
    QCOMPARE(pair_of_record("plain"), std::string("plain"));
  }
};

QTEST_APPLESS_MAIN(BaseScoreTest)
#include "base_score_test.moc"

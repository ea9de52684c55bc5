// Chinese words and the metrics on them against jieba 0.42.1 and rouge 1.0.1; tolerance 1e-9.
#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/metrics/chinese_overlap.h"
#include "core/text/chinese_words.h"
#include "core/text/word_lattice.h"
#include "tests/core/metrics/golden_pairs.h"
#include "tests/core/metrics/parity.h"

using namespace loom;
using nlohmann::json;

namespace {

// All words of a text, or those of its piece as often as it stands there.
std::vector<std::string> words_in(const json& words) {
  if (words.is_array()) return words;
  std::vector<std::string> all;
  const std::vector<std::string> piece = words.at("piece");
  for (size_t left = words.at("times"); left > 0; --left)
    all.insert(all.end(), piece.begin(), piece.end());
  return all;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

void compare_words(const std::string& text, const std::vector<std::string>& theirs,
                   testing::Parity& parity) {
  const auto ours = chinese_words(text);
  const bool same = std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  parity.add("jieba", same ? 0 : 1, 0);
}

void compare(const json& pair, testing::Parity& parity) {
  parity.begin(pair);
  const auto left = words_in(pair["words"]), right = words_in(pair["reference"]);
  const std::string answer = joined(left), reference = joined(right);
  compare_words(answer, left, parity);
  compare_words(reference, right, parity);
  parity.add("f1-zh", official_f1_zh(answer, reference).f1, pair["f1"]);
  parity.add("rouge-l-zh", rouge_l_zh(answer, reference).f1, pair["rouge"]);
}

constexpr size_t kLong = 4;  // pairs of a megabyte behind the seeded ones

}  // namespace

class ChineseMetricsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    auto ready = chinese_words_ready();
    QVERIFY2(ready, ready ? "" : describe(ready.error()).c_str());
  }

  void equal_the_packages_on_stored_pairs() {
    testing::Parity parity;
    for (const json& pair : testing::stored_pairs("chinese_metrics.jsonl")) compare(pair, parity);
    QVERIFY2(parity.failure().empty(), parity.failure().c_str());
    QCOMPARE(parity.pairs(), 300 + kLong);
  }

  void equal_the_packages_on_ten_thousand_pairs() {
    const auto pairs = testing::new_pairs("make_chinese_metrics.py");
    if (!pairs) QSKIP("LOOM_METRICS_PYTHON names no Python with the packages");
    testing::Parity parity;
    for (const json& pair : *pairs) compare(pair, parity);
    parity.print();
    QVERIFY2(parity.failure().empty(), parity.failure().c_str());
    QCOMPARE(parity.pairs(), 10000 + kLong);
  }

  void a_missing_dictionary_is_named() {
    auto lattice = WordLattice::read("/nowhere");
    QVERIFY(!lattice);
    QVERIFY(lattice.error().remedy.find("python3-jieba") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(ChineseMetricsTest)
#include "chinese_metrics_test.moc"

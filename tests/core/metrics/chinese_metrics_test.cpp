// Chinese words and the metrics on them against jieba 0.42.1 and rouge 1.0.1; tolerance 1e-9.
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/metrics/chinese_overlap.h"
#include "core/text/chinese_words.h"
#include "core/text/word_lattice.h"
#include "tests/core/metrics/golden_pairs.h"

using namespace loom;
using nlohmann::json;

namespace {

std::string joined(const json& words) {
  std::string text;
  for (const json& word : words) text += word.get<std::string>();
  return text;
}

json words_of(const std::string& text) {
  json words = json::array();
  for (std::string_view word : chinese_words(text)) words.push_back(std::string(word));
  return words;
}

// Empty when all is equal.
std::string difference(const json& pair) {
  std::string answer = joined(pair["words"]), reference = joined(pair["reference"]);
  if (words_of(answer) != pair["words"])
    return "words " + words_of(answer).dump() + " for " + pair["words"].dump();
  if (words_of(reference) != pair["reference"])
    return "words " + words_of(reference).dump() + " for " + pair["reference"].dump();
  double f1 = official_f1_zh(answer, reference).f1, rouge = rouge_l_zh(answer, reference).f1;
  if (std::abs(f1 - pair["f1"].get<double>()) > 1e-9) return "F1 of " + pair.dump();
  if (std::abs(rouge - pair["rouge"].get<double>()) > 1e-9) return "ROUGE-L of " + pair.dump();
  return "";
}

}  // namespace

class ChineseMetricsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    auto ready = chinese_words_ready();
    QVERIFY2(ready, ready ? "" : describe(ready.error()).c_str());
  }

  void equal_the_packages_on_stored_pairs() {
    const auto pairs = testing::stored_pairs("chinese_metrics.jsonl");
    for (const json& pair : pairs) QCOMPARE(difference(pair), std::string());
    QCOMPARE(pairs.size(), size_t{300});
  }

  void equal_the_packages_on_ten_thousand_pairs() {
    const auto pairs = testing::new_pairs("make_chinese_metrics.py");
    if (!pairs) QSKIP("LOOM_METRICS_PYTHON names no Python with the packages");
    for (const json& pair : *pairs) QCOMPARE(difference(pair), std::string());
    QCOMPARE(pairs->size(), size_t{10000});
  }

  void a_missing_dictionary_is_named() {
    auto lattice = WordLattice::read("/nowhere");
    QVERIFY(!lattice);
    QVERIFY(lattice.error().remedy.find("python3-jieba") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(ChineseMetricsTest)
#include "chinese_metrics_test.moc"

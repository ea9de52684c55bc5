// The text metrics against the packages that benchmarks use: rouge, rouge-score, nltk's stemmer,
// difflib, python-Levenshtein, rapidfuzz and fuzzywuzzy. Tolerance 1e-9.
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/metrics/all_metrics.h"
#include "core/metrics/common_subsequence.h"
#include "core/metrics/edit_similarity.h"
#include "core/metrics/official_text.h"
#include "core/metrics/overlap.h"
#include "core/metrics/porter_stemmer.h"
#include "core/metrics/rouge.h"
#include "core/text/python_text.h"
#include "tests/core/metrics/golden_pairs.h"
#include "tests/core/metrics/parity.h"

using namespace loom;
using nlohmann::json;

namespace {

void append(std::vector<double>& values, const Overlap& overlap) {
  values.insert(values.end(), {overlap.precision, overlap.recall, overlap.f1});
}

std::vector<double> count_rouge(const std::string& answer, const std::string& reference,
                                bool stem) {
  std::vector<double> values;
  append(values, count_rouge_n(answer, reference, 1, stem));
  append(values, count_rouge_n(answer, reference, 2, stem));
  append(values, count_rouge_l(answer, reference, stem));
  append(values, count_rouge_lsum(answer, reference, stem));
  return values;
}

// Empty: the package raises.
std::vector<double> set_rouge(const std::string& answer, const std::string& reference) {
  std::vector<double> values;
  for (int n : {1, 2})
    if (auto overlap = set_rouge_n(answer, reference, n)) append(values, *overlap);
  if (auto overlap = set_rouge_l(answer, reference)) append(values, *overlap);
  return values;
}

void compare(const json& pair, testing::Parity& parity) {
  const std::string answer = testing::written(pair["answer"]),
                    reference = testing::written(pair["reference"]);
  parity.begin(pair);
  if (!pair["normal"].is_null() && official_normal(answer) != pair["normal"]) parity.fail("normal");
  parity.add("f1", official_f1(answer, reference).f1, pair["f1"]);
  parity.add("rouge", set_rouge(answer, reference), pair["set_rouge"]);
  parity.add("rouge-score", count_rouge(answer, reference, false), pair["count_rouge"]);
  parity.add("rouge-score-stems", count_rouge(answer, reference, true), pair["stemmed_rouge"]);
  for (const json& stem : pair["stems"])
    if (porter_stem(stem[0].get<std::string>()) != stem[1]) parity.fail(stem.dump());
  parity.add("difflib", matching_blocks_ratio(answer, reference), pair["difflib"]);
  parity.add("indel", indel_ratio(answer, reference), pair["indel"]);
  parity.add("rapidfuzz", indel_ratio(answer, reference), pair["rapidfuzz"]);
  parity.add("fuzz", fuzz_ratio(answer, reference, FuzzBackEnd::difflib), pair["fuzz"]);
  parity.add("fuzz-levenshtein", fuzz_ratio(answer, reference, FuzzBackEnd::levenshtein),
             pair["fuzz_levenshtein"]);
  parity.add("code", code_similarity(answer, reference), pair["code"]);
  const MetricScore length = length_score({answer, {}, json::object(), {{"length", 20}}});
  parity.add("length", length.value.value_or(-1), pair["length"]);
  parity.add("distance", static_cast<double>(levenshtein_distance(answer, reference)),
             pair["distance"].get<double>());
}

constexpr size_t kLong = 8;  // pairs of a megabyte behind the seeded ones

}  // namespace

class TextMetricsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equal_the_packages_on_stored_pairs() {
    testing::Parity parity;
    for (const json& pair : testing::stored_pairs("text_metrics.jsonl")) compare(pair, parity);
    QVERIFY2(parity.failure().empty(), parity.failure().c_str());
    QCOMPARE(parity.pairs(), 300 + kLong);
  }

  void equal_the_packages_on_ten_thousand_pairs() {
    const auto pairs = testing::new_pairs("make_text_metrics.py");
    if (!pairs) QSKIP("LOOM_METRICS_PYTHON names no Python with the packages");
    testing::Parity parity;
    for (const json& pair : *pairs) compare(pair, parity);
    parity.print();
    QVERIFY2(parity.failure().empty(), parity.failure().c_str());
    QCOMPARE(parity.pairs(), 10000 + kLong);
  }

  // Lines of the table made again give the path that the whole table gives.
  void paths_of_long_sequences_are_common_subsequences() {
    Random random(3);
    std::vector<uint32_t> rows(40000), columns(40000);
    for (auto& element : rows) element = static_cast<uint32_t>(random.below(500));
    for (auto& element : columns) element = static_cast<uint32_t>(random.below(500));
    CommonSubsequence sequence(columns);
    auto path = sequence.path(rows);
    QCOMPARE(path.rows.size(), sequence.length(rows));
    for (size_t i = 0; i < path.rows.size(); ++i) {
      QCOMPARE(rows[path.rows[i]], columns[path.columns[i]]);
      QVERIFY(i == 0 || (path.rows[i] > path.rows[i - 1] && path.columns[i] > path.columns[i - 1]));
    }
  }

  // Bits that are kept for elements that stand everywhere give the same as those that are set.
  void sequences_that_repeat_themselves() {
    std::vector<uint32_t> rows(60000, 7), columns(50000, 7);
    QCOMPARE(CommonSubsequence(columns).length(rows), size_t{50000});
    for (size_t i = 0; i < columns.size(); i += 2) columns[i] = 8;
    QCOMPARE(CommonSubsequence(columns).length(rows), size_t{25000});
    Random random(9);
    for (int round = 0; round < 20; ++round) {
      std::vector<uint32_t> a(1100), b(1500);
      for (auto& element : a) element = static_cast<uint32_t>(random.below(40));
      for (auto& element : b) element = static_cast<uint32_t>(random.below(40) % 30);
      std::vector<size_t> row(b.size() + 1, 0);
      for (uint32_t element : a) {
        size_t corner = 0;
        for (size_t j = 0; j < b.size(); ++j) {
          const size_t longer = element == b[j] ? corner + 1 : std::max(row[j], row[j + 1]);
          corner = row[j + 1];
          row[j + 1] = longer;
        }
      }
      QCOMPARE(CommonSubsequence(b).length(a), row.back());
    }
  }

  // The bits give what the whole table gives, also beyond one word of them.
  void distances_of_long_texts() {
    auto table = [](const std::u32string& a, const std::u32string& b) {
      std::vector<size_t> row(b.size() + 1);
      for (size_t j = 0; j < row.size(); ++j) row[j] = j;
      for (size_t i = 0; i < a.size(); ++i) {
        size_t corner = row[0]++;
        for (size_t j = 0; j < b.size(); ++j) {
          const size_t change = corner + (a[i] != b[j]);
          corner = row[j + 1];
          row[j + 1] = std::min({change, corner + 1, row[j] + 1});
        }
      }
      return row.back();
    };
    Random random(5);
    const std::u32string letters = U"abc天地é";
    for (int round = 0; round < 300; ++round) {
      std::u32string texts[2];
      const size_t kinds = 1 + random.below(letters.size());
      for (auto& text : texts)
        for (size_t left = random.below(300); left > 0; --left)
          text += letters[random.below(kinds)];
      QCOMPARE(levenshtein_distance(to_utf8(texts[0]), to_utf8(texts[1])),
               table(texts[0], texts[1]));
    }
    std::string one, other;
    for (int i = 0; i < 60000; ++i) one += "天地", other += "地天";
    QCOMPARE(levenshtein_distance(one, other), size_t{2});
    QCOMPARE(levenshtein_distance(one, ""), size_t{120000});
    // A million of one letter: every place is like every other.
    const std::string letters_a(1 << 20, 'x'), letters_b((1 << 20) - 3, 'x');
    QCOMPARE(levenshtein_distance(letters_a, letters_b), size_t{3});
    QCOMPARE(levenshtein_distance("q" + letters_a, "s" + letters_b), size_t{4});
    QVERIFY(indel_ratio(letters_a, letters_a) == 1.0);
    const double both = (1 << 20) + (1 << 20) - 3;
    QVERIFY(std::abs(indel_ratio(letters_a, letters_b) - (1 - 3 / both)) < 1e-12);
  }

  void code_is_compared_by_its_first_line() {
    QCOMPARE(code_similarity("\n\n```python\nx = 1\n```", "x = 1"), 1.0);
    QCOMPARE(code_similarity("# only a comment", "x = 1"), 0.0);
    QCOMPARE(fuzz_ratio("abcd", "abce", FuzzBackEnd::difflib), 75);
    QCOMPARE(fuzz_ratio("", "", FuzzBackEnd::levenshtein), 100);
  }

  // An answer that repeats a sentence without end is compared by that sentence.
  void repeated_sentences_are_compared_once() {
    std::string answer, reference;
    for (int i = 0; i < 50000; ++i) {
      answer += "the mill is old and by the river.";
      reference += "the mill by the old river is empty.";
    }
    const auto once =
        set_rouge_l("the mill is old and by the river.", "the mill by the old river is empty.");
    const auto often = set_rouge_l(answer, reference);
    QCOMPARE(often->f1, once->f1);
    QCOMPARE(often->recall, once->recall);
    std::string lines, others;
    for (int i = 0; i < 30000; ++i) {
      lines += "the mill is old\n";
      others += "an old mill is the best\n";
    }
    const auto sum = count_rouge_lsum("the mill is old\n", "an old mill is the best\n", false);
    const auto sums = count_rouge_lsum(lines, others, false);
    QVERIFY(std::abs(sums.f1 - sum.f1) < 1e-12);
  }

  void deep_paths_fail_where_a_rule_set_asks_for_it() {
    std::string words;
    for (int i = 0; i < 600; ++i) words += "w" + std::to_string(i) + " ";
    QVERIFY(set_rouge_l(words, words)->f1 > 0.99);
    QVERIFY(!set_rouge_l(words, words, 500));
  }
};

QTEST_APPLESS_MAIN(TextMetricsTest)
#include "text_metrics_test.moc"

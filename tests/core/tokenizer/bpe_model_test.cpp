// Merging by table and heap against the definition: the pair of lowest rank, leftmost first, again
// and again. Texts of few letters, so that pairs overlap and compete.
#include "core/tokenizer/bpe_model.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/random.h"

using namespace loom;

namespace {

// Letters, then what pairs of earlier tokens make; `ties` gives several pairs the same rank.
BpeRules rules_of(Random& random, bool ties) {
  BpeRules rules;
  rules.tokens = {"a", "b", "c", "d"};
  for (uint32_t i = 0; i < 60; ++i) {
    const auto left = static_cast<TokenId>(random.below(rules.tokens.size()));
    const auto right = static_cast<TokenId>(random.below(rules.tokens.size()));
    std::string text =
        rules.tokens[static_cast<size_t>(left)] + rules.tokens[static_cast<size_t>(right)];
    auto known = std::find(rules.tokens.begin(), rules.tokens.end(), text);
    if (known != rules.tokens.end() || text.size() > 12) continue;
    rules.merges.push_back(
        {left, right, static_cast<TokenId>(rules.tokens.size()), ties ? i / 3 : i});
    rules.tokens.push_back(std::move(text));
  }
  return rules;
}

std::vector<TokenId> by_definition(const BpeRules& rules, const std::string& text) {
  std::vector<TokenId> ids;
  for (char c : text) ids.push_back(c - 'a');
  while (true) {
    const BpeMerge* best = nullptr;
    size_t place = 0;
    for (size_t i = 0; i + 1 < ids.size(); ++i)
      for (const BpeMerge& merge : rules.merges)
        if (merge.left == ids[i] && merge.right == ids[i + 1] && (!best || merge.rank < best->rank))
          best = &merge, place = i;
    if (!best) return ids;
    ids[place] = best->result;
    ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(place) + 1);
  }
}

}  // namespace

class BpeModelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void merges_as_defined_data() {
    QTest::addColumn<bool>("ties");
    QTest::newRow("ranks that differ") << false;
    QTest::newRow("equal ranks") << true;
  }
  void merges_as_defined() {
    QFETCH(bool, ties);
    Random random(20261129);
    for (int round = 0; round < 60; ++round) {
      const BpeRules rules = rules_of(random, ties);
      const BpeModel model(rules);
      for (size_t length : {1, 2, 3, 7, 20, 47, 48, 49, 50, 90, 250}) {
        std::string text;
        const uint64_t letters = 1 + random.below(4);
        while (text.size() < length) text += static_cast<char>('a' + random.below(letters));
        std::vector<TokenId> ids;
        model.encode(text, ids);
        const auto expected = by_definition(rules, text);
        QVERIFY2(ids == expected, (text + "\n got " + nlohmann::json(ids).dump() + "\nwant " +
                                   nlohmann::json(expected).dump())
                                      .c_str());
      }
    }
  }

  void a_piece_of_a_megabyte_takes_seconds() {
    Random random(7);
    const BpeModel model(rules_of(random, false));
    std::string text;
    while (text.size() < 1 << 20) text += static_cast<char>('a' + random.below(4));
    QElapsedTimer timer;
    timer.start();
    std::vector<TokenId> ids;
    model.encode(text, ids);
    QVERIFY(!ids.empty() && ids.size() < text.size());
    QVERIFY2(timer.elapsed() < 5000, std::to_string(timer.elapsed()).c_str());
  }
};

QTEST_APPLESS_MAIN(BpeModelTest)
#include "bpe_model_test.moc"

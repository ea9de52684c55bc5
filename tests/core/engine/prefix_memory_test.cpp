// What the prefix tree counts for keys and values is what it holds: whole pages, those that several
// prefixes share once, and a page in which a document ends as well.
#include <QtTest>
#include <numeric>
#include <set>

#include "core/engine/prefix_tree.h"

using namespace loom;

namespace {

KvShape small_shape() {
  KvShape shape;
  shape.layers = 1;
  shape.kv_heads = 1;
  shape.head_dim = 8;
  return shape;
}

}  // namespace

class PrefixMemoryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_page_that_is_begun_counts_whole() {
    PrefixTree tree(size_t{1} << 30);
    read(tree, ids(0, 130), 100);
    QCOMPARE(tree.bytes(), page() + 100 * sizeof(TokenId));
    read(tree, ids(7, 1100), 1040);  // two full pages, and one with 16 tokens of the document
    QCOMPARE(tree.bytes(), 4 * page() + 1140 * sizeof(TokenId));
  }

  void shared_pages_count_once() {
    PrefixTree tree(size_t{1} << 30);
    const std::vector<TokenId> document = ids(0, 600);
    for (TokenId question : {1, 2}) {
      std::vector<TokenId> prompt = document;
      prompt.insert(prompt.end(), 500, question);
      read(tree, prompt, 600);
    }
    // The document's page and the one in which it ends, then for each question that page anew.
    QCOMPARE(tree.bytes(), 4 * page() + (600 + 2 * 424) * sizeof(TokenId));
  }

  void many_short_documents_keep_to_the_budget() {
    const size_t budget = 5 * page();
    PrefixTree tree(budget);
    for (TokenId first = 0; first < 40; ++first) {
      const auto prompt = ids(first, 60);
      read(tree, prompt, 30);
    }
    std::set<const KvPage*> pages;
    for (TokenId first = 0; first < 40; ++first) {
      const auto prompt = ids(first, 60);
      auto match = tree.find(prompt, cut_points(prompt.size(), 30, 512));
      if (match.state)
        for (const auto& one : match.state->pages()) pages.insert(one.get());
    }
    QVERIFY(!pages.empty());
    QVERIFY(pages.size() * page() <= budget);
    QVERIFY(tree.bytes() <= budget);
  }

 private:
  size_t page() const { return small_shape().page_bytes(at::kFloat); }

  static std::vector<TokenId> ids(TokenId first, size_t n) {
    std::vector<TokenId> ids(n);
    std::iota(ids.begin(), ids.end(), first);
    return ids;
  }

  // As a prompt is read: every cut but the last is stored.
  void read(PrefixTree& tree, const std::vector<TokenId>& prompt, size_t context_end) {
    const auto cuts = cut_points(prompt.size(), context_end, 512);
    auto match = tree.find(prompt, cuts);
    KvSequence sequence = match.state ? *match.state : KvSequence(small_shape(), device_);
    for (size_t done = match.tokens; size_t cut : cuts) {
      if (cut <= done) continue;
      sequence.reserve(static_cast<int64_t>(cut - done));
      done = cut;
      if (cut < prompt.size()) tree.store(prompt, cut, cuts, sequence);
    }
  }

  ComputeDevice device_{};
};

QTEST_APPLESS_MAIN(PrefixMemoryTest)
#include "prefix_memory_test.moc"

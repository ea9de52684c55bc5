#include "core/base/shared_prefix.h"

#include <QTest>
#include <numeric>

using namespace loom;

namespace {

// `same` tokens that all prompts begin with, then others.
std::vector<TokenId> prompt(size_t same, size_t others, TokenId which) {
  std::vector<TokenId> ids(same);
  std::iota(ids.begin(), ids.end(), 0);
  ids.insert(ids.end(), others, -which);
  return ids;
}

}  // namespace

class SharedPrefixTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whole_chunks_are_shared() {
    const auto one = prompt(1100, 50, 1), two = prompt(1100, 70, 2), other = prompt(511, 50, 3);
    QCOMPARE(shared_prefix({one}, {two}, 512), size_t{1024});
    QCOMPARE(shared_prefix({one}, {two}, 100), size_t{1100});
    QCOMPARE(shared_prefix({one}, {other}, 512), size_t{0});
  }

  void a_document_is_shared_where_both_end_it() {
    const auto one = prompt(700, 50, 1), two = prompt(700, 70, 2);
    QCOMPARE(shared_prefix({one, 700}, {two, 700}, 512), size_t{700});
    QCOMPARE(shared_prefix({one, 690}, {two, 700}, 512), size_t{512});
    QCOMPARE(shared_prefix({one}, {two, 700}, 512), size_t{512});
    QCOMPARE(shared_prefix({one, 720}, {two, 720}, 512), size_t{512});  // it differs before its end
    QCOMPARE(shared_prefix({one, 300}, {two, 300}, 512),
             size_t{512});  // whole chunks reach further
  }

  void the_last_token_is_computed() {
    const auto one = prompt(1024, 0, 1), longer = prompt(1024, 30, 1);
    QCOMPARE(shared_prefix({one}, {one}, 512), size_t{512});
    QCOMPARE(shared_prefix({longer}, {one}, 512), size_t{512});
    QCOMPARE(shared_prefix({one}, {longer}, 512), size_t{1024});
    QCOMPARE(shared_prefix({one, 1024}, {one, 1024}, 512), size_t{512});
    QCOMPARE(shared_prefix({one}, {}, 512), size_t{0});
  }
};

QTEST_APPLESS_MAIN(SharedPrefixTest)
#include "shared_prefix_test.moc"

// Recurrent states behind the cache's interface: forked by copy, kept by the prefix tree, counted
// in its budget.
#include <ATen/ops/ones.h>

#include <QtTest>
#include <numeric>

#include "core/engine/prefix_tree.h"

using namespace loom;

namespace {

KvShape shape_with_states() {
  KvShape shape;
  shape.states = {{4, 8}, {16}};
  return shape;
}

double sum(KvSequence& sequence, size_t index) {
  return sequence.state(index).sum().item<double>();
}

}  // namespace

class RecurrentStateTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void states_start_at_zero_and_count() {
    QCOMPARE(shape_with_states().state_bytes(), size_t{48 * 4});
    QCOMPARE(shape_with_states().page_bytes(at::kFloat), size_t{0});
    KvSequence sequence(shape_with_states(), device_);
    sequence.reserve(3);
    QCOMPARE(sum(sequence, 0), 0.0);
    QCOMPARE(sequence.state(1).numel(), int64_t{16});
  }

  void forks_do_not_see_each_other() {
    KvSequence first(shape_with_states(), device_);
    first.reserve(3);
    first.state(0).fill_(1);
    KvSequence second = first;
    second.reserve(1);
    second.state(0).add_(1);
    first.reserve(1);
    QCOMPARE(sum(first, 0), 32.0);
    QCOMPARE(sum(second, 0), 64.0);
    // Nobody else holds it now: changed in place, not copied.
    void* place = first.state(0).data_ptr();
    first.reserve(1);
    QCOMPARE(first.state(0).data_ptr(), place);
  }

  void the_tree_gives_up_states_of_shorter_prefixes_first() {
    std::vector<TokenId> ids(1600);
    std::iota(ids.begin(), ids.end(), 0);
    auto cuts = cut_points(ids.size(), 0, 512);
    PrefixTree tree(3 * 512 * sizeof(TokenId) + 200);  // the ids and one state
    KvSequence sequence(shape_with_states(), device_);
    for (size_t cut : {512, 1024, 1536}) {
      sequence.reserve(512);
      sequence.state(0).fill_(static_cast<double>(cut));
      tree.store(ids, cut, cuts, sequence);
    }
    auto match = tree.find(ids, cuts);
    QCOMPARE(match.tokens, size_t{1536});
    QCOMPARE(sum(*match.state, 0), 1536.0 * 32);
    QVERIFY(tree.bytes() <= 3 * 512 * sizeof(TokenId) + 200);
    // A prompt that leaves the path earlier finds no state there any more, and computes it again.
    std::vector<TokenId> other(ids.begin(), ids.begin() + 1100);
    auto other_cuts = cut_points(other.size(), 0, 512);
    QCOMPARE(tree.find(other, other_cuts).tokens, size_t{0});
    tree.set_budget(1 << 20);
    KvSequence again(shape_with_states(), device_);
    again.reserve(512);
    tree.store(other, 512, other_cuts, again);
    QCOMPARE(tree.find(other, other_cuts).tokens, size_t{512});
  }

 private:
  ComputeDevice device_;
};

QTEST_APPLESS_MAIN(RecurrentStateTest)
#include "recurrent_state_test.moc"

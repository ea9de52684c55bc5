#include "core/tokenizer/bpe_model.h"

#include <algorithm>
#include <bit>
#include <queue>

namespace loom {
namespace {

// Up to here scanning all pairs is faster than a heap.
constexpr size_t kShortPiece = 48;

uint64_t pair_key(TokenId left, TokenId right) {
  return static_cast<uint64_t>(static_cast<uint32_t>(left)) << 32 | static_cast<uint32_t>(right);
}

size_t spread(uint64_t key) { return static_cast<size_t>((key ^ key >> 29) * 0x9e3779b97f4a7c15ULL >> 20); }

}  // namespace

BpeModel::BpeModel(std::vector<std::string> tokens, const std::vector<Merge>& merges, bool ignore_merges)
    : tokens_(std::move(tokens)), ignore_merges_(ignore_merges) {
  index_.reserve(tokens_.size());
  for (size_t id = 0; id < tokens_.size(); ++id) index_.emplace(tokens_[id], static_cast<TokenId>(id));
  for (int b = 0; b < 256; ++b) {
    char c = static_cast<char>(b);
    auto found = index_.find(std::string_view(&c, 1));
    byte_ids_[b] = found == index_.end() ? -1 : found->second;
  }
  slots_.resize(std::bit_ceil(merges.size() * 2 + 2));
  for (size_t rank = 0; rank < merges.size(); ++rank) {
    uint64_t key = pair_key(merges[rank].left, merges[rank].right);
    size_t at = spread(key) & (slots_.size() - 1);
    while (slots_[at].pair != UINT64_MAX && slots_[at].pair != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].pair == UINT64_MAX) slots_[at] = {key, static_cast<uint32_t>(rank), merges[rank].result};
  }
}

const BpeModel::Slot* BpeModel::find(TokenId left, TokenId right) const {
  uint64_t key = pair_key(left, right);
  for (size_t at = spread(key) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].pair == key) return &slots_[at];
    if (slots_[at].pair == UINT64_MAX) return nullptr;
  }
}

void BpeModel::merge_short(std::vector<TokenId>& symbols) const {
  const Slot* pairs[kShortPiece];
  size_t n = symbols.size();
  for (size_t i = 0; i + 1 < n; ++i) pairs[i] = find(symbols[i], symbols[i + 1]);
  while (n > 1) {
    size_t best = n;
    for (size_t i = 0; i + 1 < n; ++i)
      if (pairs[i] && (best == n || pairs[i]->rank < pairs[best]->rank)) best = i;
    if (best == n) break;
    symbols[best] = pairs[best]->result;
    for (size_t i = best + 1; i + 1 < n; ++i) symbols[i] = symbols[i + 1];
    for (size_t i = best + 1; i + 2 < n; ++i) pairs[i] = pairs[i + 1];
    --n;
    if (best > 0) pairs[best - 1] = find(symbols[best - 1], symbols[best]);
    if (best + 1 < n) pairs[best] = find(symbols[best], symbols[best + 1]);
  }
  symbols.resize(n);
}

// Linked list and heap: n log n whatever the piece.
void BpeModel::merge_long(std::vector<TokenId>& symbols) const {
  struct Candidate {
    uint32_t rank, left, right;
    TokenId left_id, right_id, result;
    bool operator>(const Candidate& other) const {
      return rank != other.rank ? rank > other.rank : left > other.left;
    }
  };
  auto n = static_cast<uint32_t>(symbols.size());
  std::vector<uint32_t> next(n), previous(n);
  for (uint32_t i = 0; i < n; ++i) next[i] = i + 1, previous[i] = i - 1;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> heap;
  auto offer = [&](uint32_t left, uint32_t right) {
    if (const Slot* slot = find(symbols[left], symbols[right]))
      heap.push({slot->rank, left, right, symbols[left], symbols[right], slot->result});
  };
  for (uint32_t i = 0; i + 1 < n; ++i) offer(i, i + 1);
  while (!heap.empty()) {
    Candidate top = heap.top();
    heap.pop();
    // Stale when either side has merged since.
    if (symbols[top.left] != top.left_id || next[top.left] != top.right || symbols[top.right] != top.right_id) continue;
    symbols[top.left] = top.result;
    symbols[top.right] = -1;
    next[top.left] = next[top.right];
    if (next[top.left] < n) previous[next[top.left]] = top.left;
    if (previous[top.left] < n) offer(previous[top.left], top.left);
    if (next[top.left] < n) offer(top.left, next[top.left]);
  }
  std::erase(symbols, -1);
}

void BpeModel::encode(std::string_view piece, std::vector<TokenId>& ids) const {
  if (ignore_merges_) {
    if (auto found = index_.find(piece); found != index_.end()) {
      ids.push_back(found->second);
      return;
    }
  }
  std::vector<TokenId> symbols;
  symbols.reserve(piece.size());
  for (char c : piece)
    if (TokenId id = byte_ids_[static_cast<unsigned char>(c)]; id >= 0) symbols.push_back(id);
  if (symbols.size() <= kShortPiece) {
    merge_short(symbols);
  } else {
    merge_long(symbols);
  }
  ids.insert(ids.end(), symbols.begin(), symbols.end());
}

}  // namespace loom

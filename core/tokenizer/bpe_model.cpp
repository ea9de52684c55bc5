#include "core/tokenizer/bpe_model.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "core/text/utf8.h"

namespace loom {
namespace {

// Up to here scanning all pairs is faster than a heap.
constexpr size_t kShortPiece = 48;
constexpr uint32_t kNoMerge = UINT32_MAX;
constexpr uint32_t kNone = UINT32_MAX;

size_t pair_of_bytes(char before, char after) {
  return static_cast<size_t>(static_cast<unsigned char>(before)) << 8 |
         static_cast<unsigned char>(after);
}

uint64_t pair_key(TokenId left, TokenId right) {
  return static_cast<uint64_t>(static_cast<uint32_t>(left)) << 32 | static_cast<uint32_t>(right);
}

size_t spread(uint64_t key) {
  return static_cast<size_t>((key ^ key >> 29) * 0x9e3779b97f4a7c15ULL >> 20);
}

}  // namespace

BpeModel::BpeModel(BpeRules rules) : rules_(std::move(rules)) {
  index_.reserve(rules_.tokens.size());
  for (size_t id = 0; id < rules_.tokens.size(); ++id)
    if (!rules_.tokens[id].empty()) index_.insert_or_assign(rules_.tokens[id], static_cast<TokenId>(id));
  for (int b = 0; b < 256; ++b) {
    char c = static_cast<char>(b);
    byte_ids_[b] = token(std::string_view(&c, 1));
  }
  if (!rules_.from_bytes) {
    characters_.resize(0x10000, -1);
    for (uint32_t c = 0; c < 0x10000; ++c) {
      if (c >= 0xD800 && c < 0xE000) continue;
      std::string text;
      append_utf8(text, c);
      characters_[c] = token(text);
    }
  }
  place_merges();
  if (rules_.from_bytes) mark_seams();
  rules_.merges = {};
}

// A merge joins the last byte of its left token and the first of its right one, as long as every
// token reads what it was made of; bytes that are no token leave their neighbours side by side.
void BpeModel::mark_seams() {
  bool tokens_read_their_bytes = true;
  joins_.assign(0x10000, 0);
  for (const BpeMerge& merge : rules_.merges) {
    auto text = [this](TokenId id) -> std::string_view {
      return rules_.tokens[static_cast<size_t>(id)];
    };
    std::string_view left = text(merge.left), right = text(merge.right),
                     result = text(merge.result);
    tokens_read_their_bytes &= !left.empty() && !right.empty() &&
                               result.size() == left.size() + right.size() &&
                               result.starts_with(left) && result.ends_with(right);
    if (!tokens_read_their_bytes) break;
    joins_[pair_of_bytes(left.back(), right.front())] = 1;
  }
  if (!tokens_read_their_bytes) joins_.assign(0x10000, 1);
  byte_pairs_.assign(0x10000, kNone);
  for (size_t pair = 0; pair < 0x10000; ++pair) {
    const TokenId before = byte_ids_[pair >> 8], after = byte_ids_[pair & 0xFF];
    if (before < 0 || after < 0) {
      joins_[pair] = 1;
    } else if (const Slot* slot = find(before, after)) {
      byte_pairs_[pair] = static_cast<uint32_t>(slot - slots_.data());
    }
  }
}

void BpeModel::place_merges() {
  slots_.resize(std::bit_ceil(rules_.merges.size() * 2 + 2));
  for (const BpeMerge& merge : rules_.merges) {
    uint64_t key = pair_key(merge.left, merge.right);
    size_t at = spread(key) & (slots_.size() - 1);
    while (slots_[at].pair != UINT64_MAX && slots_[at].pair != key)
      at = (at + 1) & (slots_.size() - 1);
    // Of a pair that is listed twice the last counts, as in the reference's table.
    slots_[at] = {key, merge.rank, merge.result};
  }
}

TokenId BpeModel::token(std::string_view text) const {
  auto found = index_.find(text);
  return found == index_.end() ? -1 : found->second;
}

const BpeModel::Slot* BpeModel::find(TokenId left, TokenId right) const {
  uint64_t key = pair_key(left, right);
  for (size_t at = spread(key) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].pair == key) return &slots_[at];
    if (slots_[at].pair == UINT64_MAX) return nullptr;
  }
}

// `first(i)` is the merge of the symbols i and i + 1 as they come.
template <typename First>
size_t BpeModel::merge_short(TokenId* symbols, size_t n, First first) const {
  // Ranks lie beside the slots: they are compared again and again, slots are read once.
  const Slot* pairs[kShortPiece];
  uint32_t ranks[kShortPiece];
  auto set = [&](size_t i, const Slot* pair) {
    pairs[i] = pair;
    ranks[i] = pair ? pair->rank : kNoMerge;
  };
  auto look = [&](size_t i) { set(i, find(symbols[i], symbols[i + 1])); };
  for (size_t i = 0; i + 1 < n; ++i) set(i, first(i));
  while (n > 1) {
    size_t best = 0;
    for (size_t i = 1; i + 1 < n; ++i)
      if (ranks[i] < ranks[best]) best = i;
    if (ranks[best] == kNoMerge) break;
    symbols[best] = pairs[best]->result;
    if (best + 2 < n) {
      std::copy(symbols + best + 2, symbols + n, symbols + best + 1);
      std::copy(pairs + best + 2, pairs + n - 1, pairs + best + 1);
      std::copy(ranks + best + 2, ranks + n - 1, ranks + best + 1);
    }
    --n;
    if (best > 0) look(best - 1);
    if (best + 1 < n) look(best);
  }
  return n;
}

// Linked list and heap: n log n whatever the piece.
void BpeModel::merge_long(std::vector<TokenId>& symbols) const {
  struct Workspace {
    std::vector<uint32_t> next, previous;
    std::vector<const Slot*> pairs;  // of a symbol and the one after it
    std::vector<uint64_t> heap;      // rank, then place
  };
  thread_local Workspace work;
  auto& next = work.next;
  auto& previous = work.previous;
  auto& pairs = work.pairs;
  auto& heap = work.heap;
  const auto n = static_cast<uint32_t>(symbols.size());
  next.resize(n), previous.resize(n), pairs.assign(n, nullptr), heap.clear();
  auto look = [&](uint32_t left) {
    pairs[left] = next[left] < n ? find(symbols[left], symbols[next[left]]) : nullptr;
    if (pairs[left]) heap.push_back(static_cast<uint64_t>(pairs[left]->rank) << 32 | left);
    return pairs[left] != nullptr;
  };
  for (uint32_t i = 0; i < n; ++i) next[i] = i + 1, previous[i] = i - 1;
  for (uint32_t i = 0; i + 1 < n; ++i) look(i);
  std::make_heap(heap.begin(), heap.end(), std::greater<>());
  auto offer = [&](uint32_t left) {
    if (look(left)) std::push_heap(heap.begin(), heap.end(), std::greater<>());
  };
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    const uint64_t top = heap.back();
    heap.pop_back();
    const auto left = static_cast<uint32_t>(top);
    // Stale when either side has merged since.
    const Slot* pair = pairs[left];
    if (!pair || pair->rank != top >> 32) continue;
    const uint32_t right = next[left];
    symbols[left] = pair->result;
    symbols[right] = -1;
    pairs[right] = nullptr;
    next[left] = next[right];
    if (next[left] < n) previous[next[left]] = left;
    if (previous[left] < n) offer(previous[left]);
    offer(left);
  }
  std::erase(symbols, -1);
  constexpr uint32_t kKept = 1 << 16;
  if (n > kKept) work = {};  // a whole text's: not to be held until the thread ends
}

TokenId BpeModel::character(std::string_view text, bool first, bool last) const {
  bool plain = (first || rules_.continuing_prefix.empty()) && (!last || rules_.end_suffix.empty());
  if (!plain)
    return token((first ? "" : rules_.continuing_prefix) + std::string(text) +
                 (last ? rules_.end_suffix : ""));
  CodePoint point = decode_utf8(text, 0);
  return point.value < 0x10000 ? characters_[point.value] : token(text);
}

// An unknown token waits until the next known one, so that neighbours can become one.
void BpeModel::symbols_of_characters(std::string_view piece, std::vector<TokenId>& symbols) const {
  bool waiting = false;
  for (size_t at = 0; at < piece.size();) {
    std::string_view text = piece.substr(at, decode_utf8(piece, at).bytes);
    bool first = at == 0;
    at += text.size();
    TokenId id = character(text, first, at == piece.size());
    if (id >= 0) {
      if (waiting) symbols.push_back(*rules_.unknown);
      waiting = false;
      symbols.push_back(id);
      continue;
    }
    bool by_bytes = !rules_.byte_ids.empty();
    for (char c : text) by_bytes = by_bytes && rules_.byte_ids[static_cast<unsigned char>(c)] >= 0;
    if (by_bytes) {
      for (char c : text) symbols.push_back(rules_.byte_ids[static_cast<unsigned char>(c)]);
    } else if (rules_.unknown) {
      if (waiting && !rules_.fuse_unknown) symbols.push_back(*rules_.unknown);
      waiting = true;
    }
  }
  if (waiting) symbols.push_back(*rules_.unknown);
}

void BpeModel::encode(std::string_view piece, std::vector<TokenId>& ids) const {
  if (rules_.ignore_merges) {
    if (TokenId id = token(piece); id >= 0) return ids.push_back(id);
  }
  if (rules_.from_bytes) {
    for (size_t begin = 0, end = 0; begin < piece.size(); begin = end) {
      for (end = begin + 1; end < piece.size() && joins_[pair_of_bytes(piece[end - 1], piece[end])];
           ++end) {
      }
      encode_bytes(piece.substr(begin, end - begin), ids);
    }
    return;
  }
  std::vector<TokenId> symbols;
  symbols.reserve(piece.size());
  symbols_of_characters(piece, symbols);
  if (symbols.size() <= kShortPiece) {
    symbols.resize(merge_short(symbols.data(), symbols.size(),
                               [&](size_t i) { return find(symbols[i], symbols[i + 1]); }));
  } else {
    merge_long(symbols);
  }
  ids.insert(ids.end(), symbols.begin(), symbols.end());
}

void BpeModel::encode_bytes(std::string_view bytes, std::vector<TokenId>& ids) const {
  auto id_of = [this](char c) { return byte_ids_[static_cast<unsigned char>(c)]; };
  if (bytes.size() == 1) {
    if (TokenId id = id_of(bytes[0]); id >= 0) ids.push_back(id);
    return;
  }
  if (bytes.size() > kShortPiece) {
    std::vector<TokenId> symbols;
    symbols.reserve(bytes.size());
    for (char c : bytes)
      if (TokenId id = id_of(c); id >= 0) symbols.push_back(id);
    merge_long(symbols);
    ids.insert(ids.end(), symbols.begin(), symbols.end());
    return;
  }
  TokenId symbols[kShortPiece];
  char kept[kShortPiece];
  size_t count = 0;
  for (char c : bytes)
    if (TokenId id = id_of(c); id >= 0) kept[count] = c, symbols[count++] = id;
  count = merge_short(symbols, count, [&](size_t i) -> const Slot* {
    const uint32_t at = byte_pairs_[pair_of_bytes(kept[i], kept[i + 1])];
    return at == kNone ? nullptr : &slots_[at];
  });
  ids.insert(ids.end(), symbols, symbols + count);
}

std::vector<BpeMerge> merges_of_ranked_tokens(const std::vector<std::string>& tokens,
                                              const std::vector<uint32_t>& ranks) {
  std::unordered_map<std::string_view, TokenId> index;
  for (size_t id = 0; id < tokens.size(); ++id)
    if (!tokens[id].empty()) index.insert_or_assign(tokens[id], static_cast<TokenId>(id));
  std::vector<BpeMerge> merges;
  for (size_t id = 0; id < tokens.size(); ++id) {
    std::string_view token = tokens[id];
    for (size_t cut = 1; cut < token.size(); ++cut) {
      auto left = index.find(token.substr(0, cut)), right = index.find(token.substr(cut));
      if (left == index.end() || right == index.end()) continue;
      merges.push_back({left->second, right->second, static_cast<TokenId>(id), ranks[id]});
    }
  }
  return merges;
}

}  // namespace loom

#include "core/engine/prefix_tree.h"

#include <algorithm>
#include <unordered_set>

namespace loom {
namespace {

uint64_t key_of(const void* parent, int64_t variant, std::span<const TokenId> edge) {
  uint64_t hash = 0xcbf29ce484222325ULL ^ reinterpret_cast<uintptr_t>(parent) ^ static_cast<uint64_t>(variant);
  for (TokenId id : edge) hash = (hash ^ static_cast<uint32_t>(id)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace

std::vector<size_t> cut_points(size_t prompt_tokens, size_t context_end, size_t chunk_tokens) {
  std::vector<size_t> cuts;
  for (size_t cut = chunk_tokens; cut < prompt_tokens; cut += chunk_tokens) cuts.push_back(cut);
  if (context_end > 0 && context_end < prompt_tokens) cuts.push_back(context_end);
  cuts.push_back(prompt_tokens);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

PrefixTree::Node* PrefixTree::child(Node* parent, int64_t variant, std::span<const TokenId> edge) {
  auto [begin, end] = nodes_.equal_range(key_of(parent, variant, edge));
  for (auto at = begin; at != end; ++at) {
    Node* node = at->second.get();
    if (node->parent == parent && node->variant == variant &&
        std::equal(edge.begin(), edge.end(), node->edge.begin(), node->edge.end()))
      return node;
  }
  return nullptr;
}

PrefixTree::Match PrefixTree::find(std::span<const TokenId> ids, const std::vector<size_t>& cuts, int64_t variant) {
  Node* node = nullptr;
  size_t reached = 0;
  Match match;
  for (size_t cut : cuts) {
    if (cut >= ids.size()) break;
    node = child(node, variant, ids.subspan(reached, cut - reached));
    if (!node) break;
    reached = cut;
    if (node->state) match = {reached, node->state};
    recent_.splice(recent_.begin(), recent_, node->recent);
  }
  return match;
}

void PrefixTree::store(std::span<const TokenId> ids, size_t tokens, const std::vector<size_t>& cuts,
                       const KvSequence& state, int64_t variant) {
  Node* parent = nullptr;
  size_t reached = 0;
  for (size_t cut : cuts) {
    auto edge = ids.subspan(reached, cut - reached);
    Node* next = child(parent, variant, edge);
    if (next) {
      parent = next;
      reached = cut;
      if (cut == tokens) return restore(*next, state);
      continue;
    }
    if (cut != tokens) return;  // an earlier piece was evicted: nothing to hang this one on
    auto node = std::make_unique<Node>(Node{{edge.begin(), edge.end()}, state, parent, variant, 0, 0, {}, key_of(parent, variant, edge)});
    // Full pages are shared with the parent; a page that is begun is held whole. States are not
    // shared.
    const size_t pages = state.pages().size() - reached / static_cast<size_t>(kPageTokens);
    node->bytes = pages * state.page_bytes() + edge.size() * sizeof(TokenId) + state.shape().state_bytes();
    bytes_ += node->bytes;
    if (parent) ++parent->children;
    recent_.push_front(node.get());
    node->recent = recent_.begin();
    uint64_t key = node->key;
    nodes_.emplace(key, std::move(node));
    shrink();
    return;
  }
}

void PrefixTree::remove(Node* node) {
  bytes_ -= node->bytes;
  if (node->parent) --node->parent->children;
  recent_.erase(node->recent);
  auto [begin, end] = nodes_.equal_range(node->key);
  for (auto at = begin; at != end; ++at)
    if (at->second.get() == node) {
      nodes_.erase(at);
      return;
    }
}

// A node that had given up its state takes it again.
void PrefixTree::restore(Node& node, const KvSequence& state) {
  if (node.state) return;
  node.state = state;
  node.bytes += state.shape().state_bytes();
  bytes_ += state.shape().state_bytes();
  shrink();
}

// Longer prefixes do not need a shorter one's recurrent state, only its pages.
bool PrefixTree::drop_inner_state() {
  for (auto at = recent_.rbegin(); at != recent_.rend(); ++at) {
    Node& node = **at;
    if (node.children == 0 || !node.state || node.state->shape().states.empty()) continue;
    size_t held = node.state->shape().state_bytes();
    node.bytes -= held;
    bytes_ -= held;
    node.state.reset();
    return true;
  }
  return false;
}

// Recurrent states inside the tree go first, then the least recently used leaves; a node that
// others build on stays until they have gone.
void PrefixTree::shrink() {
  while (bytes_ > budget_ && drop_inner_state()) {
  }
  while (bytes_ > budget_ && !recent_.empty()) {
    auto leaf = std::find_if(recent_.rbegin(), recent_.rend(), [](const Node* node) { return node->children == 0; });
    if (leaf == recent_.rend()) return;
    remove(*leaf);
  }
}

size_t PrefixTree::keep_only(const std::vector<Wanted>& prompts) {
  std::unordered_set<const Node*> wanted;
  for (const Wanted& prompt : prompts) {
    Node* node = nullptr;
    size_t reached = 0;
    for (size_t cut : prompt.cuts) {
      node = child(node, prompt.variant, prompt.ids.subspan(reached, cut - reached));
      if (!node) break;
      wanted.insert(node);
      reached = cut;
    }
  }
  const size_t before = bytes_;
  auto unwanted_leaf = [&] {
    return std::find_if(recent_.begin(), recent_.end(), [&](const Node* node) {
      return node->children == 0 && !wanted.contains(node);
    });
  };
  for (auto leaf = unwanted_leaf(); leaf != recent_.end(); leaf = unwanted_leaf()) remove(*leaf);
  return before - bytes_;
}

void PrefixTree::set_budget(size_t bytes) {
  budget_ = bytes;
  shrink();
}

void PrefixTree::clear() {
  nodes_.clear();
  recent_.clear();
  bytes_ = 0;
}

size_t PrefixTree::bytes() const { return bytes_; }

}  // namespace loom

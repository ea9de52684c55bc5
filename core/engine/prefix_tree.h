// Computed prefixes, found again by their token ids. A prompt's chunks end at multiples of the page
// length, at the end of its shared document and at its own end, whatever the tree holds; so a node
// is one such chunk, and a prefix is reused only along the same chunks. Hence the same bits with a
// warm and with a cold tree.
#pragma once

#include <list>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/base/generation.h"
#include "core/engine/kv_cache.h"

namespace loom {

// Ends of the chunks of a prompt, ascending; the last is ids.size().
std::vector<size_t> cut_points(size_t prompt_tokens, size_t context_end, size_t chunk_tokens);

class PrefixTree {
 public:
  explicit PrefixTree(size_t budget_bytes) : budget_(budget_bytes) {}

  struct Match {
    size_t tokens = 0;               // how far the prefix reaches
    std::optional<KvSequence> state;  // shares its pages with the tree
  };
  // The longest stored prefix that ends at one of `cuts` and leaves at least one token to compute.
  // Prefixes of different `variant` are never mixed.
  Match find(std::span<const TokenId> ids, const std::vector<size_t>& cuts, int64_t variant = 0);
  // Stores the state after `tokens` ids; the shorter cuts of the same prompt should be stored before.
  void store(std::span<const TokenId> ids, size_t tokens, const std::vector<size_t>& cuts, const KvSequence& state,
             int64_t variant = 0);
  struct Wanted {
    std::span<const TokenId> ids;
    std::vector<size_t> cuts;
    int64_t variant = 0;
  };
  // Forgets what none of these prompts shares; the bytes that were counted for it.
  size_t keep_only(const std::vector<Wanted>& prompts);
  void clear();
  void set_budget(size_t bytes);
  size_t bytes() const;

 private:
  struct Node {
    std::vector<TokenId> edge;
    std::optional<KvSequence> state;  // none: given up, only the way to longer prefixes
    Node* parent;
    int64_t variant;
    size_t children = 0;
    size_t bytes;  // what this node adds to its parent
    std::list<Node*>::iterator recent;
    uint64_t key;
  };
  Node* child(Node* parent, int64_t variant, std::span<const TokenId> edge);
  void shrink();
  bool drop_inner_state();
  void restore(Node& node, const KvSequence& state);
  void remove(Node* node);

  size_t budget_, bytes_ = 0;
  std::unordered_multimap<uint64_t, std::unique_ptr<Node>> nodes_;
  std::list<Node*> recent_;  // most recent first
};

}  // namespace loom

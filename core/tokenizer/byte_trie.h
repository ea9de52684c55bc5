// Byte strings with a value each, found by their prefixes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loom {

class ByteTrie {
 public:
  ByteTrie() = default;
  // Of equal keys the first counts; empty keys are passed over.
  explicit ByteTrie(std::vector<std::pair<std::string, int32_t>> entries);

  bool empty() const { return nodes_.size() <= 1; }
  // Calls found(bytes, value) for every key that `text` has at `at`, shortest first.
  template <typename Found>
  void prefixes(std::string_view text, size_t at, Found found) const {
    if (nodes_.empty()) return;
    uint32_t node = 0;
    for (size_t i = at; i < text.size(); ++i) {
      node = child(node, static_cast<unsigned char>(text[i]));
      if (node == 0) return;
      if (nodes_[node].value >= 0) found(i + 1 - at, nodes_[node].value);
    }
  }
  struct Match {
    size_t bytes = 0;
    int32_t value = -1;
  };
  Match longest(std::string_view text, size_t at) const {
    Match match;
    prefixes(text, at, [&](size_t bytes, int32_t value) { match = {bytes, value}; });
    return match;
  }
  int32_t find(std::string_view key) const {
    Match match = longest(key, 0);
    return match.bytes == key.size() && !key.empty() ? match.value : -1;
  }

 private:
  struct Node {
    int32_t value = -1;
    uint32_t children = 0;  // where they begin; a node's children lie one after the other
    uint16_t count = 0;
    uint8_t byte = 0;
  };
  uint32_t child(uint32_t node, unsigned char byte) const {
    const Node& parent = nodes_[node];
    if (parent.count == 256) return parent.children + byte;
    uint32_t low = parent.children, high = low + parent.count;
    while (low < high) {
      uint32_t middle = (low + high) / 2;
      if (nodes_[middle].byte < byte) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < parent.children + parent.count && nodes_[low].byte == byte ? low : 0;
  }
  std::vector<Node> nodes_;
};

}  // namespace loom

#include "core/tokenizer/byte_trie.h"

#include <algorithm>

namespace loom {

ByteTrie::ByteTrie(std::vector<std::pair<std::string, int32_t>> entries) {
  std::erase_if(entries, [](const auto& entry) { return entry.first.empty(); });
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  struct Range {
    uint32_t node;
    size_t begin, end, depth;
  };
  nodes_.emplace_back();
  std::vector<Range> open = {{0, 0, entries.size(), 0}};
  for (size_t next = 0; next < open.size(); ++next) {
    auto [node, begin, end, depth] = open[next];
    if (begin < end && depth > 0 && entries[begin].first.size() == depth) {
      nodes_[node].value = entries[begin].second;
      while (begin < end && entries[begin].first.size() == depth) ++begin;
    }
    nodes_[node].children = static_cast<uint32_t>(nodes_.size());
    while (begin < end) {
      char byte = entries[begin].first[depth];
      size_t last = begin;
      while (last < end && entries[last].first[depth] == byte) ++last;
      open.push_back({static_cast<uint32_t>(nodes_.size()), begin, last, depth + 1});
      nodes_.emplace_back().byte = static_cast<uint8_t>(byte);
      ++nodes_[node].count;
      begin = last;
    }
  }
}

}  // namespace loom

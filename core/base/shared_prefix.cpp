#include "core/base/shared_prefix.h"

#include <algorithm>

namespace loom {

size_t shared_prefix(const PromptTokens& before, const PromptTokens& next, size_t chunk_tokens) {
  if (next.ids.empty()) return 0;
  const auto differ =
      std::mismatch(before.ids.begin(), before.ids.end(), next.ids.begin(), next.ids.end());
  auto same = static_cast<size_t>(differ.second - next.ids.begin());
  same = std::min(same, next.ids.size() - 1);
  const size_t chunks = same / chunk_tokens * chunk_tokens;
  const bool one_document = next.context_end == before.context_end && next.context_end <= same;
  return one_document ? std::max(chunks, next.context_end) : chunks;
}

}  // namespace loom

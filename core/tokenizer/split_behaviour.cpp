#include "core/tokenizer/split_behaviour.h"

namespace loom {

void emit_stretches(std::string_view text, const std::vector<Stretch>& all, SplitBehaviour behaviour,
                    const PieceSink& sink) {
  auto emit = [&](size_t begin, size_t end) {
    if (end > begin) sink(text.substr(begin, end - begin));
  };
  auto matched = [&](size_t i) { return i < all.size() && all[i].matched; };
  for (size_t i = 0; i < all.size(); ++i) {
    const Stretch& one = all[i];
    switch (behaviour) {
      case SplitBehaviour::removed:
        if (!one.matched) emit(one.begin, one.end);
        break;
      case SplitBehaviour::isolated: emit(one.begin, one.end); break;
      case SplitBehaviour::merged_with_previous:
        if (one.matched && i > 0 && !matched(i - 1)) break;  // went with the one before
        emit(one.begin, !one.matched && matched(i + 1) ? all[i + 1].end : one.end);
        break;
      case SplitBehaviour::merged_with_next: {
        bool joined = i > 0 && matched(i - 1) && !one.matched;
        if (one.matched && i + 1 < all.size() && !matched(i + 1)) break;
        emit(joined ? all[i - 1].begin : one.begin, one.end);
        break;
      }
      case SplitBehaviour::contiguous: {
        size_t last = i;
        while (last + 1 < all.size() && all[last + 1].matched == one.matched) ++last;
        emit(one.begin, all[last].end);
        i = last;
        break;
      }
    }
  }
}

}  // namespace loom

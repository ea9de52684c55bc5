#include "core/benchmarks/haystack.h"

#include <algorithm>
#include <numeric>

#include "core/benchmarks/record_set.h"

namespace loom {

Haystack::Haystack(std::vector<Piece> sentences, size_t most_tokens, SentenceOrder order,
                   Random random)
    : sentences_(std::move(sentences)), by_size_(sentences_.size()) {
  std::iota(by_size_.begin(), by_size_.end(), 0u);
  std::vector<uint32_t> round = by_size_;
  std::stable_sort(by_size_.begin(), by_size_.end(), [this](uint32_t a, uint32_t b) {
    return sentences_[a].tokens < sentences_[b].tokens;
  });
  sums_ = {0};
  while (sums_.back() <= most_tokens) {
    if (order == SentenceOrder::shuffled) random.shuffle(round);
    for (uint32_t index : round) {
      row_.push_back(index);
      sums_.push_back(sums_.back() + std::max(1u, sentences_[index].tokens));
    }
  }
}

std::vector<const Piece*> Haystack::take(size_t tokens) const {
  const auto after = std::upper_bound(sums_.begin(), sums_.end(), tokens);
  const size_t whole = static_cast<size_t>(after - sums_.begin()) - 1;
  std::vector<const Piece*> taken;
  taken.reserve(whole + 1);
  for (size_t i = 0; i < std::min(whole, row_.size()); ++i) taken.push_back(&sentences_[row_[i]]);
  const size_t left = tokens - sums_[whole];
  const auto fits = std::upper_bound(
      by_size_.begin(), by_size_.end(), left,
      [this](size_t room, uint32_t index) { return room < sentences_[index].tokens; });
  if (fits != by_size_.begin()) taken.push_back(&sentences_[*(fits - 1)]);
  return taken;
}

size_t position_at_depth(const std::vector<const Piece*>& sentences, int depth) {
  size_t tokens = 0, passed = 0, place = 0;
  for (const Piece* piece : sentences) tokens += piece->tokens;
  const size_t limit = tokens * static_cast<size_t>(depth) / 100;
  while (place < sentences.size() && passed + sentences[place]->tokens <= limit)
    passed += sentences[place++]->tokens;
  return place;
}

std::vector<ByteSpan> append_haystack(std::string& text, const std::vector<const Piece*>& sentences,
                                      const std::vector<Insertion>& insertions) {
  size_t bytes = text.size();
  for (const Piece* sentence : sentences) bytes += sentence->text.size();
  for (const Insertion& insertion : insertions) bytes += insertion.text.size();
  text.reserve(bytes + 1024);
  std::vector<ByteSpan> spans;
  auto next = insertions.begin();
  for (size_t i = 0; i <= sentences.size(); ++i) {
    for (; next != insertions.end() && (next->position <= i || i == sentences.size()); ++next) {
      const ByteSpan span = append(text, next->text);
      spans.push_back({span.begin + next->space, span.end});
    }
    if (i < sentences.size()) text += sentences[i]->text;
  }
  return spans;
}

}  // namespace loom

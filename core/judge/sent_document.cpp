#include "core/judge/sent_document.h"

#include <optional>

namespace loom {
namespace {

std::string mark_of(const Sample& sample, const char* name) {
  if (!sample.metadata.is_object()) return "";
  const auto found = sample.metadata.find(name);
  return found != sample.metadata.end() && found->is_string() ? found->get<std::string>() : "";
}

struct Mark {
  size_t begin = 0, end = 0, number = 0;
};

// The next "<C" digits ">" from a place on.
std::optional<Mark> next_mark(const std::string& text, size_t from) {
  constexpr size_t kMostDigits = 7;
  for (size_t at = text.find("<C", from); at != std::string::npos; at = text.find("<C", at + 1)) {
    size_t end = at + 2, number = 0;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9' && end < at + 2 + kMostDigits)
      number = number * 10 + static_cast<size_t>(text[end++] - '0');
    if (end > at + 2 && end < text.size() && text[end] == '>') return Mark{at, end + 1, number};
  }
  return std::nullopt;
}

}  // namespace

std::string sent_document(const Sample& sample) {
  const std::string& prompt = sample.prompt.text;
  const std::string head = mark_of(sample, "document_head"),
                    tail = mark_of(sample, "document_tail");
  const size_t begin = head.empty() ? std::string::npos : prompt.find(head);
  const size_t last = tail.empty() ? std::string::npos : prompt.rfind(tail);
  if (begin == std::string::npos || last == std::string::npos || last + tail.size() <= begin)
    return prompt;
  return prompt.substr(begin, last + tail.size() - begin);
}

std::vector<std::string> numbered_sentences(const std::string& document, bool was_cut) {
  constexpr size_t kMostSentences = 200'000;
  std::vector<std::string> sentences;
  std::optional<Mark> open;
  for (size_t from = 0;;) {
    const auto mark = next_mark(document, from);
    // A document may speak of "<C7>" itself: only the next number goes on.
    const size_t next = open ? open->number + 1 : 0;
    const bool expected = mark && mark->number < kMostSentences &&
                          (mark->number == next || (was_cut && mark->number > next));
    if (mark && !expected) {
      from = mark->end;
      continue;
    }
    const size_t end = mark ? mark->begin : document.size();
    if (open) {
      sentences.resize(open->number);
      sentences.push_back(document.substr(open->end, end - open->end));
    }
    if (!mark) return sentences;
    open = mark;
    from = mark->end;
  }
}

}  // namespace loom

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

// The next mark from a place on.
std::optional<Mark> next_mark(const std::string& text, const PartMarks& marks, size_t from) {
  constexpr size_t kMostDigits = 7;
  for (size_t at = text.find(marks.open, from); at != std::string::npos;
       at = text.find(marks.open, at + 1)) {
    const size_t digits = at + marks.open.size();
    size_t end = digits, number = 0;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9' && end < digits + kMostDigits)
      number = number * 10 + static_cast<size_t>(text[end++] - '0');
    if (end > digits && text.compare(end, marks.close.size(), marks.close) == 0)
      return Mark{at, end + marks.close.size(), number};
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

Status must_have_marks(const Sample& sample) {
  if (!mark_of(sample, "document_head").empty()) return {};
  return Error{ErrorKind::invalid_input,
               "the run is of an older version, which kept no marks of "
               "the document in the prompt",
               sample.record_id, "Run the task again"};
}

std::vector<std::string> numbered_parts(const std::string& document, const PartMarks& marks,
                                        bool was_cut) {
  constexpr size_t kMostParts = 200'000;
  std::vector<std::string> parts;
  std::optional<Mark> open;
  for (size_t from = 0;;) {
    const auto mark = next_mark(document, marks, from);
    // A document may speak of "<C7>" itself: only the next number goes on.
    const size_t next = open ? open->number + 1 : marks.first;
    const bool expected = mark && mark->number < kMostParts &&
                          (mark->number == next || (was_cut && mark->number > next));
    if (mark && !expected) {
      from = mark->end;
      continue;
    }
    const size_t end = mark ? mark->begin : document.size();
    if (open) {
      parts.resize(open->number - marks.first);
      parts.push_back(document.substr(open->end, end - open->end));
    }
    if (!mark) return parts;
    open = mark;
    from = mark->end;
  }
}

}  // namespace loom

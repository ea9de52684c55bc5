#include "ui/pages/run/prompt_window.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace loom::ui {
namespace {

constexpr size_t kHead = 4000, kTail = 4000;

// The start of the character that `at` lies in.
size_t character_start(const std::string& text, size_t at) {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

// Overlapping or touching parts become one.
std::vector<ByteSpan> merged(std::vector<ByteSpan> parts) {
  std::sort(parts.begin(), parts.end(),
            [](const ByteSpan& a, const ByteSpan& b) { return a.begin < b.begin; });
  std::vector<ByteSpan> result;
  for (const ByteSpan& part : parts) {
    if (!result.empty() && part.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, part.end);
    } else {
      result.push_back(part);
    }
  }
  return result;
}

std::vector<ByteSpan> shown_parts(const std::string& prompt, const std::vector<ByteSpan>& evidence,
                                  size_t limit) {
  if (prompt.size() <= limit) return {{0, prompt.size()}};
  const size_t head = std::min(kHead, limit / 4), tail = std::min(kTail, limit / 4);
  std::vector<ByteSpan> parts{{0, head}, {prompt.size() - tail, prompt.size()}};
  size_t left = limit - head - tail;
  const size_t each = evidence.empty() ? 0 : left / evidence.size();
  for (const ByteSpan& span : evidence) {
    if (span.end > prompt.size() || span.begin >= span.end) continue;
    const size_t length = std::min(span.end - span.begin, std::max<size_t>(each, 1));
    const size_t around = each > length ? (each - length) / 2 : 0;
    parts.push_back({span.begin - std::min(span.begin, around),
                     std::min(prompt.size(), span.begin + length + around)});
  }
  for (ByteSpan& part : parts) {
    part.begin = character_start(prompt, part.begin);
    part.end = character_start(prompt, part.end);
  }
  return merged(std::move(parts));
}

// Marks never split a character and never leave the text.
std::vector<ByteSpan> whole_characters(const std::string& text, std::vector<ByteSpan> spans) {
  for (ByteSpan& span : spans) {
    span.begin = character_start(text, span.begin);
    span.end = std::max(span.begin, character_start(text, span.end));
  }
  return spans;
}

class Builder {
 public:
  Builder(const std::string& prompt, const std::vector<ByteSpan>& evidence)
      : prompt_(prompt), evidence_(merged(whole_characters(prompt, evidence))) {}

  void add_part(const ByteSpan& part) {
    size_t at = part.begin;
    for (const ByteSpan& span : evidence_) {
      const size_t begin = std::max(at, span.begin), end = std::min(part.end, span.end);
      if (begin >= end) continue;
      append(at, begin);
      const int mark = static_cast<int>(window_.text.size());
      append(begin, end);
      window_.evidence.push_back({mark, static_cast<int>(window_.text.size()) - mark});
      at = end;
    }
    append(at, part.end);
  }
  void add_gap(size_t bytes) {
    const QString words = QCoreApplication::translate("PromptWindow", "… %1 bytes not shown …")
                              .arg(QLocale().toString(static_cast<qulonglong>(bytes)));
    window_.text += QLatin1Char('\n');
    window_.gaps.push_back({static_cast<int>(window_.text.size()), static_cast<int>(words.size())});
    window_.text += words + QLatin1Char('\n');
  }
  PromptWindow take() { return std::move(window_); }

 private:
  void append(size_t begin, size_t end) {
    if (begin < end)
      window_.text +=
          QString::fromUtf8(prompt_.data() + begin, static_cast<qsizetype>(end - begin));
  }

  const std::string& prompt_;
  std::vector<ByteSpan> evidence_;
  PromptWindow window_;
};

}  // namespace

PromptWindow window_of(const std::string& prompt, const std::vector<ByteSpan>& evidence,
                       size_t limit) {
  Builder builder(prompt, evidence);
  size_t at = 0;
  for (const ByteSpan& part : shown_parts(prompt, evidence, limit)) {
    if (part.begin > at) builder.add_gap(part.begin - at);
    builder.add_part(part);
    at = part.end;
  }
  return builder.take();
}

}  // namespace loom::ui

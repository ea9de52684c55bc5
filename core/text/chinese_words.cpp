#include "core/text/chinese_words.h"

#include <cstdlib>

#include "core/text/python_text.h"
#include "core/text/utf8.h"
#include "core/text/word_lattice.h"

namespace loom {
namespace {

bool is_ideograph(char32_t c) {
  return c >= 0x4E00 && c <= 0x9FD5;
}

bool is_alphanumeric(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

bool in_block(char32_t c) {
  return is_ideograph(c) || is_alphanumeric(c) ||
         (c < 0x80 && std::string_view("+#&._%-").find(static_cast<char>(c)) != std::string::npos);
}

const Result<WordLattice>& lattice() {
  static const Result<WordLattice> read = [] {
    const char* given = std::getenv("LOOMSCOPE_JIEBA");
    return WordLattice::read(given && *given ? given : "/usr/lib/python3/dist-packages/jieba");
  }();
  return read;
}

// Letters and digits with one decimal part and a per cent sign stay together; what lies between
// such runs stays together as well.
void cut_foreign(std::u32string_view text, size_t offset, std::vector<size_t>& ends) {
  for (size_t i = 0; i < text.size();) {
    size_t begin = i;
    while (i < text.size() && is_alphanumeric(text[i])) ++i;
    if (i == begin) {
      while (i < text.size() && !is_alphanumeric(text[i])) ++i;
    } else {
      if (i + 1 < text.size() && text[i] == '.' && is_digit(text[i + 1]))
        for (++i; i < text.size() && is_digit(text[i]);) ++i;
      if (i < text.size() && text[i] == '%') ++i;
    }
    ends.push_back(offset + i);
  }
}

class Cutter {
 public:
  explicit Cutter(std::vector<size_t>& ends) : ends_(ends) {}

  void cut_block(std::u32string_view text, size_t offset) {
    size_t at = 0, single = 0;  // the run of single characters begins at `single`
    auto flush = [&](size_t end) {
      if (end > single) cut_single(text.substr(single, end - single), offset + single);
    };
    for (size_t end : lattice_.best_path(text, scratch_)) {
      if (end - at > 1) {
        flush(at);
        ends_.push_back(offset + end);
        single = end;
      }
      at = end;
    }
    flush(text.size());
  }

 private:
  // Characters that the dictionary left alone.
  void cut_single(std::u32string_view text, size_t offset) {
    if (text.size() == 1) return ends_.push_back(offset + 1);
    if (lattice_.has_word(text)) {
      for (size_t i = 1; i <= text.size(); ++i) ends_.push_back(offset + i);
      return;
    }
    for (size_t i = 0; i < text.size();) {
      const size_t begin = i;
      const bool ideographs = is_ideograph(text[i]);
      while (i < text.size() && is_ideograph(text[i]) == ideographs) ++i;
      const auto part = text.substr(begin, i - begin);
      if (ideographs) {
        lattice_.unknown_words(part, offset + begin, scratch_, ends_);
      } else {
        cut_foreign(part, offset + begin, ends_);
      }
    }
  }

  const WordLattice& lattice_ = *lattice();
  WordLattice::Scratch scratch_;
  std::vector<size_t>& ends_;
};

}  // namespace

Status chinese_words_ready() {
  if (!lattice()) return lattice().error();
  return {};
}

std::vector<std::string_view> chinese_words(std::string_view text) {
  std::u32string points;
  std::vector<size_t> offsets;  // byte where each character begins
  points.reserve(text.size() / 2);
  offsets.reserve(text.size() / 2);
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    points.push_back(point.value);
    offsets.push_back(at);
    at += point.bytes;
  }
  offsets.push_back(text.size());
  std::vector<size_t> ends;
  ends.reserve(points.size());
  Cutter cutter(ends);
  for (size_t i = 0; i < points.size();) {
    size_t begin = i;
    while (i < points.size() && in_block(points[i])) ++i;
    if (i > begin) {
      cutter.cut_block(std::u32string_view(points).substr(begin, i - begin), begin);
      continue;
    }
    i += points[i] == '\r' && i + 1 < points.size() && points[i + 1] == '\n' ? 2 : 1;
    ends.push_back(i);
  }
  std::vector<std::string_view> words;
  words.reserve(ends.size());
  size_t begin = 0;
  for (size_t end : ends) {
    words.push_back(text.substr(offsets[begin], offsets[end] - offsets[begin]));
    begin = end;
  }
  return words;
}

}  // namespace loom

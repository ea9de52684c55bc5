#include "core/tokenizer/jinja_text.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/text/character_class.h"
#include "core/text/utf8.h"

namespace loom::jinja {
namespace {

int numeric_type(uint32_t c) {
  return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE);
}

// What Python's splitlines ends a line at.
bool ends_line(uint32_t c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

}  // namespace

std::vector<size_t> places(const std::string& text) {
  std::vector<size_t> offsets;
  offsets.reserve(text.size() + 1);
  for (size_t at = 0; at < text.size(); at += decode_utf8(text, at).bytes) offsets.push_back(at);
  offsets.push_back(text.size());
  return offsets;
}

int64_t count_points(const std::string& text) {
  int64_t count = 0;
  for (size_t at = 0; at < text.size(); at += decode_utf8(text, at).bytes) ++count;
  return count;
}

std::string part_of(const std::string& text, int64_t begin, int64_t end) {
  const std::vector<size_t> offsets = places(text);
  const auto size = static_cast<int64_t>(offsets.size()) - 1;
  auto clamped = [&](int64_t at) {
    return static_cast<size_t>(std::clamp<int64_t>(at < 0 ? at + size : at, 0, size));
  };
  const size_t from = clamped(begin), to = clamped(end);
  return from < to ? text.substr(offsets[from], offsets[to] - offsets[from]) : "";
}

std::string padded(const std::string& text, int64_t width, const std::string& fill,
                   char alignment) {
  const int64_t missing = width - count_points(text);
  if (missing <= 0) return text;
  // Python's centring puts the odd one where the width says.
  const int64_t left = alignment == '>'   ? missing
                       : alignment == '<' ? 0
                       : alignment == '^' ? missing / 2
                                          : missing / 2 + (missing & width & 1);
  std::string out;
  append(out, static_cast<size_t>(left), fill);
  append(out, text);
  append(out, static_cast<size_t>(missing - left), fill);
  return out;
}

std::string strip(const std::string& text, const std::string* set, bool left, bool right) {
  std::vector<uint32_t> given;
  if (set)
    for (size_t at = 0; at < set->size();) {
      const CodePoint point = decode_utf8(*set, at);
      given.push_back(point.value);
      at += point.bytes;
    }
  spend_search(text.size(), given.size());
  auto goes = [&](uint32_t c) {
    return set ? std::find(given.begin(), given.end(), c) != given.end() : is_space(c);
  };
  size_t begin = 0, end = text.size();
  while (left && begin < end) {
    const CodePoint point = decode_utf8(text, begin);
    if (!goes(point.value)) break;
    begin += point.bytes;
  }
  while (right && end > begin) {
    size_t at = end - 1;
    while (at > begin && end - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
      --at;
    const CodePoint point = decode_utf8(text, at);
    if (at + point.bytes != end || !goes(point.value)) break;
    end = at;
  }
  return text.substr(begin, end - begin);
}

std::string replace_all(const std::string& text, const std::string& from, const std::string& to,
                        int64_t most) {
  spend_search(text.size(), from.size());
  std::string out;
  if (from.empty()) {
    const std::vector<size_t> offsets = places(text);
    for (size_t i = 0; i < offsets.size(); ++i) {
      if (most != 0) append(out, to);
      if (most > 0) --most;
      if (i + 1 < offsets.size()) out.append(text, offsets[i], offsets[i + 1] - offsets[i]);
    }
    return out;
  }
  size_t begin = 0;
  for (size_t at = text.find(from); at != std::string::npos && most != 0;
       at = text.find(from, begin)) {
    out.append(text, begin, at - begin);
    append(out, to);
    begin = at + from.size();
    if (most > 0) --most;
  }
  return out.append(text, begin);
}

std::vector<std::string> split_lines(const std::string& text, bool keep_ends) {
  std::vector<std::string> lines;
  size_t begin = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const size_t end = at;
    at += point.bytes;
    if (!ends_line(point.value)) continue;
    if (point.value == '\r' && at < text.size() && text[at] == '\n') ++at;
    lines.push_back(text.substr(begin, (keep_ends ? at : end) - begin));
    begin = at;
  }
  if (begin < text.size()) lines.push_back(text.substr(begin));
  return lines;
}

std::vector<std::string> split_words(const std::string& text) {
  std::vector<std::string> words;
  size_t begin = 0;
  bool inside = false;
  for (size_t at = 0; at <= text.size();) {
    const bool end = at == text.size();
    const CodePoint point = end ? CodePoint{' ', 1, true} : decode_utf8(text, at);
    const bool space = end || is_space(point.value);
    if (inside && space) words.push_back(text.substr(begin, at - begin));
    if (!inside && !space) begin = at;
    inside = !space;
    at += point.bytes;
  }
  return words;
}

bool is_space(uint32_t c) {
  return character_class(c) == CharacterClass::space || (c >= 0x1C && c <= 0x1F);
}
bool is_letter(uint32_t c) {
  return character_class(c) == CharacterClass::letter;
}
bool is_decimal(uint32_t c) {
  return u_isdigit(static_cast<UChar32>(c));
}
bool is_digit(uint32_t c) {
  return numeric_type(c) == U_NT_DECIMAL || numeric_type(c) == U_NT_DIGIT;
}
bool is_numeric(uint32_t c) {
  return numeric_type(c) != U_NT_NONE;
}
bool is_word(uint32_t c) {
  return c == '_' || is_letter(c) || is_numeric(c);
}

bool is_printable(uint32_t c) {
  if (c == ' ') return true;
  constexpr uint32_t kNot = U_GC_C_MASK | U_GC_Z_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kNot) == 0;
}

bool all_space(const std::string& text) {
  bool all = !text.empty();
  for_each_point(text, [&](uint32_t c) { all = all && is_space(c); });
  return all;
}

const Value& needed(const Arguments& arguments, size_t index, const char* name) {
  const Value* value = arguments.get(index, name);
  if (!value) throw TemplateError(std::string("a method was called without its \"") + name + "\"");
  return *value;
}

const std::string& needed_text(const Arguments& arguments, size_t index, const char* name) {
  const Value& value = needed(arguments, index, name);
  if (!value.text())
    throw TemplateError(std::string("a text was expected, not ") + value.type_name());
  return *value.text();
}

void check_count(const Arguments& arguments, size_t most) {
  if (arguments.positional.size() > most || !arguments.named.empty())
    throw TemplateError("a method was called with too many values");
}

}  // namespace loom::jinja

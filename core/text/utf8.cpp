#include "core/text/utf8.h"

#include <cstring>

namespace loom {
namespace {

struct Lead {
  uint32_t length, low, high;  // range of the second byte
};

Lead lead_of(unsigned char c) {
  if (c >= 0xC2 && c <= 0xDF) return {2, 0x80, 0xBF};
  if (c == 0xE0) return {3, 0xA0, 0xBF};
  if (c == 0xED) return {3, 0x80, 0x9F};  // no surrogates
  if (c >= 0xE1 && c <= 0xEF) return {3, 0x80, 0xBF};
  if (c == 0xF0) return {4, 0x90, 0xBF};
  if (c >= 0xF1 && c <= 0xF3) return {4, 0x80, 0xBF};
  if (c == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// Whole words of eight bytes that have no top bit set.
size_t ascii_run(std::string_view text, size_t at) {
  size_t end = at;
  for (uint64_t word = 0; end + sizeof word <= text.size(); end += sizeof word) {
    std::memcpy(&word, text.data() + end, sizeof word);
    if (word & 0x8080808080808080) break;
  }
  return end - at;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, size_t at) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(at);
  if (first < 0x80) return {first, 1, true};
  Lead lead = lead_of(first);
  if (lead.length == 0) return {0xFFFD, 1, false};
  uint32_t value = first & (0x7F >> lead.length);
  for (uint32_t i = 1; i < lead.length; ++i) {
    uint32_t low = i == 1 ? lead.low : 0x80, high = i == 1 ? lead.high : 0xBF;
    if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high)
      return {0xFFFD, i, false};
    value = value << 6 | (byte(at + i) & 0x3F);
  }
  return {value, lead.length, true};
}

void append_utf8(std::string& text, uint32_t c) {
  auto add = [&text](uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | c >> 6);
    add(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    add(0xE0 | c >> 12);
    add(0x80 | (c >> 6 & 0x3F));
    add(0x80 | (c & 0x3F));
  } else {
    add(0xF0 | c >> 18);
    add(0x80 | (c >> 12 & 0x3F));
    add(0x80 | (c >> 6 & 0x3F));
    add(0x80 | (c & 0x3F));
  }
}

bool is_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (const size_t plain = ascii_run(text, at); plain > 0) {
      at += plain;
      continue;
    }
    CodePoint point = decode_utf8(text, at);
    if (!point.valid) return false;
    at += point.bytes;
  }
  return true;
}

std::string repair_utf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    if (point.valid) {
      repaired.append(text, at, point.bytes);
    } else {
      append_utf8(repaired, 0xFFFD);
    }
    at += point.bytes;
  }
  return repaired;
}

size_t incomplete_tail(std::string_view text) {
  for (size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    size_t at = text.size() - back;
    auto first = static_cast<unsigned char>(text[at]);
    if ((first & 0xC0) == 0x80) continue;
    Lead lead = lead_of(first);
    if (lead.length <= back) return 0;
    CodePoint point = decode_utf8(text, at);
    return point.bytes == back ? back : 0;
  }
  return 0;
}

}  // namespace loom

#include "core/metrics/official_text.h"

#include <array>
#include <unordered_set>

#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

constexpr std::string_view kChinesePunctuation =
    "！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃》「」『』【】〔〕"
    "〖〗〘〙〚〛〜〝〞"
    "〟〰〾〿–—‘’‛“”„‟…‧﹏.";

bool is_article(std::string_view word) {
  return word == "a" || word == "an" || word == "the";
}

// Articles are words by Python's boundaries: between a word character and none.
std::string without_articles(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  size_t begin = std::string::npos;
  auto close = [&](size_t end) {
    if (begin == std::string::npos) return;
    std::string_view word(text.data() + begin, end - begin);
    if (is_article(word)) {
      result += ' ';
    } else {
      result += word;
    }
    begin = std::string::npos;
  };
  for (size_t at = 0; at < text.size();) {
    auto byte = static_cast<unsigned char>(text[at]);
    CodePoint point = byte < 0x80 ? CodePoint{byte, 1, true} : decode_utf8(text, at);
    if (is_python_word(point.value)) {
      if (begin == std::string::npos) begin = at;
    } else {
      close(at);
      result.append(text, at, point.bytes);
    }
    at += point.bytes;
  }
  close(text.size());
  return result;
}

std::string single_spaced(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  for (std::string_view word : split_at_spaces(text)) {
    if (!result.empty()) result += ' ';
    result += word;
  }
  return result;
}

}  // namespace

bool is_ascii_punctuation(uint32_t c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

bool is_official_punctuation(uint32_t c) {
  static const std::unordered_set<uint32_t> chinese = [] {
    auto points = to_code_points(kChinesePunctuation);
    return std::unordered_set<uint32_t>(points.begin(), points.end());
  }();
  // Ideographs, by far the most frequent here, lie between the list's two parts.
  const bool possible = (c >= 0x2010 && c < 0x3040) || c >= 0xFE00;
  return is_ascii_punctuation(c) || (possible && chinese.contains(c));
}

std::string without_ascii_punctuation(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (char c : text)
    if (!is_ascii_punctuation(static_cast<unsigned char>(c))) result += c;
  return result;
}

std::string official_normal(std::string_view text, const NormalSteps& steps) {
  std::string result = steps.lower ? python_lower(text) : repair_utf8(text);
  if (steps.punctuation) result = without_ascii_punctuation(result);
  if (steps.articles) result = without_articles(result);
  return single_spaced(result);
}

std::string official_normal_zh(std::string_view text) {
  std::string lower = python_lower(text), result;
  result.reserve(lower.size());
  for (size_t at = 0; at < lower.size();) {
    CodePoint point = decode_utf8(lower, at);
    if (!is_official_punctuation(point.value) && !is_python_space(point.value))
      result.append(lower, at, point.bytes);
    at += point.bytes;
  }
  return result;
}

}  // namespace loom

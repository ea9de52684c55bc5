// LongWriter: how near an answer's length is to the one asked for. Length: Chinese characters and
// runs of ASCII letters with a word boundary at both ends.
#include <algorithm>

#include "core/metrics/all_metrics.h"
#include "core/text/character_class.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

bool is_ascii_letter(uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word_character(uint32_t c) {
  if (c == '_') return true;
  const CharacterClass kind = character_class(c);
  return kind == CharacterClass::letter || kind == CharacterClass::number;
}

size_t length_of(std::string_view text) {
  size_t length = 0;
  bool run = false, bounded = false;  // of letters; whether it began at a boundary
  uint32_t before = ' ';
  for (size_t at = 0; at <= text.size();) {
    const CodePoint point = at < text.size() ? decode_utf8(text, at) : CodePoint{' ', 1};
    const uint32_t c = point.value;
    if (is_ascii_letter(c)) {
      if (!run) bounded = !is_word_character(before);
      run = true;
    } else {
      if (run && bounded && !is_word_character(c)) ++length;
      run = false;
      if (c >= 0x4E00 && c <= 0x9FFF) ++length;
    }
    before = c;
    at += std::max<size_t>(point.bytes, 1);
  }
  return length;
}

}  // namespace

MetricScore length_score(const MetricInput& input) {
  const double asked = input.record.value("length", 0.0);
  if (!(asked > 0)) return not_scored("the record asks for no length");
  const auto written = static_cast<double>(length_of(input.prediction));
  MetricScore score;
  score.rule = "words and characters written against those asked for";
  score.parsed = std::to_string(length_of(input.prediction));
  if (written == 0) {
    score.value = 0.0;
  } else if (written > asked) {
    score.value = std::max(0.0, 1 - (written / asked - 1) / 3);
  } else {
    score.value = std::max(0.0, 1 - (asked / written - 1) / 2);
  }
  return score;
}

}  // namespace loom

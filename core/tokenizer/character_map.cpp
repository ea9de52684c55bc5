#include "core/tokenizer/character_map.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>

#include <cstring>

#include "core/text/utf8.h"

namespace loom {
namespace {

// Fields of a unit of the double array.
bool has_leaf(uint32_t unit) { return unit >> 8 & 1; }
uint32_t value(uint32_t unit) { return unit & 0x7FFFFFFF; }
uint32_t label(uint32_t unit) { return unit & 0x800000FF; }
uint32_t offset(uint32_t unit) { return (unit >> 10) << ((unit & 0x200) >> 6); }

constexpr size_t kShortCluster = 6;

}  // namespace

Result<CharacterMap> CharacterMap::parse(std::string_view blob, const std::string& where) {
  CharacterMap map;
  if (blob.empty()) return map;
  uint32_t bytes = 0;
  if (blob.size() >= 4) std::memcpy(&bytes, blob.data(), 4);
  if (bytes == 0 || bytes % 4 != 0 || bytes > blob.size() - 4)
    return Error{ErrorKind::corrupt, "the character map is cut off", where, ""};
  map.units_.resize(bytes / 4);
  std::memcpy(map.units_.data(), blob.data() + 4, bytes);
  map.texts_ = blob.substr(4 + bytes);
  if (map.texts_.empty() || map.texts_.back() != '\0') map.texts_ += '\0';
  return map;
}

std::string_view CharacterMap::replacement(uint32_t at) const {
  return at < texts_.size() ? std::string_view(texts_.c_str() + at) : std::string_view();
}

// Calls found(bytes, replacement) for each key, shortest first, until it returns false.
template <typename Found>
void CharacterMap::prefixes(std::string_view text, Found found) const {
  if (units_.empty()) return;
  uint32_t node = offset(units_[0]);
  for (size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    node ^= byte;
    if (byte == 0 || node >= units_.size() || label(units_[node]) != byte) return;
    uint32_t unit = units_[node];
    node ^= offset(unit);
    if (node >= units_.size()) return;
    if (has_leaf(unit) && !found(i + 1, replacement(value(units_[node])))) return;
  }
}

std::optional<CharacterMap::Match> CharacterMap::longest(std::string_view text) const {
  std::optional<Match> match;
  prefixes(text, [&](size_t bytes, std::string_view by) {
    match = Match{bytes, by};
    return true;
  });
  return match;
}

std::optional<CharacterMap::Match> CharacterMap::shortest(std::string_view text) const {
  std::optional<Match> match;
  prefixes(text, [&](size_t bytes, std::string_view by) {
    match = Match{bytes, by};
    return false;
  });
  return match;
}

Normaliser precompiled_normaliser(CharacterMap map) {
  return [map = std::move(map)](std::string_view text) {
    std::string out;
    out.reserve(text.size());
    auto cluster = [&](std::string_view whole) {
      if (whole.size() < kShortCluster) {
        if (auto match = map.shortest(whole)) {
          out += match->replacement;
          return;
        }
      }
      for (size_t at = 0; at < whole.size();) {
        std::string_view one = whole.substr(at, decode_utf8(whole, at).bytes);
        auto match = map.shortest(one);
        out += match ? match->replacement : one;
        at += one.size();
      }
    };
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> breaks(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    UText* source = utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status);
    if (U_SUCCESS(status)) {
      breaks->setText(source, status);
      int32_t begin = breaks->first();
      for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; begin = end, end = breaks->next())
        cluster(text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin)));
    }
    utext_close(source);
    return out;
  };
}

}  // namespace loom

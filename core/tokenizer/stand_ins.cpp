#include "core/tokenizer/stand_ins.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <tuple>

#include "core/text/newer_characters.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

constexpr uint32_t kBlock = 64;
constexpr uint8_t kUnicodeOfPcre2 = 14;

int bytes_of(uint32_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

bool is_within(const CharacterTests::Span& span, uint32_t c) {
  return c >= span.first && c <= span.last;
}

// All that a pattern can tell of a character.
struct Answers {
  int category;
  uint8_t flags;
  std::vector<bool> scripts, spans;
  bool operator==(const Answers&) const = default;
  auto operator<=>(const Answers&) const = default;
};

Answers answers_of(const NewerCharacters& row, uint32_t c, const CharacterTests& tests) {
  Answers answers{row.category, row.flags, {}, {}};
  for (int script : tests.scripts) answers.scripts.push_back(script == row.script);
  for (const auto& span : tests.spans)
    answers.spans.push_back(is_within(span, c) ||
                            (span.any_case && is_within(span, newer_other_case(c))));
  return answers;
}

bool answers_so(uint32_t c, const Answers& wanted, const CharacterTests& tests) {
  const auto point = static_cast<UChar32>(c);
  // Also where no category is asked for: one of the same is neither a space nor a control.
  if (u_charType(point) != wanted.category) return false;
  UVersionInfo age;
  u_charAge(point, age);
  if (age[0] > kUnicodeOfPcre2) return false;
  const auto has = [point](UProperty property, uint8_t flag) {
    return u_hasBinaryProperty(point, property) ? flag : uint8_t{0};
  };
  if (tests.flags && (has(UCHAR_ALPHABETIC, NewerCharacters::alphabetic) |
                      has(UCHAR_UPPERCASE, NewerCharacters::upper_case) |
                      has(UCHAR_LOWERCASE, NewerCharacters::lower_case)) != wanted.flags)
    return false;
  // One that has another case would bring it along.
  if (tests.any_case && u_hasBinaryProperty(point, UCHAR_CHANGES_WHEN_CASEMAPPED)) return false;
  UErrorCode status = U_ZERO_ERROR;
  const int script = uscript_getScript(point, &status);
  for (size_t i = 0; i < tests.scripts.size(); ++i)
    if ((tests.scripts[i] == script) != wanted.scripts[i]) return false;
  for (size_t i = 0; i < tests.spans.size(); ++i)
    if (is_within(tests.spans[i], c) != wanted.spans[i]) return false;
  return true;
}

bool is_listed(uint32_t c) {
  for (auto rows : {characters_assigned_since(), characters_changed_since()})
    for (const NewerCharacters& row : rows)
      if (c >= row.first && c <= row.last) return true;
  return false;
}

// 0: none.
uint32_t stand_in_for(int bytes, const Answers& wanted, const CharacterTests& tests) {
  const uint32_t first = bytes == 2 ? 0x80 : bytes == 3 ? 0x800 : 0x10000;
  const uint32_t last = bytes == 2 ? 0x7FF : bytes == 3 ? 0xFFFF : 0x10FFFF;
  for (uint32_t c = first; c <= last; ++c)
    if (answers_so(c, wanted, tests) && !is_listed(c)) return c;
  return 0;
}

// The last code point up to which a row's characters answer as the one at `begin` does.
uint32_t last_alike(const NewerCharacters& row, uint32_t begin, const CharacterTests& tests) {
  if (tests.any_case && (row.flags & (NewerCharacters::upper_case | NewerCharacters::lower_case)))
    return begin;  // their other cases lie elsewhere
  uint32_t last = row.last;
  for (const auto& span : tests.spans) {
    if (span.first > begin) last = std::min(last, span.first - 1);
    if (span.last >= begin) last = std::min(last, span.last);
  }
  return last;
}

}  // namespace

Result<StandIns> StandIns::find(const CharacterTests& tests, const std::string& pattern) {
  StandIns made;
  // The characters that are written out mean themselves to any version.
  if (!tests.categories && !tests.flags && tests.scripts.empty() && !tests.any_case) return made;
  std::vector<NewerCharacters> newer(characters_assigned_since().begin(),
                                     characters_assigned_since().end());
  if (tests.flags)
    newer.insert(newer.end(), characters_changed_since().begin(), characters_changed_since().end());
  std::map<std::tuple<int, Answers>, uint32_t> found;
  for (const NewerCharacters& row : newer)
    for (uint32_t begin = row.first, last = 0; begin <= row.last; begin = last + 1) {
      last = last_alike(row, begin, tests);
      const Answers wanted = answers_of(row, begin, tests);
      auto [known, is_new] = found.try_emplace({bytes_of(begin), wanted}, 0);
      if (is_new) known->second = stand_in_for(bytes_of(begin), wanted, tests);
      if (known->second == 0) {
        char name[16];
        std::snprintf(name, sizeof name, "U+%04X", begin);
        return Error{ErrorKind::unsupported,
                     std::string("the pattern tells apart what is newer than Unicode 14, ") + name,
                     pattern, ""};
      }
      made.rows_.push_back({begin, last, known->second});
    }
  std::sort(made.rows_.begin(), made.rows_.end(),
            [](const Row& a, const Row& b) { return a.first < b.first; });
  made.blocks_.resize(0x110000 / kBlock);
  for (const Row& row : made.rows_)
    for (uint32_t block = row.first / kBlock; block <= row.last / kBlock; ++block)
      made.blocks_[block] = true;
  return made;
}

const StandIns::Row* StandIns::row_of(uint32_t c) const {
  auto after = std::upper_bound(rows_.begin(), rows_.end(), c,
                                [](uint32_t point, const Row& row) { return point < row.first; });
  if (after == rows_.begin() || c > (after - 1)->last) return nullptr;
  return &*(after - 1);
}

bool StandIns::replace(std::string_view text, std::string& changed) const {
  if (rows_.empty()) return false;
  bool any = false;
  for (size_t at = 0; at < text.size();) {
    uint64_t eight = 0;
    if (at + sizeof eight <= text.size()) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if (!(eight & 0x8080808080808080u)) {
        at += sizeof eight;
        continue;
      }
    }
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    const Row* row = blocks_[point.value / kBlock] ? row_of(point.value) : nullptr;
    if (row && point.valid) {
      if (!any) changed = text;
      any = true;
      std::string bytes;
      append_utf8(bytes, row->stand_in);
      changed.replace(at, point.bytes, bytes);
    }
    at += point.bytes;
  }
  return any;
}

}  // namespace loom

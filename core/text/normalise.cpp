#include "core/text/normalise.h"

#include <unicode/bytestream.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/text/utf8.h"

namespace loom {
namespace {

const icu::Normalizer2* normaliser(NormalForm form) {
  UErrorCode status = U_ZERO_ERROR;
  switch (form) {
    case NormalForm::nfc:
      return icu::Normalizer2::getNFCInstance(status);
    case NormalForm::nfd:
      return icu::Normalizer2::getNFDInstance(status);
    case NormalForm::nfkc:
      return icu::Normalizer2::getNFKCInstance(status);
    case NormalForm::nfkd:
      return icu::Normalizer2::getNFKDInstance(status);
  }
  return nullptr;
}

icu::UnicodeString to_icu(std::string_view text) {
  std::string fine = repair_utf8(text);
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(fine.data(), static_cast<int32_t>(fine.size())));
}

// Sorts long runs of combining marks, which changes no normal form: ICU inserts one after the
// other, which takes the square of their number.
std::string with_marks_in_order(const icu::Normalizer2& by, std::string_view text) {
  constexpr size_t kLongRun = 32;
  struct Mark {
    uint32_t point;
    uint8_t combining_class;
  };
  std::string out;
  out.reserve(text.size());
  std::vector<Mark> run;
  auto flush = [&] {
    auto before = [](const Mark& a, const Mark& b) {
      return a.combining_class < b.combining_class;
    };
    if (run.size() > kLongRun) std::stable_sort(run.begin(), run.end(), before);
    for (const Mark& mark : run) append_utf8(out, mark.point);
    run.clear();
  };
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const uint32_t c = point.value;
    // Three Tibetan vowels are of class 0 and come apart into marks.
    if (c == 0xF73 || c == 0xF75 || c == 0xF81) {
      run.push_back({0xF71, 129});
      run.push_back({c == 0xF73   ? 0xF72U
                     : c == 0xF75 ? 0xF74U
                                  : 0xF80U,
                     by.getCombiningClass(c == 0xF75 ? 0xF74 : 0xF72)});
    } else if (uint8_t kind =
                   c < 0x300 ? uint8_t{0} : by.getCombiningClass(static_cast<UChar32>(c))) {
      run.push_back({c, kind});
    } else {
      flush();
      out += text.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  flush();
  return out;
}

std::string normalise_by(const icu::Normalizer2* by, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  if (!by) return std::string(text);
  std::string repaired;
  if (!is_utf8(text)) text = repaired = repair_utf8(text);
  auto piece = [](std::string_view bytes) {
    return icu::StringPiece(bytes.data(), static_cast<int32_t>(bytes.size()));
  };
  if (by->isNormalizedUTF8(piece(text), status) && U_SUCCESS(status)) return std::string(text);
  const std::string ordered = with_marks_in_order(*by, text);
  std::string result;
  icu::StringByteSink<std::string> sink(&result, static_cast<int32_t>(ordered.size()));
  status = U_ZERO_ERROR;
  by->normalizeUTF8(0, piece(ordered), sink, nullptr, status);
  return U_SUCCESS(status) ? result : std::string(text);
}

// Live as long as the program: threads may still normalise while it ends.
const icu::Normalizer2* normaliser_of_unicode_9(NormalForm form) {
  static const icu::UnicodeSet* old = [] {
    UErrorCode status = U_ZERO_ERROR;
    auto* set = new icu::UnicodeSet(UNICODE_STRING_SIMPLE("[:age=9.0:]"), status);
    set->freeze();
    return set;
  }();
  static const auto all = [] {
    std::array<const icu::Normalizer2*, 4> made{};
    for (NormalForm one : {NormalForm::nfc, NormalForm::nfd, NormalForm::nfkc, NormalForm::nfkd})
      if (const icu::Normalizer2* full = normaliser(one))
        made[static_cast<size_t>(one)] = new icu::FilteredNormalizer2(*full, *old);
    return made;
  }();
  return all[static_cast<size_t>(form)];
}

// Capitals of Unicode 16 and 17 and how far their small letters are; ICU 72 knows those of 15.
UChar32 lower(UChar32 c) {
  struct Range {
    UChar32 first, last, distance;
  };
  static constexpr Range kNew[] = {{0x1C89, 0x1C89, 1},      {0xA7CB, 0xA7CB, 0x264 - 0xA7CB},
                                   {0xA7CC, 0xA7CC, 1},      {0xA7CE, 0xA7CE, 1},
                                   {0xA7D2, 0xA7D2, 1},      {0xA7D4, 0xA7D4, 1},
                                   {0xA7DA, 0xA7DA, 1},      {0xA7DC, 0xA7DC, 0x19B - 0xA7DC},
                                   {0x10D50, 0x10D65, 0x20}, {0x16EA0, 0x16EB8, 0x1B}};
  const UChar32 known = u_tolower(c);
  if (known != c || c < kNew[0].first) return known;
  for (const Range& range : kNew)
    if (c >= range.first && c <= range.last) return c + range.distance;
  return c;
}

}  // namespace

std::string normalise(std::string_view text, NormalForm form) {
  return normalise_by(normaliser(form), text);
}

std::string normalise_as_unicode_9(std::string_view text, NormalForm form) {
  return normalise_by(normaliser_of_unicode_9(form), text);
}

std::string lower_case_each(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    at += point.bytes;
    if (point.value == 0x130) {  // the one letter whose small form is two characters
      result += "i\u0307";
    } else {
      append_utf8(result, static_cast<uint32_t>(lower(static_cast<UChar32>(point.value))));
    }
  }
  return result;
}

std::string upper_case(std::string_view text) {
  std::string result;
  to_icu(text).toUpper(icu::Locale::getRoot()).toUTF8String(result);
  return result;
}

std::string lower_case(std::string_view text) {
  std::string result;
  to_icu(text).toLower(icu::Locale::getRoot()).toUTF8String(result);
  return result;
}

}  // namespace loom

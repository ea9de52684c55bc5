#include "core/text/normalise.h"

#include <unicode/bytestream.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

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

}  // namespace

std::string normalise(std::string_view text, NormalForm form) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* by = normaliser(form);
  std::string result;
  if (!by) return std::string(text);
  std::string repaired;
  if (!is_utf8(text)) text = repaired = repair_utf8(text);
  icu::StringByteSink<std::string> sink(&result, static_cast<int32_t>(text.size()));
  by->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
                    nullptr, status);
  return U_SUCCESS(status) ? result : std::string(text);
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
      append_utf8(result, static_cast<uint32_t>(u_tolower(static_cast<UChar32>(point.value))));
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

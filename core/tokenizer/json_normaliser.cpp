#include <map>

#include "core/text/normalise.h"
#include "core/tokenizer/base64.h"
#include "core/tokenizer/character_map.h"
#include "core/tokenizer/json_components.h"

namespace loom {
namespace {

using nlohmann::json;
constexpr const char* kNormaliser = "normalizer";

Result<Normaliser> read_bert(const json& object) {
  BertRules rules;
  rules.clean_text = object.value("clean_text", true);
  rules.handle_chinese_characters = object.value("handle_chinese_chars", true);
  rules.lower_case = object.value("lowercase", true);
  json strip = object.value("strip_accents", json());
  rules.strip_accents = strip.is_boolean() ? strip.get<bool>() : rules.lower_case;
  return bert_normaliser(rules);
}

Result<Normaliser> read_replace(const json& object) {
  LOOM_TRY(PatternText pattern, read_pattern(object, kNormaliser));
  std::string by = object.value("content", "");
  if (pattern.is_regex) return replace_pattern_normaliser(pattern.text, by);
  return replace_normaliser(pattern.text, by);
}

Result<Normaliser> read_precompiled(const json& object) {
  json blob = object.value("precompiled_charsmap", json());
  if (blob.is_null()) return Normaliser();
  auto bytes = from_base64(blob.get<std::string>());
  if (!bytes)
    return Error{ErrorKind::corrupt, "the character map is not base64", kNormaliser, ""};
  LOOM_TRY(CharacterMap map, CharacterMap::parse(*bytes, kNormaliser));
  return precompiled_normaliser(std::move(map));
}

Result<Normaliser> read_sequence(const json& object) {
  std::vector<Normaliser> steps;
  for (const auto& step : object.value("normalizers", json::array())) {
    LOOM_TRY(Normaliser one, read_normaliser(step));
    if (one) steps.push_back(std::move(one));
  }
  return steps.empty() ? Normaliser() : normaliser_sequence(std::move(steps));
}

// The reference's tables are those of Unicode 9.
Normaliser form_normaliser(NormalForm form) {
  return [form](std::string_view text) { return normalise_as_unicode_9(text, form); };
}

}  // namespace

Result<Normaliser> read_normaliser(const json& object) {
  if (object.is_null()) return Normaliser();
  std::string type = component_type(object);
  static const std::map<std::string, NormalForm> forms = {{"NFC", NormalForm::nfc},
                                                          {"NFD", NormalForm::nfd},
                                                          {"NFKC", NormalForm::nfkc},
                                                          {"NFKD", NormalForm::nfkd}};
  if (auto form = forms.find(type); form != forms.end()) return form_normaliser(form->second);
  if (type == "Sequence") return read_sequence(object);
  if (type == "Lowercase") return Normaliser(lower_case_each);
  if (type == "Strip")
    return strip_normaliser(object.value("strip_left", true), object.value("strip_right", true));
  if (type == "StripAccents") return strip_accents_normaliser();
  if (type == "Prepend") return prepend_normaliser(object.at("prepend").get<std::string>());
  if (type == "Replace") return read_replace(object);
  if (type == "BertNormalizer") return read_bert(object);
  if (type == "Precompiled") return read_precompiled(object);
  if (type == "ByteLevel") return byte_level_normaliser();
  if (type == "Nmt") return nmt_normaliser();
  return component_not_read("the normaliser " + type, kNormaliser);
}

}  // namespace loom

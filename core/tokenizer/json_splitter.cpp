#include <map>

#include "core/tokenizer/json_components.h"

namespace loom {
namespace {

using nlohmann::json;
constexpr const char* kPreTokeniser = "pre_tokenizer";

Result<SplitBehaviour> behaviour_of(const json& object) {
  static const std::map<std::string, SplitBehaviour> names = {
      {"Isolated", SplitBehaviour::isolated},
      {"Removed", SplitBehaviour::removed},
      {"MergedWithPrevious", SplitBehaviour::merged_with_previous},
      {"MergedWithNext", SplitBehaviour::merged_with_next},
      {"Contiguous", SplitBehaviour::contiguous}};
  std::string name = object.value("behavior", "Isolated");
  auto found = names.find(name);
  if (found == names.end()) return component_not_read("the behaviour " + name, kPreTokeniser);
  return found->second;
}

std::string escaped_for_regex(const std::string& text) {
  std::string pattern;
  for (char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}-#&~").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern;
}

Result<std::unique_ptr<Splitter>> read_split(const json& object) {
  LOOM_TRY(SplitBehaviour behaviour, behaviour_of(object));
  LOOM_TRY(PatternText pattern, read_pattern(object, kPreTokeniser));
  std::string expression = pattern.is_regex ? pattern.text : escaped_for_regex(pattern.text);
  if (expression.empty()) return component_not_read("an empty pattern", kPreTokeniser);
  return splitter_for_pattern(expression, behaviour, object.value("invert", false));
}

Result<std::unique_ptr<Splitter>> read_metaspace(const json& object) {
  static const std::map<std::string, PrefixSpace> schemes = {{"always", PrefixSpace::always},
                                                             {"first", PrefixSpace::first},
                                                             {"never", PrefixSpace::never}};
  // Files of before the schemes say whether a space is put in front.
  std::string scheme =
      object.value("prepend_scheme", object.value("add_prefix_space", true) ? "always" : "never");
  auto found = schemes.find(scheme);
  if (found == schemes.end())
    return component_not_read("the prepend scheme " + scheme, kPreTokeniser);
  json splits = object.value("split", json());
  return metaspace_splitter(object.at("replacement").get<std::string>(), found->second,
                            splits.is_boolean() ? splits.get<bool>() : true);
}

Result<std::unique_ptr<Splitter>> read_character_delimiter(const json& object) {
  return splitter_for_pattern(escaped_for_regex(object.at("delimiter").get<std::string>()),
                              SplitBehaviour::removed, false);
}

Result<std::unique_ptr<Splitter>> read_splitter(const std::string& type, const json& object) {
  if (type == "Digits") return digits_splitter(object.value("individual_digits", false));
  if (type == "Split") return read_split(object);
  if (type == "Whitespace") return word_splitter();
  if (type == "WhitespaceSplit") return white_space_splitter();
  if (type == "BertPreTokenizer") return bert_splitter();
  if (type == "CharDelimiterSplit") return read_character_delimiter(object);
  if (type == "Metaspace") return read_metaspace(object);
  if (type == "FixedLength" && object.value("length", 0) > 0)
    return length_splitter(object["length"].get<size_t>());
  if (type == "Punctuation") {
    LOOM_TRY(SplitBehaviour behaviour, behaviour_of(object));
    return punctuation_splitter(behaviour);
  }
  return component_not_read("the pre-tokeniser " + type, kPreTokeniser);
}

}  // namespace

Status read_splitters(const json& object, SplitterChoice& choice) {
  if (object.is_null()) return {};
  std::string type = component_type(object);
  if (type == "Sequence") {
    for (const auto& step : object.value("pretokenizers", json::array()))
      LOOM_CHECK(read_splitters(step, choice));
    return {};
  }
  // A step after ByteLevel sees its characters.
  if (choice.to_bytes) choice.steps.push_back(byte_level_splitter());
  choice.to_bytes = false;
  if (type == "ByteLevel") {
    if (object.value("add_prefix_space", true)) choice.steps.push_back(prefix_space_splitter());
    if (object.value("use_regex", true)) choice.steps.push_back(gpt2_splitter());
    choice.to_bytes = true;
    return {};
  }
  LOOM_TRY(auto step, read_splitter(type, object));
  choice.steps.push_back(std::move(step));
  return {};
}

}  // namespace loom

#include "core/tokenizer/json_components.h"

namespace loom {
namespace {

using nlohmann::json;
constexpr const char* kDecoder = "decoder";

Result<DecoderStep> read_step(const std::string& type, const json& object) {
  if (type == "ByteLevel") return byte_level_decoder();
  if (type == "ByteFallback") return byte_fallback_decoder();
  if (type == "Fuse") return fuse_decoder();
  if (type == "WordPiece")
    return word_piece_decoder(object.value("prefix", "##"), object.value("cleanup", true));
  if (type == "BPEDecoder") return suffix_decoder(object.value("suffix", "</w>"));
  if (type == "Strip")
    return strip_decoder(object.at("content").get<std::string>(), object.value("start", size_t{0}),
                         object.value("stop", size_t{0}));
  if (type == "Metaspace") {
    std::string scheme =
        object.value("prepend_scheme", object.value("add_prefix_space", true) ? "always" : "never");
    return metaspace_decoder(object.at("replacement").get<std::string>(), scheme != "never");
  }
  if (type == "Replace") {
    LOOM_TRY(PatternText pattern, read_pattern(object, kDecoder));
    if (pattern.is_regex) return component_not_read("a pattern in Replace", kDecoder);
    return replace_decoder(pattern.text, object.value("content", ""));
  }
  return component_not_read("the decoder " + type, kDecoder);
}

Status read_steps(const json& object, DecoderChoice& choice) {
  std::string type = component_type(object);
  if (type == "Sequence") {
    for (const auto& step : object.value("decoders", json::array()))
      LOOM_CHECK(read_steps(step, choice));
    return {};
  }
  LOOM_TRY(auto step, read_step(type, object));
  choice.byte_level = choice.steps.empty() && type == "ByteLevel";
  choice.steps.push_back(std::move(step));
  return {};
}

}  // namespace

Result<DecoderChoice> read_decoder(const json& object) {
  DecoderChoice choice;
  if (object.is_null()) {
    choice.steps.push_back(space_decoder());
    return choice;
  }
  LOOM_CHECK(read_steps(object, choice));
  return choice;
}

}  // namespace loom

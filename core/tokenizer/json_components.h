// The parts of a tokenizer.json. What is not known is refused by name.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/tokenizer/pipeline_tokenizer.h"

namespace loom {

Error component_not_read(const std::string& what, const std::string& field);
std::string component_type(const nlohmann::json& object);
// A component's pattern: {"String": ...} taken literally, {"Regex": ...} as it is.
struct PatternText {
  std::string text;
  bool is_regex = false;
};
Result<PatternText> read_pattern(const nlohmann::json& object, const std::string& field);

// An empty function when there is none.
Result<Normaliser> read_normaliser(const nlohmann::json& object);

struct SplitterChoice {
  std::vector<std::unique_ptr<Splitter>> steps;
  bool to_bytes = false;  // the last step is ByteLevel's: the model may start from bytes
};
Status read_splitters(const nlohmann::json& object, SplitterChoice& choice);

struct DecoderChoice {
  std::vector<DecoderStep> steps;
  bool byte_level = false;  // ByteLevel and nothing else
};
Result<DecoderChoice> read_decoder(const nlohmann::json& object);

struct Surroundings {
  std::vector<TokenId> before, after;
};
Status read_post_processor(const nlohmann::json& object, Surroundings& around);

struct ModelChoice {
  std::unique_ptr<TokenModel> model;
  std::vector<std::string> spellings;  // by id; empty where there is none
  std::string kind;
  bool from_bytes = false;  // as asked, unless bytes without a token must become unknown
  bool words_join = true;  // merges may join a word to a mark (U+2581) that follows it
};
Result<ModelChoice> read_model(const nlohmann::json& model, bool from_bytes);

}  // namespace loom

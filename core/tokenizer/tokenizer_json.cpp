#include <algorithm>

#include "core/base/bounded_json.h"
#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/configured_tokens.h"
#include "core/tokenizer/json_components.h"
#include "core/tokenizer/tokenizer_config.h"
#include "core/tokenizer/vocabulary_readers.h"

namespace loom {

using nlohmann::json;
namespace fs = std::filesystem;

Error component_not_read(const std::string& what, const std::string& field) {
  return {ErrorKind::unsupported, what + " is not read", field, ""};
}

std::string component_type(const json& object) { return object.is_object() ? object.value("type", "") : ""; }

Result<PatternText> read_pattern(const json& object, const std::string& field) {
  json pattern = object.value("pattern", json());
  if (pattern.is_string()) return PatternText{pattern.get<std::string>(), false};
  if (pattern.is_object() && pattern.contains("Regex")) return PatternText{pattern["Regex"].get<std::string>(), true};
  if (pattern.is_object() && pattern.contains("String")) return PatternText{pattern["String"].get<std::string>(), false};
  return component_not_read("a pattern of this kind", field);
}

namespace {

// Found in the text as they are, or in its normal form.
void take_added(std::vector<AddedToken> added, TokenizerParts& parts) {
  for (AddedToken& token : added) {
    token.sought = token.normalised && parts.normaliser ? parts.normaliser(token.text) : token.text;
    const auto id = static_cast<size_t>(token.id);
    if (parts.spellings.size() <= id) parts.spellings.resize(id + 1);
    parts.spellings[id] = token.text;
  }
  parts.added = AddedTokens(std::move(added));
}

Status read_added(const json& root, const fs::path& folder, TokenizerParts& parts) {
  std::vector<AddedToken> added;
  for (const auto& entry : root.value("added_tokens", json::array())) {
    AddedToken token;
    token.text = entry.at("content").get<std::string>();
    int64_t id = entry.at("id").get<int64_t>();
    if (id < 0 || static_cast<size_t>(id) > 4 * (parts.spellings.size() + root["added_tokens"].size()) + 65536)
      return Error{ErrorKind::corrupt, "the id of \"" + token.text + "\" is out of range", "added_tokens", ""};
    token.id = static_cast<TokenId>(id);
    token.special = entry.value("special", false);
    token.strip_left = entry.value("lstrip", false);
    token.strip_right = entry.value("rstrip", false);
    token.single_word = entry.value("single_word", false);
    token.normalised = entry.value("normalized", !token.special);
    added.push_back(std::move(token));
  }
  if (add_configured_tokens(folder, parts.spellings, added)) {
    for (const AddedToken& token : added) {
      parts.fingerprint += "\n" + std::to_string(token.id) + " " + token.text + " ";
      for (bool flag : {token.special, token.strip_left, token.strip_right, token.single_word, token.normalised})
        parts.fingerprint += flag ? '1' : '0';
    }
    parts.fingerprint = sha256(parts.fingerprint);
  }
  take_added(std::move(added), parts);
  return {};
}

// Splitter and model have to agree on whether pieces are bytes or characters.
Status read_pieces(const json& root, TokenizerParts& parts) {
  SplitterChoice choice;
  json splitter = root.value("pre_tokenizer", json());
  LOOM_CHECK(read_splitters(splitter, choice));
  LOOM_TRY(ModelChoice model, read_model(root.at("model"), choice.to_bytes));
  if (choice.to_bytes && !model.from_bytes) choice.steps.push_back(byte_level_splitter());
  bool splits = !splitter.is_null();
  if (!splits && !model.words_join) {
    choice.steps.push_back(word_start_splitter("\u2581"));
    splits = true;
  }
  if (splits) parts.splitter = splitter_sequence(std::move(choice.steps));
  parts.model = std::move(model.model);
  parts.spellings = std::move(model.spellings);
  parts.name = (model.from_bytes ? "byte-level " : "") + model.kind + " (tokenizer.json)";
  return {};
}

Status read_spelling_out(const json& root, TokenizerParts& parts) {
  LOOM_TRY(DecoderChoice decoder, read_decoder(root.value("decoder", json())));
  if (!decoder.byte_level) {
    parts.decoder = std::move(decoder.steps);
    return {};
  }
  for (const std::string& spelling : parts.spellings) parts.token_bytes.push_back(from_byte_level(spelling).value_or(spelling));
  return {};
}

Result<TokenizerParts> read_parts(const json& root, std::string fingerprint, const fs::path& folder) {
  TokenizerParts parts;
  parts.fingerprint = std::move(fingerprint);
  LOOM_TRY(parts.normaliser, read_normaliser(root.value("normalizer", json())));
  LOOM_CHECK(read_pieces(root, parts));
  LOOM_CHECK(read_added(root, folder, parts));
  LOOM_CHECK(read_spelling_out(root, parts));
  Surroundings around;
  LOOM_CHECK(read_post_processor(root.value("post_processor", json()), around));
  parts.before = std::move(around.before), parts.after = std::move(around.after);
  read_special_tokens(folder, parts);
  return parts;
}

// What is wrong with a part names its field, not the file it came from.
Error in_file(Error problem, const fs::path& file) {
  problem.where = file.string() + ": " + problem.where;
  return problem;
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> tokenizer_from_json(const fs::path& file) {
  LOOM_TRY(std::string text, read_file(file));
  const json root = parse_bounded(text);
  if (!root.is_object()) return Error{ErrorKind::corrupt, "is not a JSON object", file.string(), ""};
  try {
    auto parts = read_parts(root, sha256(text), file.parent_path());
    if (!parts) return in_file(parts.error(), file);
    return std::shared_ptr<const Tokenizer>(std::make_shared<PipelineTokenizer>(std::move(*parts)));
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), file.string(), ""};
  }
}

}  // namespace loom

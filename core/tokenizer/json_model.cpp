#include <algorithm>
#include <map>

#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/byte_tokens.h"
#include "core/tokenizer/json_components.h"
#include "core/tokenizer/unigram_model.h"
#include "core/tokenizer/word_level_model.h"
#include "core/tokenizer/word_piece_model.h"

namespace loom {
namespace {

using nlohmann::json;
using Index = std::unordered_map<std::string, TokenId>;

Error broken(const std::string& what, const std::string& field) {
  return {ErrorKind::corrupt, what, field, ""};
}

Result<Index> read_vocabulary(const json& model, std::vector<std::string>& spellings) {
  Index index;
  const json& vocabulary = model.at("vocab");
  if (!vocabulary.is_object()) return broken("is not an object", "vocab");
  for (const auto& [text, value] : vocabulary.items()) {
    int64_t id = value.get<int64_t>();
    // Ids may have gaps, but a vocabulary is no list of a few distant numbers.
    if (id < 0 || static_cast<size_t>(id) > 4 * vocabulary.size() + 65536)
      return broken("the id of \"" + text + "\" is out of range", "vocab");
    index.emplace(text, static_cast<TokenId>(id));
    if (spellings.size() <= static_cast<size_t>(id)) spellings.resize(static_cast<size_t>(id) + 1);
    std::string& spelling = spellings[static_cast<size_t>(id)];
    if (!spelling.empty()) return broken("\"" + spelling + "\" and \"" + text + "\" have the same id", "vocab");
    spelling = text;
  }
  return index;
}

Result<std::vector<BpeMerge>> read_merges(const json& merges, const Index& index, size_t prefix) {
  std::vector<BpeMerge> read;
  for (const auto& merge : merges) {
    std::string left, right;
    if (merge.is_string()) {
      std::string line = merge.get<std::string>();
      size_t space = line.find(' ', 1);
      if (space == std::string::npos) return broken("a merge is not a pair", "merges");
      left = line.substr(0, space), right = line.substr(space + 1);
    } else if (merge.is_array() && merge.size() == 2) {
      left = merge[0].get<std::string>(), right = merge[1].get<std::string>();
    } else {
      return broken("a merge is not a pair", "merges");
    }
    auto a = index.find(left), b = index.find(right);
    auto result = index.find(left + (right.size() >= prefix ? right.substr(prefix) : ""));
    if (a == index.end() || b == index.end() || result == index.end())
      return broken("the merge of \"" + left + "\" and \"" + right + "\" is not in the vocabulary", "merges");
    read.push_back({a->second, b->second, result->second, static_cast<uint32_t>(read.size())});
  }
  return read;
}

std::string text_or_empty(const json& object, const char* key) {
  json value = object.value(key, json());
  return value.is_string() ? value.get<std::string>() : "";
}

bool flag(const json& object, const char* key) {
  json value = object.value(key, json());
  return value.is_boolean() && value.get<bool>();
}

// Whether a token holds U+2581 after something else.
bool joins_words(const std::vector<std::string>& spellings) {
  const std::string mark = "\u2581";
  return std::any_of(spellings.begin(), spellings.end(), [&](const std::string& text) {
    size_t at = 0;
    while (text.compare(at, mark.size(), mark) == 0) at += mark.size();
    return text.find(mark, at) != std::string::npos;
  });
}

bool has_all_bytes(const Index& index) {
  for (int byte = 0; byte < 256; ++byte)
    if (!index.count(to_byte_level(std::string(1, static_cast<char>(byte))))) return false;
  return true;
}

Result<ModelChoice> read_bpe(const json& model, bool from_bytes) {
  json dropout = model.value("dropout", json());
  if (dropout.is_number() && dropout.get<double>() > 0) return component_not_read("dropout", "model");
  ModelChoice choice;
  LOOM_TRY(Index index, read_vocabulary(model, choice.spellings));
  BpeRules rules;
  rules.continuing_prefix = text_or_empty(model, "continuing_subword_prefix");
  rules.end_suffix = text_or_empty(model, "end_of_word_suffix");
  rules.ignore_merges = flag(model, "ignore_merges");
  rules.fuse_unknown = flag(model, "fuse_unk");
  LOOM_TRY(rules.merges, read_merges(model.at("merges"), index, rules.continuing_prefix.size()));
  if (flag(model, "byte_fallback")) rules.byte_ids = byte_token_ids(choice.spellings);
  if (std::string unknown = text_or_empty(model, "unk_token"); !unknown.empty()) {
    auto found = index.find(unknown);
    if (found == index.end()) return broken("the unknown token \"" + unknown + "\" is not in the vocabulary", "unk_token");
    rules.unknown = found->second;
  }
  rules.tokens = choice.spellings;
  choice.from_bytes = rules.from_bytes = from_bytes && rules.continuing_prefix.empty() && rules.end_suffix.empty() &&
                                         (has_all_bytes(index) || (!rules.unknown && rules.byte_ids.empty()));
  if (rules.from_bytes)
    for (std::string& token : rules.tokens) token = from_byte_level(token).value_or("");
  choice.words_join = rules.from_bytes || rules.ignore_merges || !rules.continuing_prefix.empty() ||
                      !rules.end_suffix.empty() || !index.count("\u2581") || joins_words(choice.spellings);
  choice.model = std::make_unique<BpeModel>(std::move(rules));
  choice.kind = "BPE";
  return choice;
}

Result<ModelChoice> read_unigram(const json& model) {
  ModelChoice choice;
  UnigramRules rules;
  for (const auto& entry : model.at("vocab")) {
    rules.entries.push_back({entry.at(0).get<std::string>(), entry.at(1).get<double>()});
    choice.spellings.push_back(rules.entries.back().text);
    rules.lowest_score = std::min(rules.entries.size() == 1 ? rules.entries.back().score : rules.lowest_score, rules.entries.back().score);
  }
  if (json unknown = model.value("unk_id", json()); unknown.is_number_integer()) {
    if (unknown.get<int64_t>() < 0 || unknown.get<size_t>() >= rules.entries.size()) return broken("is out of range", "unk_id");
    rules.unknown = unknown.get<TokenId>();
  }
  if (flag(model, "byte_fallback")) rules.byte_ids = byte_token_ids(choice.spellings);
  choice.model = std::make_unique<UnigramModel>(std::move(rules));
  choice.kind = "Unigram";
  return choice;
}

Result<TokenId> unknown_in(const json& model, const Index& index, const char* fallback) {
  std::string unknown = model.value("unk_token", fallback);
  auto found = index.find(unknown);
  if (found == index.end()) return broken("the unknown token \"" + unknown + "\" is not in the vocabulary", "unk_token");
  return found->second;
}

Result<ModelChoice> read_word_level(const json& model) {
  ModelChoice choice;
  LOOM_TRY(Index index, read_vocabulary(model, choice.spellings));
  LOOM_TRY(const TokenId unknown, unknown_in(model, index, "<unk>"));
  choice.model = std::make_unique<WordLevelModel>(std::move(index), unknown);
  choice.kind = "WordLevel";
  return choice;
}

Result<ModelChoice> read_word_piece(const json& model) {
  ModelChoice choice;
  LOOM_TRY(Index index, read_vocabulary(model, choice.spellings));
  LOOM_TRY(const TokenId unknown, unknown_in(model, index, "[UNK]"));
  choice.model = std::make_unique<WordPieceModel>(choice.spellings, model.value("continuing_subword_prefix", "##"),
                                                  unknown, model.value("max_input_chars_per_word", size_t{100}));
  choice.kind = "WordPiece";
  return choice;
}

}  // namespace

Result<ModelChoice> read_model(const json& model, bool from_bytes) {
  // Files of before the kinds had names hold merges, or a list of scores.
  bool scores = model.contains("vocab") && model["vocab"].is_array();
  std::string type = model.value("type", scores ? "Unigram" : "BPE");
  if (type == "BPE") return read_bpe(model, from_bytes);
  if (type == "Unigram") return read_unigram(model);
  if (type == "WordPiece") return read_word_piece(model);
  if (type == "WordLevel") return read_word_level(model);
  return component_not_read("the model " + type, "model");
}

}  // namespace loom

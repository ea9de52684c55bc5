#include "core/base/hash.h"
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/gguf_pipeline.h"
#include "core/tokenizer/pipeline_tokenizer.h"
#include "core/tokenizer/sentence_piece.h"
#include "core/tokenizer/vocabulary_readers.h"
#include "core/tokenizer/word_piece_model.h"

namespace loom {
namespace {

struct Entries {
  std::vector<std::string> bytes;
  std::vector<AddedToken> added;
};

// Control tokens (type 3) and a user's own (type 4) are found as text; the rest are byte texts.
Entries read_entries(const std::vector<std::string>& tokens, const std::vector<int64_t>& types) {
  Entries entries;
  for (size_t id = 0; id < tokens.size(); ++id) {
    int64_t type = id < types.size() ? types[id] : 1;
    auto bytes = from_byte_level(tokens[id]);
    bool added = type == 3 || type == 4 || !bytes;
    if (added && type != 1) {
      AddedToken token;
      token.id = static_cast<TokenId>(id);
      token.text = tokens[id];
      token.special = type == 3;
      entries.added.push_back(std::move(token));
    }
    entries.bytes.push_back(bytes ? *bytes : tokens[id]);
  }
  return entries;
}

Result<std::vector<BpeMerge>> read_merges(const GgufFile& file, const std::vector<std::string>& tokens) {
  const auto* lines = file.find_texts("tokenizer.ggml.merges");
  if (!lines)
    return Error{ErrorKind::corrupt, "the key tokenizer.ggml.merges is missing", file.path().string(), ""};
  std::unordered_map<std::string_view, TokenId> index;
  for (size_t id = 0; id < tokens.size(); ++id) index.insert_or_assign(tokens[id], static_cast<TokenId>(id));
  std::vector<BpeMerge> merges;
  for (const std::string& line : *lines) {
    size_t space = line.find(' ', 1);
    if (space == std::string::npos)
      return Error{ErrorKind::corrupt, "a merge is not a pair", file.path().string() + ": tokenizer.ggml.merges", ""};
    std::string_view text(line), left = text.substr(0, space), right = text.substr(space + 1);
    auto a = index.find(left), b = index.find(right);
    std::string joined = std::string(left) + std::string(right);
    auto result = index.find(joined);
    // A merge of tokens that are not in the vocabulary can never apply.
    if (a == index.end() || b == index.end() || result == index.end()) continue;
    merges.push_back({a->second, b->second, result->second, static_cast<uint32_t>(merges.size())});
  }
  return merges;
}

std::optional<TokenId> id_of(const GgufFile& file, const char* key, size_t tokens) {
  auto id = file.find_integer(key);
  bool fits = id && *id >= 0 && static_cast<size_t>(*id) < tokens;
  return fits ? std::optional(static_cast<TokenId>(*id)) : std::nullopt;
}

// Kind "bert": a word's first piece begins with U+2581, its other pieces with nothing.
Result<std::shared_ptr<const Tokenizer>> from_word_pieces(const GgufFile& file, const std::vector<std::string>& tokens) {
  TokenizerParts parts;
  parts.name = "WordPiece (bert)";
  auto types = file.integers("tokenizer.ggml.token_type");
  auto unknown = id_of(file, "tokenizer.ggml.unknown_token_id", tokens.size());
  std::vector<AddedToken> added;
  const std::string mark = "\u2581";
  Sha256 hash;
  hash.update(parts.name);
  for (size_t id = 0; id < tokens.size(); ++id) {
    hash.update(tokens[id] + '\n');
    bool control = id < types.size() && (types[id] == 3 || types[id] == 2);
    bool first = tokens[id].starts_with(mark);
    parts.spellings.push_back(control ? tokens[id] : first ? tokens[id].substr(mark.size()) : "##" + tokens[id]);
    if (!unknown && tokens[id] == "[UNK]") unknown = static_cast<TokenId>(id);
    if (!control) continue;
    AddedToken token;
    token.id = static_cast<TokenId>(id);
    token.text = tokens[id];
    token.special = true;
    added.push_back(std::move(token));
  }
  if (!unknown) return Error{ErrorKind::corrupt, "has no unknown token", file.path().string() + ": tokenizer.ggml", ""};
  parts.normaliser = bert_normaliser({});
  parts.splitter = bert_splitter();
  parts.model = std::make_unique<WordPieceModel>(parts.spellings, "##", *unknown, 100);
  parts.added = AddedTokens(std::move(added));
  parts.decoder = {word_piece_decoder("##", true)};
  parts.fingerprint = hash.hex();
  read_special(file, false, parts);
  // Encoders are always fed with both.
  auto begin = id_of(file, "tokenizer.ggml.cls_token_id", tokens.size());
  auto end = id_of(file, "tokenizer.ggml.seperator_token_id", tokens.size());
  if (begin && end) parts.before = {*begin}, parts.after = {*end};
  return std::shared_ptr<const Tokenizer>(std::make_shared<PipelineTokenizer>(std::move(parts)));
}

// Kinds "llama" (BPE by scores) and "t5" (Unigram).
Result<std::shared_ptr<const Tokenizer>> from_scored_pieces(const GgufFile& file, const std::vector<std::string>& tokens, bool unigram) {
  std::string where = file.path().string();
  auto scores = file.numbers("tokenizer.ggml.scores");
  auto types = file.integers("tokenizer.ggml.token_type");
  if (scores.size() != tokens.size() || types.size() != tokens.size())
    return Error{ErrorKind::corrupt, "scores or types are missing", where + ": tokenizer.ggml", ""};
  SentencePieceRules rules;
  rules.unigram = unigram;
  for (size_t id = 0; id < tokens.size(); ++id) {
    int64_t type = types[id] >= 1 && types[id] <= 6 ? types[id] : 1;
    rules.byte_fallback = rules.byte_fallback || type == 6;
    rules.pieces.push_back({tokens[id], static_cast<float>(scores[id]), static_cast<PieceType>(type)});
  }
  rules.prefix_space = file.find_boolean("tokenizer.ggml.add_space_prefix").value_or(true);
  rules.removes_extra_spaces = file.find_boolean("tokenizer.ggml.remove_extra_whitespaces").value_or(false);
  std::string map;
  for (int64_t byte : file.integers("tokenizer.ggml.precompiled_charsmap")) map += static_cast<char>(byte);
  LOOM_TRY(rules.map, CharacterMap::parse(map, where));
  LOOM_TRY(TokenizerParts parts, sentence_piece_parts(rules, where));
  Sha256 hash;
  hash.update(parts.name + map + (rules.prefix_space ? "1" : "0") + (rules.removes_extra_spaces ? "1" : "0"));
  for (const auto& piece : rules.pieces) {
    hash.update(piece.text + '\n' + std::to_string(static_cast<int>(piece.type)));
    hash.update({reinterpret_cast<const char*>(&piece.score), sizeof piece.score});
  }
  parts.fingerprint = hash.hex();
  read_special(file, !unigram, parts);
  return std::shared_ptr<const Tokenizer>(std::make_shared<PipelineTokenizer>(std::move(parts)));
}

}  // namespace

void read_special(const GgufFile& file, bool adds_bos, TokenizerParts& parts) {
  size_t tokens = parts.spellings.size();
  parts.special.bos = id_of(file, "tokenizer.ggml.bos_token_id", tokens);
  parts.special.unknown = id_of(file, "tokenizer.ggml.unknown_token_id", tokens);
  for (const char* key : {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"})
    if (auto id = id_of(file, key, tokens)) parts.special.end.push_back(*id);
  parts.special.adds_bos = file.find_boolean("tokenizer.ggml.add_bos_token").value_or(adds_bos) && parts.special.bos;
  if (parts.special.adds_bos) parts.before = {*parts.special.bos};
  if (file.find_boolean("tokenizer.ggml.add_eos_token").value_or(false) && !parts.special.end.empty())
    parts.after = {parts.special.end.front()};
}

Result<std::shared_ptr<const Tokenizer>> tokenizer_from_gguf(const GgufFile& file) {
  std::string where = file.path().string();
  LOOM_TRY(std::string kind, file.text("tokenizer.ggml.model"));
  const auto* tokens = file.find_texts("tokenizer.ggml.tokens");
  if (!tokens || tokens->empty())
    return Error{ErrorKind::corrupt, "the key tokenizer.ggml.tokens is missing", where, ""};
  if (kind == "bert") return from_word_pieces(file, *tokens);
  if (kind == "llama" || kind == "t5") return from_scored_pieces(file, *tokens, kind == "t5");
  if (kind == "rwkv") return rwkv_tokenizer_of(file, *tokens);
  if (kind != "gpt2")
    return Error{ErrorKind::unsupported, "vocabularies of the kind \"" + kind + "\" are not read", where + ": tokenizer.ggml.model",
                 "The kinds gpt2, llama, t5, bert and rwkv are"};
  std::string pre = file.find_text("tokenizer.ggml.pre").value_or("default");
  TokenizerParts parts;
  parts.name = "byte-level BPE (" + pre + ")";
  LOOM_TRY(GgufPipeline pipeline, gguf_pipeline(pre, where));
  parts.normaliser = std::move(pipeline.normaliser);
  parts.splitter = splitter_sequence(std::move(pipeline.splitters.steps));
  Entries entries = read_entries(*tokens, file.integers("tokenizer.ggml.token_type"));
  LOOM_TRY(auto merges, read_merges(file, *tokens));
  Sha256 hash;
  hash.update(parts.name);
  for (const std::string& token : *tokens) hash.update(token + '\n');
  for (const auto& merge : merges) hash.update({reinterpret_cast<const char*>(&merge), sizeof merge});
  parts.fingerprint = hash.hex();
  parts.spellings = *tokens;
  BpeRules rules;
  rules.from_bytes = pipeline.splitters.to_bytes;
  rules.tokens = rules.from_bytes ? entries.bytes : *tokens;
  parts.token_bytes = std::move(entries.bytes);
  for (const AddedToken& token : entries.added) rules.tokens[static_cast<size_t>(token.id)].clear();
  rules.merges = std::move(merges);
  rules.ignore_merges = pipeline.ignore_merges;
  parts.model = std::make_unique<BpeModel>(std::move(rules));
  parts.added = AddedTokens(std::move(entries.added));
  read_special(file, pipeline.adds_bos, parts);
  return std::shared_ptr<const Tokenizer>(std::make_shared<PipelineTokenizer>(std::move(parts)));
}

}  // namespace loom

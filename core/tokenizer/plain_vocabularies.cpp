// Vocabularies that are lists in text files: tiktoken's and RWKV's.
#include <charconv>
#include <map>

#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/text/utf8.h"
#include "core/tokenizer/base64.h"
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/greedy_model.h"
#include "core/tokenizer/sentence_piece.h"
#include "core/tokenizer/tokenizer_config.h"
#include "core/tokenizer/vocabulary_readers.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
constexpr size_t kMostIds = 4'000'000;

Error bad_line(const fs::path& file, size_t line, const std::string& what) {
  return {ErrorKind::corrupt, what, file.string() + ":" + std::to_string(line), ""};
}

template <typename Line>
Status each_line(const fs::path& file, std::string_view text, Line read) {
  for (size_t number = 1; !text.empty(); ++number) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (const char* problem = read(line)) return bad_line(file, number, problem);
  }
  return {};
}

bool read_number(std::string_view text, size_t& value) {
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc() && end == text.data() + text.size() && value < kMostIds;
}

const char* place(std::vector<std::string>& tokens, size_t id, std::string bytes) {
  if (tokens.size() <= id) tokens.resize(id + 1);
  if (!tokens[id].empty()) return "the id is there twice";
  tokens[id] = std::move(bytes);
  return nullptr;
}

// A file of ranks does not say how texts are split; the published ones are known by their size.
std::unique_ptr<Splitter> splitter_of_size(size_t ranks) {
  if (ranks == 50256 || ranks == 50257) return gpt2_splitter();
  if (ranks == 128000 || ranks == 151329 || ranks == 100256) return llama3_splitter(3);
  if (ranks == 151643) return llama3_splitter(1);
  return nullptr;
}

// What the inside of a Python literal stands for; nothing when it is broken.
std::optional<std::string> unescaped(std::string_view literal, bool bytes) {
  static const std::map<char, char> plain = {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'\\', '\\'}, {'\'', '\''}, {'"', '"'}};
  std::string out;
  for (size_t i = 0; i < literal.size(); ++i) {
    if (literal[i] != '\\') {
      out += literal[i];
      continue;
    }
    if (++i == literal.size()) return std::nullopt;
    if (auto found = plain.find(literal[i]); found != plain.end()) {
      out += found->second;
      continue;
    }
    size_t digits = literal[i] == 'x' ? 2 : bytes ? 0 : literal[i] == 'u' ? 4 : literal[i] == 'U' ? 8 : 0;
    uint32_t value = 0;
    const char* begin = literal.data() + i + 1;
    if (digits == 0 || i + digits >= literal.size()) return std::nullopt;
    if (std::from_chars(begin, begin + digits, value, 16).ptr != begin + digits || value > 0x10FFFF) return std::nullopt;
    i += digits;
    if (bytes) {
      out += static_cast<char>(value);
    } else {
      append_utf8(out, value);
    }
  }
  return out;
}

// A whole Python literal.
std::optional<std::string> from_python(std::string_view literal) {
  bool bytes = literal.starts_with('b');
  if (bytes) literal.remove_prefix(1);
  if (literal.size() < 2 || (literal[0] != '\'' && literal[0] != '"') || literal.back() != literal[0]) return std::nullopt;
  return unescaped(literal.substr(1, literal.size() - 2), bytes);
}

// `tokens` by id, as bytes; an empty one is never found in a text.
TokenizerParts rwkv_parts(std::vector<std::string> tokens) {
  TokenizerParts parts;
  std::vector<std::pair<std::string, int32_t>> entries;
  for (size_t id = 0; id < tokens.size(); ++id) entries.emplace_back(tokens[id], static_cast<int32_t>(id));
  parts.name = "RWKV World";
  parts.spellings = tokens;
  parts.token_bytes = std::move(tokens);
  parts.model = std::make_unique<GreedyModel>(ByteTrie(std::move(entries)));
  return parts;
}

AddedToken control_token(size_t id, const std::string& text, bool special) {
  AddedToken token;
  token.id = static_cast<TokenId>(id);
  token.text = text;
  token.special = special;
  return token;
}

std::shared_ptr<const Tokenizer> finish(TokenizerParts parts, std::string_view file) {
  parts.fingerprint = sha256(file);
  return std::make_shared<PipelineTokenizer>(std::move(parts));
}

}  // namespace

bool is_tiktoken_text(std::string_view text) {
  std::string_view line = text.substr(0, text.find('\n'));
  size_t space = line.find(' '), rank = 0;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return space != std::string_view::npos && from_base64(line.substr(0, space)) && read_number(line.substr(space + 1), rank);
}

Result<std::shared_ptr<const Tokenizer>> tokenizer_from_tiktoken(const fs::path& file) {
  LOOM_TRY(std::string text, read_file(file));
  TokenizerParts parts;
  BpeRules rules;
  size_t count = 0;
  LOOM_CHECK(each_line(file, text, [&](std::string_view line) -> const char* {
    size_t space = line.find(' '), rank = 0;
    if (space == std::string_view::npos || !read_number(line.substr(space + 1), rank)) return "is not a token and its rank";
    auto bytes = from_base64(line.substr(0, space));
    ++count;
    return bytes ? place(rules.tokens, rank, *bytes) : "the token is not base64";
  }));
  parts.splitter = splitter_of_size(count);
  if (!parts.splitter)
    return Error{ErrorKind::unsupported, "how texts are split is not known for " + std::to_string(count) + " ranks", file.string(),
                 "Use the model's tokenizer.json"};
  std::vector<uint32_t> ranks(rules.tokens.size());
  for (size_t id = 0; id < ranks.size(); ++id) ranks[id] = static_cast<uint32_t>(id);
  rules.merges = merges_of_ranked_tokens(rules.tokens, ranks);
  rules.ignore_merges = true;
  parts.name = "byte-level BPE (tiktoken)";
  parts.spellings = parts.token_bytes = rules.tokens;
  std::vector<AddedToken> added = added_tokens_of_config(tokenizer_config(file.parent_path()));
  std::erase_if(added, [](const AddedToken& token) { return static_cast<size_t>(token.id) >= kMostIds; });
  for (AddedToken& token : added) {
    token.normalised = false;  // looked for in the text as it is
    auto id = static_cast<size_t>(token.id);
    if (parts.spellings.size() <= id) parts.spellings.resize(id + 1), parts.token_bytes.resize(id + 1);
    parts.spellings[id] = parts.token_bytes[id] = token.text;
  }
  parts.added = AddedTokens(std::move(added));
  parts.model = std::make_unique<BpeModel>(std::move(rules));
  read_special_tokens(file.parent_path(), parts);
  read_surrounding_tokens(file.parent_path(), parts);
  return finish(std::move(parts), text);
}

Result<std::shared_ptr<const Tokenizer>> tokenizer_from_rwkv(const fs::path& file) {
  LOOM_TRY(std::string text, read_file(file));
  std::vector<std::string> tokens;
  LOOM_CHECK(each_line(file, text, [&](std::string_view line) -> const char* {
    size_t first = line.find(' '), last = line.rfind(' '), id = 0, length = 0;
    if (first == std::string_view::npos || last <= first || !read_number(line.substr(0, first), id) ||
        !read_number(line.substr(last + 1), length))
      return "is not a token with its id and length";
    auto bytes = from_python(line.substr(first + 1, last - first - 1));
    if (!bytes || bytes->size() != length) return "the token is not as long as the line says";
    return place(tokens, id, *bytes);
  }));
  if (tokens.empty()) return Error{ErrorKind::corrupt, "holds no tokens", file.string(), ""};
  TokenizerParts parts = rwkv_parts(std::move(tokens));
  parts.special.end = {0};  // the end of a text is no token of the list
  return finish(std::move(parts), text);
}

Result<std::shared_ptr<const Tokenizer>> rwkv_tokenizer_of(const GgufFile& file, const std::vector<std::string>& tokens) {
  const std::string where = file.path().string() + ": tokenizer.ggml.tokens";
  const std::vector<int64_t> types = file.integers("tokenizer.ggml.token_type");
  std::vector<std::string> bytes(tokens.size());
  std::vector<AddedToken> added;
  std::string all;
  for (size_t id = 0; id < tokens.size(); ++id) {
    const int64_t type = id < types.size() ? types[id] : 1;
    if (type == 3 || type == 4) added.push_back(control_token(id, tokens[id], type == 3));
    if (type != 1) continue;
    auto token = unescaped(tokens[id], true);
    if (!token) return Error{ErrorKind::corrupt, "token " + std::to_string(id) + " is no bytes of Python's", where, ""};
    bytes[id] = std::move(*token);
    all += std::to_string(id) + ' ' + bytes[id] + '\n';
  }
  for (const AddedToken& token : added) all += token.text + '\n';
  TokenizerParts parts = rwkv_parts(std::move(bytes));
  for (const AddedToken& token : added) parts.spellings[static_cast<size_t>(token.id)] = token.text;
  parts.added = AddedTokens(std::move(added));
  read_special(file, false, parts);
  return finish(std::move(parts), all);
}

Result<std::shared_ptr<const Tokenizer>> tokenizer_from_sentence_piece(const fs::path& file) {
  LOOM_TRY(std::string text, read_file(file));
  LOOM_TRY(SentencePieceRules rules, parse_sentence_piece(text, file.string()));
  LOOM_TRY(TokenizerParts parts, sentence_piece_parts(rules, file.string()));
  read_special_tokens(file.parent_path(), parts);
  read_surrounding_tokens(file.parent_path(), parts);
  return finish(std::move(parts), text);
}

}  // namespace loom

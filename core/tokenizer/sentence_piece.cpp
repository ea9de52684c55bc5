#include "core/tokenizer/sentence_piece.h"

#include <algorithm>

#include "core/text/utf8.h"
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/byte_tokens.h"
#include "core/tokenizer/unigram_model.h"

namespace loom {
namespace {

constexpr std::string_view kMark = "\u2581";

// The text that a prefix of `text` becomes, and how long that prefix is.
CharacterMap::Match next_part(std::string_view text, const CharacterMap& map, const ByteTrie& kept) {
  if (size_t bytes = kept.longest(text, 0).bytes) return {bytes, text.substr(0, bytes)};
  if (auto match = map.longest(text)) return *match;
  size_t bytes = decode_utf8(text, 0).bytes;
  return {bytes, text.substr(0, bytes)};
}

// SentencePiece's own normalisation: the character map, no spaces at the ends or twice in a row,
// one in front, all of them made visible.
Normaliser sentence_piece_normaliser(const SentencePieceRules& rules, ByteTrie kept) {
  std::string space(rules.escapes_spaces ? kMark : " ");
  bool front = rules.prefix_space && !rules.space_as_suffix, behind = rules.prefix_space && rules.space_as_suffix;
  return [=, map = rules.map, removes = rules.removes_extra_spaces, kept = std::move(kept)](std::string_view text) {
    std::string out;
    while (removes && !text.empty()) {
      auto part = next_part(text, map, kept);
      if (part.replacement != " ") break;
      text.remove_prefix(part.bytes);
    }
    if (text.empty()) return out;
    if (front) out += space;
    bool after_space = removes;
    while (!text.empty()) {
      auto part = next_part(text, map, kept);
      text.remove_prefix(part.bytes);
      std::string_view by = part.replacement;
      while (after_space && by.starts_with(' ')) by.remove_prefix(1);
      if (by.empty()) continue;
      for (char c : by) c == ' ' ? out += space : out += c;
      after_space = removes && by.ends_with(' ');
    }
    while (removes && out.ends_with(space)) out.resize(out.size() - space.size());
    if (behind) out += space;
    return out;
  };
}

std::unique_ptr<TokenModel> unigram_of(const SentencePieceRules& rules, std::optional<TokenId> unknown,
                                       const std::vector<TokenId>& bytes) {
  UnigramRules made;
  made.unknown = unknown;
  made.byte_ids = bytes;
  made.single_precision = true;
  double lowest = 0, highest = 0;
  bool first = true;
  for (const auto& piece : rules.pieces) {
    if (piece.type != PieceType::normal) continue;
    double score = static_cast<double>(piece.score);
    lowest = first ? score : std::min(lowest, score), highest = first ? score : std::max(highest, score);
    first = false;
  }
  made.lowest_score = lowest;
  for (const auto& piece : rules.pieces) {
    double score = static_cast<double>(piece.score);
    if (piece.type == PieceType::user_defined) score = static_cast<double>(piece.text.size()) * highest - 0.1;
    bool matched = piece.type == PieceType::normal || piece.type == PieceType::user_defined;
    made.entries.push_back({matched ? piece.text : "", score});
  }
  return std::make_unique<UnigramModel>(std::move(made));
}

// Equal scores rank equally, so that of them the leftmost merges first.
std::unique_ptr<TokenModel> bpe_of(const SentencePieceRules& rules, std::optional<TokenId> unknown,
                                   const std::vector<TokenId>& bytes) {
  BpeRules made;
  made.from_bytes = false;
  made.fuse_unknown = true;
  made.unknown = unknown;
  made.byte_ids = bytes;
  std::vector<float> scores;
  for (const auto& piece : rules.pieces) {
    scores.push_back(piece.score);
    made.tokens.push_back(piece.type == PieceType::normal ? piece.text : "");
  }
  std::sort(scores.begin(), scores.end(), std::greater<>());
  std::vector<uint32_t> ranks;
  for (const auto& piece : rules.pieces)
    ranks.push_back(static_cast<uint32_t>(
        std::lower_bound(scores.begin(), scores.end(), piece.score, std::greater<>()) - scores.begin()));
  made.merges = merges_of_ranked_tokens(made.tokens, ranks);
  return std::make_unique<BpeModel>(std::move(made));
}

// What a user's own piece reads in a normalised text. GGUF files write such pieces with plain spaces.
std::string normal_form(const SentencePieceRules& rules, const std::string& text) {
  return rules.escapes_spaces ? replace_all(text, " ", kMark) : text;
}

// The first piece of that kind: a GGUF file's filling up to a round size is of it too.
std::optional<TokenId> unknown_of(const SentencePieceRules& rules) {
  for (size_t id = 0; id < rules.pieces.size(); ++id)
    if (rules.pieces[id].type == PieceType::unknown) return static_cast<TokenId>(id);
  return std::nullopt;
}

}  // namespace

Result<TokenizerParts> sentence_piece_parts(const SentencePieceRules& rules, const std::string& where) {
  TokenizerParts parts;
  parts.name = std::string("SentencePiece ") + (rules.unigram ? "Unigram" : "BPE");
  std::vector<AddedToken> added;
  std::vector<std::pair<std::string, int32_t>> kept;
  const std::optional<TokenId> unknown = unknown_of(rules);
  for (size_t i = 0; i < rules.pieces.size(); ++i) {
    const auto& piece = rules.pieces[i];
    auto id = static_cast<TokenId>(i);
    parts.spellings.push_back(piece.text);
    if (piece.type == PieceType::unused && !rules.unigram)
      return Error{ErrorKind::unsupported, "unused pieces in a BPE model are not read", where, piece.text};
    bool own = piece.type == PieceType::user_defined;
    if (own) kept.emplace_back(normal_form(rules, piece.text), id);
    bool special = piece.type == PieceType::control || id == unknown;
    // A user's own pieces take part in Viterbi's search; merges never touch them.
    if (!special && (!own || rules.unigram)) continue;
    AddedToken token;
    token.id = id;
    token.text = piece.text;
    token.sought = own ? normal_form(rules, piece.text) : piece.text;
    token.special = special;
    token.normalised = !token.special;
    added.push_back(std::move(token));
  }
  std::vector<TokenId> bytes;
  if (rules.byte_fallback) bytes = byte_token_ids(parts.spellings);
  parts.model = rules.unigram ? unigram_of(rules, unknown, bytes) : bpe_of(rules, unknown, bytes);
  parts.normaliser = sentence_piece_normaliser(rules, ByteTrie(std::move(kept)));
  parts.added = AddedTokens(std::move(added));
  parts.special.unknown = unknown;
  parts.decoder = {replace_decoder(std::string(kMark), " "), byte_fallback_decoder(), fuse_decoder()};
  if (rules.prefix_space && !rules.space_as_suffix) parts.decoder.push_back(strip_decoder(" ", 1, 0));
  return parts;
}

}  // namespace loom

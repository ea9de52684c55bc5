// SentencePiece's models: pieces with scores, and how their text is normalised. They come as its own
// .model files and inside GGUF files.
#pragma once

#include "core/tokenizer/character_map.h"
#include "core/tokenizer/pipeline_tokenizer.h"

namespace loom {

enum class PieceType { normal = 1, unknown = 2, control = 3, user_defined = 4, unused = 5, byte = 6 };
struct SentencePieceRules {
  struct Piece {
    std::string text;
    float score = 0;
    PieceType type = PieceType::normal;
  };
  std::vector<Piece> pieces;
  bool unigram = true;
  bool byte_fallback = false;
  bool prefix_space = true, removes_extra_spaces = true, escapes_spaces = true, space_as_suffix = false;
  CharacterMap map;
};

Result<SentencePieceRules> parse_sentence_piece(std::string_view bytes, const std::string& where);
// Everything but fingerprint and special tokens.
Result<TokenizerParts> sentence_piece_parts(const SentencePieceRules& rules, const std::string& where);

}  // namespace loom

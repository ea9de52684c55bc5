// Added tokens, normaliser, splitter, model, decoder, and what is put around a text: the steps that
// all tokenizers are made of.
#pragma once

#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/normaliser.h"
#include "core/tokenizer/splitter.h"
#include "core/tokenizer/token_model.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

struct TokenizerParts {
  std::string name;
  std::vector<std::string> spellings;  // as in the vocabulary, by id
  std::unique_ptr<TokenModel> model;
  Normaliser normaliser;               // may be empty
  std::unique_ptr<Splitter> splitter;  // nothing: a text is one piece
  // Either what each token is by itself, or steps that see all of them.
  std::vector<std::string> token_bytes;
  std::vector<DecoderStep> decoder;
  AddedTokens added;
  bool pieces_repeat = true;           // words do, whole texts do not
  std::vector<TokenId> before, after;  // what encode_with_special puts around
  SpecialTokens special;
  std::string fingerprint;
};

class PipelineTokenizer : public Tokenizer {
 public:
  explicit PipelineTokenizer(TokenizerParts parts);
  std::vector<TokenId> encode(std::string_view text) const override;
  std::vector<TokenId> encode_with_special(std::string_view text) const override;
  std::string decode(std::span<const TokenId> ids, bool skip_special) const override;
  size_t vocabulary() const override { return parts_.spellings.size(); }
  const SpecialTokens& special() const override { return parts_.special; }
  std::string name() const override { return parts_.name; }
  std::string fingerprint() const override { return parts_.fingerprint; }
  std::string token_text(TokenId id) const override;

 private:
  void encode_section(std::string_view text, bool at_start, std::vector<TokenId>& ids) const;
  void encode_pieces(std::string_view text, bool at_start, std::vector<TokenId>& ids) const;
  TokenizerParts parts_;
  uint64_t number_;  // tells tokenizers apart in a thread's memory of pieces
};

}  // namespace loom

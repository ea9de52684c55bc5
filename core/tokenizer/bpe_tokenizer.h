// Byte-level BPE: added tokens, normaliser, splitter, merges, and what is put around a text.
#pragma once

#include "core/text/normalise.h"
#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/splitter.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

struct BpeParts {
  std::string name;
  std::vector<std::string> spellings;  // as in the vocabulary, by id
  std::unique_ptr<BpeModel> model;
  std::unique_ptr<Splitter> splitter;
  std::optional<NormalForm> normal_form;
  bool lower_case = false, add_prefix_space = false;
  AddedTokens added;
  std::vector<TokenId> before, after;  // what encode_with_special puts around
  SpecialTokens special;
  std::string fingerprint;
};

class BpeTokenizer : public Tokenizer {
 public:
  explicit BpeTokenizer(BpeParts parts) : parts_(std::move(parts)) {}
  std::vector<TokenId> encode(std::string_view text) const override;
  std::vector<TokenId> encode_with_special(std::string_view text) const override;
  std::string decode(std::span<const TokenId> ids, bool skip_special) const override;
  size_t vocabulary() const override { return parts_.spellings.size(); }
  const SpecialTokens& special() const override { return parts_.special; }
  std::string name() const override { return parts_.name; }
  std::string fingerprint() const override { return parts_.fingerprint; }
  std::string token_text(TokenId id) const override;

 private:
  void encode_plain(std::string_view text, std::vector<TokenId>& ids) const;
  BpeParts parts_;
};

}  // namespace loom

// Text to token ids and back, bit-equal to the reference tokenizer of each model. Immutable after
// loading; safe to use from several threads.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/generation.h"
#include "core/base/result.h"

namespace loom {

struct SpecialTokens {
  std::optional<TokenId> bos;
  std::vector<TokenId> end;  // any of these ends an answer
  std::optional<TokenId> unknown;
  bool adds_bos = false;  // whether encode with special tokens prepends bos
};

class Tokenizer {
 public:
  virtual ~Tokenizer() = default;
  // Plain text: spellings of special tokens inside `text` ARE recognised (as the reference does
  // for added tokens); nothing is prepended or appended. Invalid UTF-8 becomes U+FFFD.
  virtual std::vector<TokenId> encode(std::string_view text) const = 0;
  // As encode, plus what the tokenizer's post-processor adds (bos, eos).
  virtual std::vector<TokenId> encode_with_special(std::string_view text) const = 0;
  // Bytes; may end inside a UTF-8 sequence.
  virtual std::string decode(std::span<const TokenId> ids, bool skip_special) const = 0;
  virtual size_t vocabulary() const = 0;
  virtual const SpecialTokens& special() const = 0;
  virtual std::string name() const = 0;         // "byte-level BPE (smollm)"
  virtual std::string fingerprint() const = 0;  // hash over vocabulary, merges and rules
  virtual std::string token_text(TokenId id) const = 0;  // as spelled in the vocabulary
};

// From a GGUF file (also one without weights), a model folder, a tokenizer.json, SentencePiece's
// .model, a tiktoken file or an RWKV vocabulary.
Result<std::shared_ptr<const Tokenizer>> load_tokenizer(const std::filesystem::path& path);

// Decodes a growing list of ids and hands out whole UTF-8 characters only.
class StreamDecoder {
 public:
  explicit StreamDecoder(const Tokenizer& tokenizer) : tokenizer_(tokenizer) {}
  std::string push(TokenId id);  // newly completed characters
  std::string finish();          // what is left, broken sequences as U+FFFD

 private:
  const Tokenizer& tokenizer_;
  std::vector<TokenId> ids_;  // the last ones, the first of them for context only
  size_t given_ = 0;          // bytes of their text that were handed out
};

}  // namespace loom

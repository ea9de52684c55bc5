// Tokenizers out of the files they come in.
#pragma once

#include <nlohmann/json.hpp>

#include "core/model_files/gguf_file.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

struct TokenizerParts;

Result<std::shared_ptr<const Tokenizer>> tokenizer_from_gguf(const GgufFile& file);
// The folder supplies tokenizer_config.json and generation_config.json when they are there.
Result<std::shared_ptr<const Tokenizer>> tokenizer_from_json(const std::filesystem::path& file);
Result<std::shared_ptr<const Tokenizer>> tokenizer_from_sentence_piece(const std::filesystem::path& file);
Result<std::shared_ptr<const Tokenizer>> tokenizer_from_tiktoken(const std::filesystem::path& file);
Result<std::shared_ptr<const Tokenizer>> tokenizer_from_rwkv(const std::filesystem::path& file);
// Tokens by id, each as Python writes the inside of a bytes literal, control tokens as they are.
Result<std::shared_ptr<const Tokenizer>> rwkv_tokenizer_of(const GgufFile& file,
                                                           const std::vector<std::string>& tokens);
// What begins and ends a text; `adds_bos` is what holds when the file does not say.
void read_special(const GgufFile& file, bool adds_bos, TokenizerParts& parts);
// tokenizer.model is SentencePiece's or, of some models, tiktoken's.
bool is_tiktoken_text(std::string_view text);

}  // namespace loom

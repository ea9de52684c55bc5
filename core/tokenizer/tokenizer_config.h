// What tokenizer_config.json and generation_config.json say beside a vocabulary.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/tokenizer/pipeline_tokenizer.h"

namespace loom {

nlohmann::json tokenizer_config(const std::filesystem::path& folder);  // {} where there is none

// Which tokens begin a text and end an answer, by their texts among the added tokens.
void read_special_tokens(const std::filesystem::path& folder, TokenizerParts& parts);

// Which tokens surround every text, for vocabularies whose own file does not say: those that the
// tokenizer's class or add_bos_token and add_eos_token of tokenizer_config.json add.
void read_surrounding_tokens(const std::filesystem::path& folder, TokenizerParts& parts);

// A token as the file writes it: its text alone, or an object with flags. Empty where it is neither.
AddedToken token_of_config(const nlohmann::json& entry);

// added_tokens_decoder: special tokens of vocabularies whose own file lists only pieces.
std::vector<AddedToken> added_tokens_of_config(const nlohmann::json& config);

}  // namespace loom

// Tokens that a model folder names beside its tokenizer.json.
#pragma once

#include <filesystem>

#include "core/tokenizer/pipeline_tokenizer.h"

namespace loom {

// Adds what tokenizer_config.json lists (added_tokens_decoder) or names (bos_token,
// additional_special_tokens, ...) to the tokens of the vocabulary's own file, as transformers does:
// those that differ are replaced; new ones keep their place in the vocabulary or come behind all
// others, whatever number is given. Whether anything changed.
bool add_configured_tokens(const std::filesystem::path& folder,
                           const std::vector<std::string>& spellings,
                           std::vector<AddedToken>& added);

}  // namespace loom

// Tokenizers out of the two containers.
#pragma once

#include <nlohmann/json.hpp>

#include "core/model_files/gguf_file.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

Result<std::shared_ptr<const Tokenizer>> tokenizer_from_gguf(const GgufFile& file);
// The folder supplies tokenizer_config.json and generation_config.json when they are there.
Result<std::shared_ptr<const Tokenizer>> tokenizer_from_json(const std::filesystem::path& file);

}  // namespace loom

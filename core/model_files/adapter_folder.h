// Folders of PEFT adapters: small matrices that change another model, named by adapter_config.json.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace loom {

bool is_adapter(const std::filesystem::path& folder);
// The model that the adapter changes: a path, a folder beside the adapter's, or a repository of the
// Hugging Face cache.
Result<std::filesystem::path> adapter_base(const std::filesystem::path& folder);
// Where a model's tokenizer and chat template lie: with an adapter, or else with its base.
Result<std::filesystem::path> text_folder(const std::filesystem::path& model);

}  // namespace loom

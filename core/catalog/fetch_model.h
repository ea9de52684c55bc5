// Models brought from the hub: which of a repository's files make a model, and which are never
// taken.
#pragma once

#include "core/catalog/local_models.h"
#include "core/hub/fetch_files.h"

namespace loom {

// Configuration, tokenizer and weights. Safetensors come before GGUF; `pattern` picks among several
// GGUF files (a part of the name). Pickle files can run code when they are read and are refused.
Result<std::vector<HubFile>> choose_model_files(const HubRepo& repo,
                                                const std::vector<HubFile>& files,
                                                const std::string& pattern);

// Lists, chooses, fetches into the Hugging Face cache and looks at what came.
Result<LocalModel> fetch_model(const HubSettings& settings, const HubRepo& repo,
                               const std::string& pattern, const WatchFetch& watch,
                               std::stop_token stop = {});

}  // namespace loom

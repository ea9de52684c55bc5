// A prompt that is too long cut by words of its document, as some benchmarks' own programs do it.
#pragma once

#include <optional>

#include "core/execution/prompt_builder.h"

namespace loom {

// To at most `limit` tokens, many words at a time (PromptLimits::cut_words); no value where no such
// cut fits. `whole`: the prompt without a cut.
Result<std::optional<Prompt>> cut_by_words(const Record& record, const ModelText& model,
                                           const PromptLimits& limits, size_t limit,
                                           const Prompt& whole);

}  // namespace loom

// What tokenize, render, logits and generate are given, read and checked before any model is
// loaded.
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/base/generation.h"
#include "core/tokenizer/chat_template.h"

namespace loom::cli {

// "-" and nothing are standard input; an error past so many bytes.
Result<std::string> read_input(const std::string& file, size_t limit_bytes = 1u << 30);
// --model: a path, or the name of a model in one of the model folders.
Result<std::string> model_path(const Invocation& invocation);
// A JSON list, or an object's "ids".
Result<std::vector<TokenId>> ids_from(const nlohmann::json& json, const std::string& where);
// --ids or --prompt_file, in the model's own ids.
Result<std::vector<TokenId>> prompt_ids(const Invocation& invocation, const std::string& model);
// --context, or no values.
Result<TemplateValues> template_values(const Invocation& invocation);
// --now: ISO 8601, or empty.
Status check_time(const std::string& now);
// Whether a file can be written there, by writing and removing an empty one.
Status check_output(const std::string& file);

}  // namespace loom::cli

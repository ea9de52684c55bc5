// How likely the tested model finds a sample's references behind the sample's own prompt.
#pragma once

#include "core/evaluation/sample.h"
#include "core/execution/model_text.h"
#include "core/servers/model_server.h"

namespace loom {

// What stands between prompt and reference: the parameter "separator", else a space where prompt
// and reference would run into each other in a script that has spaces.
std::string reference_separator(const std::string& prompt, const std::string& reference,
                                const nlohmann::json& parameters);

// Tokens that each reference takes behind a prompt, at most: a separator may be one of its own. 0
// for a reference without a text, which is not read.
std::vector<size_t> reference_lengths(const ModelText& model,
                                      const std::vector<std::string>& references);

// reference_perplexity of one sample. Its prompt needs text and ids.
Result<SampleScore> score_references(ModelServer& server, const ModelText& model,
                                     const Prompt& prompt, bool with_chat,
                                     const std::vector<std::string>& references,
                                     const nlohmann::json& parameters, std::stop_token stop);

}  // namespace loom

#include "core/execution/reference_likelihood.h"

#include <algorithm>

#include "core/metrics/perplexity.h"
#include "core/text/character_class.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

constexpr const char* kMetric = "reference_perplexity";

// Chinese, Japanese and full-width punctuation follow each other without spaces.
bool writes_without_spaces(uint32_t c) {
  return is_han(c) || (c >= 0x3000 && c <= 0x30ff) || (c >= 0xff00 && c <= 0xffef);
}

uint32_t first_character(std::string_view text) {
  return decode_utf8(text, 0).value;
}

uint32_t last_character(std::string_view text) {
  size_t at = text.size() - 1;
  for (int back = 0; back < 3 && at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
       ++back)
    --at;
  return decode_utf8(text, at).value;
}

// The tokens of separator and reference as the model would have to write them behind the prompt's
// own ids. `with_chat`: as the prompt was made.
std::vector<TokenId> continuation_of(const ModelText& model, const Prompt& prompt, bool with_chat,
                                     const std::string& text) {
  std::vector<TokenId> whole = model.encode(prompt.text + text, with_chat);
  const auto begin = static_cast<ptrdiff_t>(prompt.ids.size());
  if (std::ssize(whole) > begin &&
      std::equal(prompt.ids.begin(), prompt.ids.end(), whole.begin())) {
    // A tokenizer may close a text with a token of its own: that is no part of the reference.
    const auto& ends = model.tokenizer->special().end;
    if (!model.chat_used(with_chat) &&
        std::find(ends.begin(), ends.end(), whole.back()) != ends.end())
      whole.pop_back();
    whole.erase(whole.begin(), whole.begin() + begin);
    if (!whole.empty()) return whole;
  }
  // Written together the two share a token. The model got the prompt alone, so the reference is
  // looked up as a text of its own behind it.
  return model.tokenizer->encode(text);
}

}  // namespace

std::string reference_separator(const std::string& prompt, const std::string& reference,
                                const nlohmann::json& parameters) {
  if (auto own = parameters.find("separator"); own != parameters.end() && own->is_string())
    return own->get<std::string>();
  if (prompt.empty() || reference.empty()) return "";
  const uint32_t left = last_character(prompt), right = first_character(reference);
  if (is_python_space(left) || is_python_space(right)) return "";
  return writes_without_spaces(left) || writes_without_spaces(right) ? "" : " ";
}

std::vector<size_t> reference_lengths(const ModelText& model,
                                      const std::vector<std::string>& references) {
  std::vector<size_t> lengths;
  for (const std::string& text : references)
    lengths.push_back(text.empty() ? 0 : model.tokenizer->encode(text).size() + 1);
  return lengths;
}

Result<SampleScore> score_references(ModelServer& server, const ModelText& model,
                                     const Prompt& prompt, bool with_chat,
                                     const std::vector<std::string>& references,
                                     const nlohmann::json& parameters, std::stop_token stop) {
  std::vector<LikelihoodRequest> requests;
  std::vector<ReferenceLikelihood> found(references.size());
  for (size_t i = 0; i < references.size(); ++i) {
    const std::string text =
        reference_separator(prompt.text, references[i], parameters) + references[i];
    found[i].bytes = text.size();
    LikelihoodRequest request{i, prompt.ids, prompt.context_end,
                              continuation_of(model, prompt, with_chat, text)};
    if (!request.continuation.empty()) requests.push_back(std::move(request));
  }
  if (requests.empty())
    return Error{ErrorKind::invalid_input, "the sample has no reference with a text", kMetric,
                 "Perplexity needs the right answer as text"};
  std::optional<Error> failure;
  LOOM_CHECK(server.likelihoods(
      requests,
      [&](uint64_t id, Result<Likelihood> result) {
        if (!result) {
          failure = result.error();
          return;
        }
        found[id].log_probability = result->log_probability;
        found[id].tokens = result->tokens;
      },
      stop));
  if (failure) return *failure;
  MetricScore score = best_perplexity(found);
  if (score.parts.contains("reference"))
    score.parsed = references.at(score.parts["reference"].get<size_t>() - 1);
  LOOM_TRY(const Metric* metric, find_metric(kMetric));
  return SampleScore{metric->id,   metric->version, score.value,
                     score.parsed, score.rule,      std::move(score.parts)};
}

}  // namespace loom

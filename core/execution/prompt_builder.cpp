#include "core/execution/prompt_builder.h"

#include <algorithm>
#include <optional>

#include "core/execution/assembled_prompt.h"
#include "core/execution/word_cut.h"

namespace loom {
namespace {

struct Cut {
  size_t begin = 0, end = 0;  // document tokens [begin, end) that go
};

Cut place_cut(size_t document, size_t excess, TruncationRule rule) {
  size_t kept = document - excess;
  switch (rule) {
    case TruncationRule::head:
      return {0, excess};
    case TruncationRule::tail:
      return {kept, document};
    default:
      return {kept - kept / 2, kept - kept / 2 + excess};
  }
}

Error too_long(size_t tokens, size_t limit, const std::string& why) {
  return {ErrorKind::invalid_input,
          "the prompt has " + std::to_string(tokens) + " tokens, the window leaves room for " +
              std::to_string(limit) + why,
          "prompt",
          "Use a model with a longer window, a shorter length, or another truncation rule"};
}

}  // namespace

Result<Prompt> build_prompt(const Record& record, const ModelText& model,
                            const PromptLimits& limits) {
  LOOM_TRY(Prompt whole, assemble(record, model, limits.with_chat));
  whole.truncation.intended_tokens = whole.truncation.sent_tokens = whole.ids.size();
  size_t answer = static_cast<size_t>(std::max(limits.max_new_tokens, 0));
  if (limits.window_tokens == 0 || whole.ids.size() + answer <= limits.window_tokens) return whole;
  size_t limit = limits.window_tokens > answer ? limits.window_tokens - answer : 0;
  if (limits.rule == TruncationRule::fail)
    return too_long(whole.ids.size(), limit, " and the plan's rule is not to cut");

  if (limits.cut_words > 0 && limits.rule != TruncationRule::middle) {
    LOOM_TRY(std::optional<Prompt> cut, cut_by_words(record, model, limits, limit, whole));
    if (cut) return std::move(*cut);
  }

  size_t document_bytes = record.context_end > 0 ? record.context_end : record.prompt.size();
  auto document = model.tokenizer->encode(record.prompt.substr(0, document_bytes));
  size_t excess = whole.ids.size() - limit;
  // Joining the two halves can make a token more or less, so the cut grows until it fits.
  for (int attempt = 0; attempt < 16 && excess < document.size(); ++attempt) {
    Cut cut = place_cut(document.size(), excess, limits.rule);
    std::span<const TokenId> ids(document);
    bool lost = false;
    Record shorter =
        shortened(record, model.tokenizer->decode(ids.first(cut.begin), false),
                  model.tokenizer->decode(ids.subspan(cut.end), false), document_bytes, lost);
    LOOM_TRY(Prompt prompt, assemble(shorter, model, limits.with_chat));
    if (prompt.ids.size() <= limit) {
      size_t before = whole.context_end > 0
                          ? whole.context_end - std::min(whole.context_end, document.size())
                          : 0;
      prompt.truncation = {
          true, whole.ids.size(), prompt.ids.size(), before + cut.begin, before + cut.end, lost};
      prompt.tokenise_s += whole.tokenise_s;
      return prompt;
    }
    excess += prompt.ids.size() - limit;
  }
  return too_long(whole.ids.size(), limit, " and the part that may not be cut alone is longer");
}

}  // namespace loom

// A record becomes a prompt: chat wrapper, ids, the cut point at the end of the shared document,
// and, when it does not fit the window, a recorded cut inside that document.
#pragma once

#include "core/evaluation/sample.h"
#include "core/execution/model_text.h"

namespace loom {

struct PromptLimits {
  size_t window_tokens = 0;  // prompt and answer together; 0: no limit
  int max_new_tokens = 0;
  TruncationRule rule = TruncationRule::middle;
  bool with_chat = true;
  // Where only one end is cut: as many words of the document are kept as the prompt may have
  // tokens, then so many fewer each time until it fits. 0: no token more than must goes.
  size_t cut_words = 0;
};
// Of Record::metadata: the value of PromptLimits::cut_words for the record.
inline constexpr const char* kCutWords = "cut_words";

// Cuts only the shared document (or, when a record declares none, the user's turn): the wrapper,
// the question and the answer prefix always survive. Rule `fail`, or a question that alone is too
// long, is an Error with both token counts.
Result<Prompt> build_prompt(const Record& record, const ModelText& text,
                            const PromptLimits& limits);

}  // namespace loom

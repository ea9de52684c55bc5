#include "core/execution/word_cut.h"

#include <algorithm>

#include "core/execution/assembled_prompt.h"

namespace loom {
namespace {

// As many of the document's words as that, its first or its last, or all of it where it has no
// more.
std::string kept_words(const std::string& document, size_t words, bool first) {
  size_t at = first ? 0 : document.size();
  for (size_t n = 0; n < words; ++n) {
    if (first)
      at = document.find(' ', n == 0 ? 0 : at + 1);
    else
      at = at == 0 ? std::string::npos : document.rfind(' ', at - 1);
    if (at == std::string::npos) return document;
  }
  return first ? document.substr(0, at) : document.substr(at + 1);
}

class WordCut {
 public:
  WordCut(const Record& record, const ModelText& model, const PromptLimits& limits, size_t limit)
      : record_(record),
        model_(model),
        limits_(limits),
        limit_(limit),
        document_(record.prompt.substr(
            0, record.context_end > 0 ? record.context_end : record.prompt.size())) {}

  Result<std::optional<Prompt>> make(const Prompt& whole) const {
    // What is kept falls from round to round: the first that fits is searched for.
    std::optional<Prompt> fitting;
    size_t low = 0, high = limit_ == 0 ? 0 : (limit_ - 1) / limits_.cut_words + 1;
    while (low < high) {
      const size_t round = (low + high) / 2;
      LOOM_TRY(std::optional<Prompt> prompt, attempt(round));
      if (prompt) {
        fitting = std::move(prompt);
        high = round;
      } else {
        low = round + 1;
      }
    }
    if (fitting) record_cut(*fitting, kept_of(high), whole);
    return fitting;
  }

 private:
  bool keeps_first() const { return limits_.rule == TruncationRule::tail; }

  std::string kept_of(size_t round) const {
    return kept_words(document_, limit_ - round * limits_.cut_words, keeps_first());
  }

  Result<std::optional<Prompt>> attempt(size_t round) const {
    const std::string kept = kept_of(round);
    if (kept.size() == document_.size()) return std::optional<Prompt>();
    bool lost = false;
    const Record shorter = shortened(record_, keeps_first() ? kept : "", keeps_first() ? "" : kept,
                                     document_.size(), lost);
    LOOM_TRY(Prompt prompt, assemble(shorter, model_, limits_.with_chat));
    if (prompt.ids.size() > limit_) return std::optional<Prompt>();
    prompt.truncation.evidence_lost = lost;
    return std::optional<Prompt>(std::move(prompt));
  }

  void record_cut(Prompt& prompt, const std::string& kept, const Prompt& whole) const {
    const size_t all = model_.tokenizer->encode(document_).size();
    const size_t gone = all - std::min(all, model_.tokenizer->encode(kept).size());
    const size_t begin = whole.context_end - std::min(whole.context_end, all);
    const size_t from = keeps_first() ? begin + all - gone : begin;
    const bool lost = prompt.truncation.evidence_lost;
    prompt.truncation = {true, whole.ids.size(), prompt.ids.size(), from, from + gone, lost};
    prompt.tokenise_s += whole.tokenise_s;
  }

  const Record& record_;
  const ModelText& model_;
  const PromptLimits& limits_;
  const size_t limit_;
  const std::string document_;
};

}  // namespace

Result<std::optional<Prompt>> cut_by_words(const Record& record, const ModelText& model,
                                           const PromptLimits& limits, size_t limit,
                                           const Prompt& whole) {
  return WordCut(record, model, limits, limit).make(whole);
}

}  // namespace loom

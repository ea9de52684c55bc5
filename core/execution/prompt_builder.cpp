#include "core/execution/prompt_builder.h"

#include <algorithm>
#include <optional>

#include "core/base/elapsed.h"

namespace loom {
namespace {

// Where the user's turn begins in the finished text. Templates may trim the turn's white space.
struct UserPlace {
  size_t begin = std::string::npos;  // in the finished text
  size_t trimmed = 0;                // bytes of the turn that were trimmed at its start
};

UserPlace find_user(const std::string& text, const std::string& user) {
  if (size_t at = text.find(user); at != std::string::npos) return {at, 0};
  size_t first = user.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  size_t last = user.find_last_not_of(" \t\r\n");
  size_t at = text.find(user.substr(first, last - first + 1));
  return at == std::string::npos ? UserPlace{} : UserPlace{at, first};
}

// Tokens of `ids` that lie wholly before byte `end` of `text`.
size_t tokens_before(const ModelText& model, const std::string& text, size_t end, bool with_chat,
                     const std::vector<TokenId>& ids) {
  auto head = model.encode(text.substr(0, end), with_chat);
  auto differ = std::mismatch(head.begin(), head.end(), ids.begin(), ids.end());
  return static_cast<size_t>(differ.first - head.begin());
}

Result<Prompt> assemble(const Record& record, const ModelText& model, bool with_chat) {
  Prompt prompt;
  LOOM_TRY(prompt.text, model.wrap(record.prompt, record.answer_prefix, with_chat, record.system));
  auto start = std::chrono::steady_clock::now();
  prompt.ids = model.encode(prompt.text, with_chat);
  prompt.tokenise_s = seconds_since(start);
  UserPlace place = find_user(prompt.text, record.prompt);
  if (place.begin == std::string::npos) return prompt;
  auto moved = [&](size_t byte) {
    return place.begin + std::max(byte, place.trimmed) - place.trimmed;
  };
  for (const ByteSpan& span : record.evidence)
    prompt.evidence.push_back({moved(span.begin), moved(span.end)});
  if (record.context_end > 0)
    prompt.context_end =
        tokens_before(model, prompt.text, moved(record.context_end), with_chat, prompt.ids);
  return prompt;
}

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

// The record with the middle, head or tail of its document gone, and its spans moved along.
Record shortened(const Record& record, const std::string& left, const std::string& right,
                 size_t document_bytes, bool& evidence_lost) {
  Record cut = record;
  cut.prompt = left + right + record.prompt.substr(document_bytes);
  size_t cut_begin = left.size(), cut_end = document_bytes - std::min(document_bytes, right.size());
  if (record.context_end > 0) cut.context_end = left.size() + right.size();
  cut.evidence.clear();
  evidence_lost = false;
  for (const ByteSpan& span : record.evidence) {
    if (span.end <= cut_begin) {
      cut.evidence.push_back(span);
    } else if (span.begin >= cut_end) {
      cut.evidence.push_back(
          {span.begin - (cut_end - cut_begin), span.end - (cut_end - cut_begin)});
    } else {
      evidence_lost = true;
    }
  }
  return cut;
}

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

// Cuts by words, many at a time; no value where no such cut fits.
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
    LOOM_TRY(std::optional<Prompt> cut, WordCut(record, model, limits, limit).make(whole));
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

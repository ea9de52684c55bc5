#include "core/execution/assembled_prompt.h"

#include <algorithm>

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

}  // namespace

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

}  // namespace loom

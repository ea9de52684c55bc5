#include "core/benchmarks/wording.h"

#include <algorithm>

#include "core/benchmarks/house_data.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

using nlohmann::json;

// The end of the pattern's last gap that `names` holds, behind its closing brace; npos: none.
size_t end_of_last_gap(const std::string& pattern, const std::set<std::string>& names) {
  size_t end = std::string::npos;
  for (size_t open = pattern.find('{'); open != std::string::npos;
       open = pattern.find('{', open + 1)) {
    const size_t close = pattern.find('}', open);
    if (close == std::string::npos) break;
    if (names.contains(pattern.substr(open + 1, close - open - 1))) end = close + 1;
  }
  return end;
}

}  // namespace

Result<Wording> task_wording(const TaskRequest& request, const std::string& benchmark) {
  if (request.wording) return *request.wording;
  const std::string file = "templates/" + benchmark + ".json";
  LOOM_TRY(const json root, house_json(file));
  try {
    const json& tasks = root.at("tasks");
    const json* named = &(tasks.contains(request.task) ? tasks.at(request.task) : tasks.at("*"));
    if (named->is_string()) named = &tasks.at(named->get<std::string>());
    const json& task = *named;
    Wording wording;
    wording.system = task.value("system", "");
    wording.prompt = task.at("prompt").get<std::string>();
    wording.answer_prefix = task.value("answer_prefix", "");
    wording.label = "house " + root.at("version").dump();
    return wording;
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), file + ": " + request.task,
                 "Install LoomScope again"};
  }
}

void write_prompt(Record& record, const Wording& wording, const Slots& slots,
                  const std::set<std::string>& context_slots) {
  record.system = fill(wording.system, slots);
  record.answer_prefix = fill(wording.answer_prefix, slots);
  record.context_end = 0;
  const size_t gap = end_of_last_gap(wording.prompt, context_slots);
  if (gap == std::string::npos) {
    record.prompt = fill(wording.prompt, slots);
  } else {
    record.prompt = fill(wording.prompt.substr(0, gap), slots);
    record.context_end = record.prompt.size();
    record.prompt += fill(wording.prompt.substr(gap), slots);
  }
  if (wording.max_new_tokens) record.max_new_tokens = wording.max_new_tokens;
}

void mark_document(Record& record, std::string_view document) {
  constexpr size_t kMarkBytes = 80;
  std::string_view head = document.substr(0, kMarkBytes);
  head.remove_suffix(incomplete_tail(head));
  std::string_view tail = document.substr(document.size() - std::min(document.size(), kMarkBytes));
  // From the first whole character on.
  while (!tail.empty() && (static_cast<unsigned char>(tail.front()) & 0xc0) == 0x80)
    tail.remove_prefix(1);
  record.metadata["document_head"] = repair_utf8(head);
  record.metadata["document_tail"] = repair_utf8(tail);
}

}  // namespace loom

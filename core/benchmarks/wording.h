// From a record's fields and a template to a prompt whose shared document is marked.
#pragma once

#include <set>

#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/slot_text.h"

namespace loom {

// The wording for the request's task: the plan's prompt pack when it has one, else ours in
// resources/templates/BENCHMARK.json: {"format": 1, "version": 1, "tasks": {"TASK": {"system",
// "prompt", "answer_prefix"}}}. The entry "*" serves tasks that are not named; an entry that is a
// text names another one.
Result<Wording> task_wording(const TaskRequest& request, const std::string& benchmark);

// Fills system, prompt and answer prefix. context_end becomes the end of the last gap named in
// `context_slots`: what shares a document shares every byte before it. A record without such a gap
// keeps context_end 0.
void write_prompt(Record& record, const Wording& wording, const Slots& slots,
                  const std::set<std::string>& context_slots = {"context"});

// Says in the metadata how the document begins and ends, for whoever has to find it in the prompt
// as it was sent.
void mark_document(Record& record, std::string_view document);

}  // namespace loom

// The questions that the judging of particular benchmarks is made of. Ours and versioned as the
// rubrics are; a task's score names the version of its TaskRubric, which is raised with any of
// these.
#pragma once

#include "core/judge/rubric.h"

namespace loom {

std::span<const Rubric> task_questions();
// By the ids in task_questions.cpp.
const Rubric& task_question(std::string_view id);

}  // namespace loom

// Answers to the questions of bAbI's tasks, found from a story's sentences alone.
#pragma once

#include <set>

#include "core/benchmarks/babi_story.h"

namespace loom::testing {

using Facts = std::vector<std::string>;

std::string solve(const std::string& task, const BabiStory& story);
// Of the things that stories tell of, those that somebody holds at the end; for qa8, whose answer
// is a list.
std::set<std::string> things_of(const Facts& facts, const std::string& person);

}  // namespace loom::testing

// The small stories behind BABILong: facts in order, a question, and the answer that follows. They
// come from bAbI's own files when the user has them, else from worlds simulated here, which keep to
// bAbI's twenty kinds of question and to the labels its answers are scored by, in our own words.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/base/result.h"

namespace loom {

struct BabiStory {
  std::vector<std::string> facts;
  std::string question, answer;
  std::vector<size_t> supporting;  // of the facts; empty where the source does not say
};

// `task`: "qa1" … "qa20".
Result<BabiStory> house_story(const std::string& task, Random random);

// bAbI's text format: numbered lines; a question line holds question, answer and the numbers of its
// facts between tabs; number 1 begins a new story. Every question becomes a story of the statements
// before it.
Result<std::vector<BabiStory>> parse_babi(const std::string& text, const std::string& where);

}  // namespace loom

// Samples that ask twice: the second question quotes the first answer.
#pragma once

#include "core/evaluation/sample.h"

namespace loom {

// The second question of a record that has one.
Record second_question(const Record& record, const std::string& first_answer);

// Writes the joined text and the sums of both answers' counts and times into `second`; the sample
// keeps the first answer and the second prompt in its metadata.
void join_answers(const FollowUp& follow_up, const GenerationResult& first,
                  const std::string& second_prompt, Sample& sample, GenerationResult& second);

}  // namespace loom

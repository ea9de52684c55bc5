// Paragraphs and questions on them, for RULER's two QA tasks.
#pragma once

#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"

namespace loom {

struct ParagraphQuestion {
  std::string question;
  std::vector<std::string> answers;
  std::vector<uint32_t> gold;     // paragraphs that hold the answer, all of them needed
  std::vector<uint32_t> related;  // paragraphs to be taken before others
};

struct QuestionSet {
  std::vector<std::string> paragraphs;
  std::vector<ParagraphQuestion> questions;
  std::string data_label;
};

// Generated people and towns; `hops` 1: a fact of a person, 2: a fact of a person's town of birth.
Result<QuestionSet> house_questions(const TaskRequest& request, int hops);
// SQuAD v2.0 dev: answerable questions in file order.
Result<QuestionSet> squad_questions(const std::filesystem::path& file);
// HotpotQA dev distractor v1.
Result<QuestionSet> hotpot_questions(const std::filesystem::path& file);

}  // namespace loom

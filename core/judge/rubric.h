// How a judge is asked. The wording is ours and versioned: a score names the version it came from,
// and another wording is another version.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/judge/judge_model.h"

namespace loom {

// A verdict that is one of several words.
struct VerdictWord {
  std::string_view word;
  double value;  // 0…1
};

struct Rubric {
  // text: no verdict; what the judge writes goes into a later question.
  enum class Kind { yes_no, grade, dimensions, preference, words, text };

  const char* id;  // "correct"; the metric is judge_<id>
  int version;     // raised with every change of the wording or of the parsing
  Kind kind;
  int low, high;         // of grades; one step is (high - low)⁻¹ of the score
  bool needs_reference;  // else the answer is judged by the question alone
  const char* summary;   // for people
  const char* task;      // to the judge: what to look at
  const char* form;      // to the judge: the shape of the verdict, said again in a repair
  int max_tokens;
  std::span<const VerdictWord> words = {};
};

struct JudgeCase {
  std::string question;  // may be the tail of a long prompt
  std::string reference;
  std::string answer;
  std::string other_answer;  // of preferences
};

// correct, grade, grade5, quality, pairwise
std::span<const Rubric> all_rubrics();
Result<const Rubric*> find_rubric(const std::string& id);
// Of Rubric::Kind::dimensions, in the order asked for.
std::span<const char* const> quality_dimensions();

// A text to grade or to grade by, between tags of this name.
struct CasePart {
  const char* tag;
  std::string text;
};

// Texts of a case stand between tags that occur in none of them, so that an answer cannot end its
// own part and go on as the judge's instructions.
std::vector<ChatMessage> rubric_messages(const Rubric& rubric, std::span<const CasePart> parts);
std::vector<CasePart> case_parts(const Rubric& rubric, const JudgeCase& one);
// The same, with what the judge said and the request to say it in the right form.
std::vector<ChatMessage> repair_messages(const Rubric& rubric, std::vector<ChatMessage> asked,
                                         const std::string& said);

}  // namespace loom

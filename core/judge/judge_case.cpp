#include <algorithm>
#include <array>
#include <string_view>

#include "core/judge/judge_run.h"
#include "core/metrics/answer_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

// Of a prompt whose question is not known apart: it stands behind the document, at the end.
constexpr size_t kMostTail = 3000;

// Metrics that want every reference in the answer; the others are content with one.
constexpr std::array<std::string_view, 5> kWantAll{"bracket_numbers", "contains_all",
                                                   "number_share", "star_counts", "written_form"};

// The task whose two answers are joined so: "True [fact: False]".
constexpr std::string_view kJoinedMetric = "leval_exam", kJoint = "[fact:";

std::string tail_of(const std::string& prompt) {
  if (prompt.size() <= kMostTail) return prompt;
  size_t from = prompt.size() - kMostTail;
  // From the next line on, where one begins soon; else from the next whole character.
  if (const size_t line = prompt.find('\n', from); line < from + kMostTail / 2) from = line + 1;
  while (from < prompt.size() && (static_cast<unsigned char>(prompt[from]) & 0xc0) == 0x80) ++from;
  return "[...]\n" + prompt.substr(from);
}

std::string question_of(const Sample& sample) {
  for (const char* field : {"asked", "question"})
    if (const auto found = sample.metadata.find(field);
        found != sample.metadata.end() && found->is_string())
      return found->get<std::string>();
  return tail_of(sample.prompt.text);
}

std::string reference_of(const Sample& sample, const std::string& metric) {
  if (sample.references.empty()) return "";
  if (sample.references.size() == 1) return sample.references.front();
  const bool all = std::find(kWantAll.begin(), kWantAll.end(), metric) != kWantAll.end();
  std::string text = all ? "All of these:" : "Any one of these is right:";
  for (const std::string& reference : sample.references) text += "\n- " + reference;
  return text;
}

}  // namespace

size_t leave_thought_aside(Sample& sample) {
  std::string& text = sample.result.text;
  const size_t before = text.size();
  const bool joined = sample.score && sample.score->metric == kJoinedMetric;
  const size_t joint = joined ? text.rfind(kJoint) : std::string::npos;
  const std::string first(after_thought(std::string_view(text).substr(0, joint)));
  if (joint == std::string::npos) {
    text = first;
  } else {
    std::string_view second = std::string_view(text).substr(joint + kJoint.size());
    const std::string known(after_thought(second));
    const std::string between = known.size() < second.size() ? " " : "";
    text = first + std::string(kJoint) + between + known;
  }
  return before - std::min(before, text.size());
}

void note_thought(Verdict& verdict, size_t bytes) {
  if (bytes == 0) return;
  verdict.parts["thought_bytes_left_out"] = bytes;
  verdict.rule = "behind </think>: " + verdict.rule;
}

JudgeCase judge_case(const Sample& sample, const std::string& metric) {
  return {question_of(sample), reference_of(sample, metric), sample.result.text, ""};
}

}  // namespace loom

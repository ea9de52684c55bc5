#include <algorithm>
#include <array>
#include <string_view>

#include "core/judge/judge_run.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

// Of a prompt whose question is not known apart: it stands behind the document, at the end.
constexpr size_t kMostTail = 3000;

// Metrics that want every reference in the answer; the others are content with one.
constexpr std::array<std::string_view, 5> kWantAll{"bracket_numbers", "contains_all",
                                                   "number_share", "star_counts", "written_form"};

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

JudgeCase judge_case(const Sample& sample, const std::string& metric) {
  return {question_of(sample), reference_of(sample, metric), sample.result.text, ""};
}

}  // namespace loom

// Running text for putting passages in order: the user's books, the books inside published files of
// that task, or a journey told here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"

namespace loom {

class StorySource {
 public:
  virtual ~StorySource() = default;
  // Consecutive paragraphs of one text, together at least so many tokens long. The same index and
  // seed give the same text.
  virtual Result<std::vector<std::string>> paragraphs(size_t index, size_t tokens) const = 0;
  virtual std::string label() const = 0;
};

// Books: text files in the folder books (or pg19) of the benchmark's folder.
Result<std::unique_ptr<StorySource>> story_source(const TaskRequest& request, std::stop_token stop);

// The text that a published prompt was cut from: what stands before its parts, the parts in their
// right order, and what stands after them. Empty when the prompt has not these six, in lines that
// begin with "Before:", "Part 1:" … "Part 4:" and "After:".
std::string text_of_prompt(const std::string& prompt, const std::vector<int>& order);
// Parted at blank lines, without line ends inside.
std::vector<std::string> split_paragraphs(const std::string& text);

}  // namespace loom

// Pre-tokenisation: a text in pieces that merges never cross. Steps run one after the other, each on
// the pieces of the one before.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace loom {

using PieceSink = std::function<void(std::string_view)>;

class Splitter {
 public:
  virtual ~Splitter() = default;
  virtual void split(std::string_view text, const PieceSink& sink) const = 0;
};

// The patterns of published models, written out by hand; each is checked against its regular
// expression in the tests.
std::unique_ptr<Splitter> gpt2_splitter();
// Llama 3 (digits in groups of three), Qwen 2 (single digits): contractions in any case, one leading
// non-letter per word, line ends with what precedes them.
std::unique_ptr<Splitter> llama3_splitter(int digits);
std::unique_ptr<Splitter> digits_splitter(bool individual);

enum class SplitBehaviour { isolated, removed, merged_with_previous, merged_with_next, contiguous };
Result<std::unique_ptr<Splitter>> regex_splitter(const std::string& pattern, SplitBehaviour behaviour, bool invert);

std::unique_ptr<Splitter> splitter_sequence(std::vector<std::unique_ptr<Splitter>> steps);

// The hand-made splitter of a known pattern, or a PCRE2 one.
Result<std::unique_ptr<Splitter>> splitter_for_pattern(const std::string& pattern, SplitBehaviour behaviour, bool invert);

constexpr const char* kGpt2Pattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr const char* kLlama3Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* kQwen2Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

}  // namespace loom

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
  // Pieces live as long as the sink runs. Texts are valid UTF-8.
  virtual void split(std::string_view text, const PieceSink& sink) const = 0;
  // As split, for a text that begins the whole input.
  virtual void split_start(std::string_view text, const PieceSink& sink) const { split(text, sink); }
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

std::unique_ptr<Splitter> white_space_splitter();  // at white space, which goes
std::unique_ptr<Splitter> word_splitter();         // \w+|[^\w\s]+
std::unique_ptr<Splitter> bert_splitter();         // white space, then each punctuation mark
std::unique_ptr<Splitter> punctuation_splitter(SplitBehaviour behaviour);
std::unique_ptr<Splitter> length_splitter(size_t characters);

enum class PrefixSpace { never, first, always };
// Spaces become `mark`, and each mark begins a piece where `splits`.
std::unique_ptr<Splitter> metaspace_splitter(std::string mark, PrefixSpace prefix, bool splits);
std::unique_ptr<Splitter> prefix_space_splitter();  // a space in front where there is none
std::unique_ptr<Splitter> byte_level_splitter();    // bytes as GPT-2's characters, in one piece
// A cut before each run of marks: for merges that never join a word to the mark after it.
std::unique_ptr<Splitter> word_start_splitter(std::string mark);

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

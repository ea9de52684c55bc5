// Steps that several scorers share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/metrics/metric.h"

namespace loom {

std::string trimmed(std::string_view text);  // ASCII and Unicode white space at both ends
std::string first_line(std::string_view text);
bool is_ascii_digit(char c);
void replace_all(std::string& text, std::string_view from, std::string_view to);
// Control characters become line ends, ends are trimmed (RULER's post-processing).
std::string without_controls(std::string_view text);
// Lower case, punctuation to spaces, one space between words; Chinese characters stand alone.
std::vector<std::string> normal_words(std::string_view text);

// The part of an answer that a task scores: all of it, or with the parameter "first_line" its first
// line, leading line ends left aside (LongBench's few-shot tasks).
std::string scored_part(const MetricInput& input);

// What follows the last </think>, white space at its begin left aside; all of a text where no
// thought ends.
std::string_view after_thought(std::string_view text);

// As Python compares numbers of JSON: 2.0 is 2, true is 1. None: no whole number.
std::optional<int64_t> python_integer(const nlohmann::json& item);

// A run of decimal digits of any script, as Python's \d+ finds it.
struct DigitRun {
  std::string written, digits;  // digits: in ASCII
};
std::vector<DigitRun> digit_runs(std::string_view text);

// LIBRA: outputs that must not occur in the answer, "negative_outputs" of the record, take their
// share off a score; all of them take everything.
void take_off_negatives(const MetricInput& input, MetricScore& score);

}  // namespace loom

// InfiniteBench's scorers of words and numbers, as they reproduce the published table.
#include <algorithm>
#include <charconv>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/metrics/infinitebench.h"
#include "core/text/normalise.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

// The value of an integer as it is written, "" for what is none: a sign, then digits; leading zeros
// and a plus do not matter.
std::string integer(std::string_view text) {
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_ascii_digit)) return "";
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  return (minus && text != "0" ? "-" : "") + std::string(text);
}

MetricScore compared(const char* rule, std::string parsed, bool right) {
  return {right ? 1.0 : 0.0, std::move(parsed), rule};
}

const std::string& first_of(const MetricInput& input) {
  static const std::string nothing;
  return input.references.empty() ? nothing : input.references[0];
}

// The first run of ASCII digits.
std::string first_digits(std::string_view text) {
  const auto begin = std::find_if(text.begin(), text.end(), is_ascii_digit);
  return {begin, std::find_if_not(begin, text.end(), is_ascii_digit)};
}

// The first "12.5" or "12", in ASCII digits.
std::string first_number_in(std::string_view text) {
  std::string number;
  bool pointed = false;
  auto digit_at = [&](size_t at) {
    return at < text.size() ? python_digit(decode_utf8(text, at).value) : -1;
  };
  for (size_t at = 0; at < text.size(); at += decode_utf8(text, at).bytes) {
    if (const int digit = digit_at(at); digit >= 0) {
      number += static_cast<char>('0' + digit);
    } else if (!number.empty()) {
      if (pointed || text[at] != '.' || digit_at(at + 1) < 0) break;
      pointed = true;
      number += '.';
    }
  }
  return number;
}

}  // namespace

std::string with_spaces_for(std::string_view text, std::string_view marks) {
  std::string result(text);
  for (char& c : result)
    if (marks.find(c) != std::string_view::npos) c = ' ';
  return result;
}

MetricScore first_number(const MetricInput& input) {
  const std::string number = first_digits(input.prediction);
  return compared("first run of digits", number, !number.empty() && number == first_of(input));
}

MetricScore word_match(const MetricInput& input) {
  const bool upper = input.parameters.value("upper", false);
  const std::string text = upper ? upper_case(input.prediction) : std::string(input.prediction);
  // "anywhere": any of the references, also within a word and without regard to case.
  if (input.parameters.value("anywhere", false)) {
    const auto found = std::find_if(
        input.references.begin(), input.references.end(), [&](const std::string& reference) {
          return upper_case(input.prediction).find(upper_case(reference)) != std::string::npos;
        });
    const bool hit = found != input.references.end();
    return compared("a reference anywhere", hit ? *found : "", hit);
  }
  const std::string spaced = with_spaces_for(text, kInfiniteBenchMarks);
  const auto words = split_at_spaces(spaced);
  const bool right = std::find(words.begin(), words.end(), first_of(input)) != words.end();
  return compared("a word of the answer", right ? first_of(input) : "", right);
}

MetricScore last_number(const MetricInput& input) {
  const std::string spaced = with_spaces_for(strip_spaces(input.prediction), "\n.`'\":");
  const auto words = split_at_spaces(spaced);
  const std::string number = words.empty() ? "" : integer(words.back());
  return compared("last word as an integer", number,
                  !number.empty() && number == integer(first_of(input)));
}

MetricScore first_value(const MetricInput& input) {
  const std::string number = first_number_in(input.prediction), &gold = first_of(input);
  const std::string whole = integer(gold);
  bool right = false;
  if (!whole.empty()) {
    // "fractions_only": whole numbers are compared with a text there and never equal.
    right = !input.parameters.value("fractions_only", false) &&
            integer(number) == whole;  // "3.5" against a whole number is wrong
  } else if (!number.empty()) {
    double answer = 0, reference = 1;
    std::from_chars(number.data(), number.data() + number.size(), answer);
    const auto read = std::from_chars(gold.data(), gold.data() + gold.size(), reference);
    right = read.ec == std::errc() && answer == reference;
  }
  return compared("first number, signs ignored", number, right);
}

MetricScore number_prefix(const MetricInput& input) {
  const auto runs = digit_runs(input.prediction);
  size_t same = 0;
  while (same < runs.size() && same < input.references.size() &&
         integer(runs[same].digits) == integer(input.references[same]))
    ++same;
  MetricScore score{0.0, std::to_string(same) + " numbers", "numbers right from the beginning on"};
  if (!input.references.empty())
    score.value = static_cast<double>(same) / static_cast<double>(input.references.size());
  return score;
}

}  // namespace loom

// Counting-Stars: the share of stars whose right count the answer's list holds; where a wrong count
// was written beside the right one, both earn half and the wrong one alone a quarter.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "core/base/bounded_json.h"
#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kCounted = 32;  // of the answer's numbers, in its order

// References may come from a file that somebody else wrote.
std::optional<int64_t> whole_number(const std::string& text) {
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

std::string without(std::string text, const std::string& part) {
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at))
    text.erase(at, part.size());
  return text;
}

// The numbers behind the key's opening bracket, up to the closing one or the text's end.
std::optional<std::vector<int64_t>> loose_list(const std::string& text, const std::string& key) {
  const size_t name = text.find(key);
  const size_t open = name == std::string::npos ? name : text.find('[', name);
  if (open == std::string::npos) return std::nullopt;
  std::vector<int64_t> numbers;
  std::string digits;
  for (size_t at = open + 1; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : ']';
    if (c >= '0' && c <= '9' && digits.size() < 18) {
      digits += c;
      continue;
    }
    if (!digits.empty()) numbers.push_back(std::stoll(digits));
    digits.clear();
    if (c == ']') break;
  }
  return numbers;
}

std::optional<std::vector<int64_t>> strict_list(const std::string& text, const std::string& key) {
  const json parsed = parse_bounded(text);
  if (!parsed.is_object() || !parsed.contains(key) || !parsed.at(key).is_array())
    return std::nullopt;
  std::vector<int64_t> numbers;
  const json& list = parsed.at(key);
  for (size_t i = 0; i < std::min(list.size(), kCounted); ++i)
    if (const auto number = python_integer(list[i])) numbers.push_back(*number);
  return numbers;
}

}  // namespace

MetricScore star_counts(const MetricInput& input) {
  const std::string key = input.parameters.value("key", "little_penguin");
  std::string text = trimmed(input.prediction);
  const bool fenced = text.find("```") != std::string::npos;
  if (fenced) text = trimmed(without(without(text, "`"), "json"));
  const bool loose = fenced || input.parameters.value("lenient", false);
  MetricScore score;
  auto numbers = strict_list(text, key);
  score.rule = "JSON list";
  if (!numbers && loose) {
    numbers = loose_list(text, key);
    score.rule = "numbers behind the key";
  }
  if (!numbers) {
    score.rule = "no list found: 0 by the official rule";
    score.parts["unparsed"] = true;
    score.value = 0;
    return score;
  }
  if (numbers->size() > kCounted) numbers->resize(kCounted);
  const std::set<int64_t> found(numbers->begin(), numbers->end());
  score.parsed = json(*numbers).dump();
  const auto wrong = input.record.value("wrong_counts", std::vector<int64_t>{});
  double sum = 0;
  for (size_t i = 0; i < input.references.size(); ++i) {
    const auto right_count = whole_number(input.references[i]);
    const bool right = right_count && found.contains(*right_count);
    const bool mistaken = i < wrong.size() && found.contains(wrong[i]);
    sum += right ? (mistaken ? 0.5 : 1.0) : (mistaken ? 0.25 : 0.0);
  }
  score.value = input.references.empty() ? 0 : sum / static_cast<double>(input.references.size());
  // "rounded": to whole hundredths, ties to the even one, as Python's round does.
  if (input.parameters.value("rounded", false))
    score.value = std::nearbyint(*score.value * 100) / 100;
  return score;
}

}  // namespace loom

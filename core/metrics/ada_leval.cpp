// Ada-LEval: which candidate is named, and in which order four texts are put. The highest candidate
// that occurs counts, and a shorter list is compared over its own length, as the official scorers
// do.
#include <algorithm>
#include <optional>

#include "core/base/bounded_json.h"
#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {
namespace {

using nlohmann::json;

// The highest of 1…count whose designation occurs: of "A12" these are A1 and A12.
size_t highest(std::string_view text, size_t count, std::string_view prefix) {
  size_t best = 0;
  for (size_t at = text.find(prefix); at < text.size(); at = text.find(prefix, at + 1)) {
    size_t number = 0;
    for (size_t digit = at + prefix.size(); digit < text.size(); ++digit) {
      const char c = text[digit];
      if (c < '0' || c > '9' || (number == 0 && c == '0') || number > count / 10) break;
      number = 10 * number + static_cast<size_t>(c - '0');
      if (number > count) break;
      best = std::max(best, number);
    }
  }
  return best;
}

// Whether the order's digits stand in the text in this order, with anything between.
bool is_subsequence(const std::string& order, std::string_view text) {
  size_t next = 0;
  for (char c : text)
    if (next < order.size() && c == order[next]) ++next;
  return next == order.size();
}

// JSON is taken as it is, whatever it holds: a text's letters and an object's names are no numbers.
// None: a bare number, true, false and null, at which the official scorer ends with an error.
std::optional<std::vector<int64_t>> order_in(std::string_view text, std::string& rule) {
  const json parsed = parse_bounded(text);
  if (parsed.is_array()) {
    rule = "JSON list";
    std::vector<int64_t> order;
    for (const json& item : parsed)
      order.push_back(python_integer(item).value_or(-1));  // -1: no gold
    return order;
  }
  if (parsed.is_string() || parsed.is_object()) {
    rule = "JSON that is no list";
    const bool empty =
        parsed.is_string() ? parsed.get_ref<const std::string&>().empty() : parsed.empty();
    return std::vector<int64_t>(empty ? 0 : 1, -1);
  }
  // Python's JSON has these three numbers too.
  const bool constant = text == "NaN" || text == "Infinity" || text == "-Infinity";
  if (!parsed.is_discarded() || constant) {
    rule = "JSON that is no list: an error of the official scorer";
    return std::nullopt;
  }
  std::string digits = "1234", only;
  size_t fitting = 0;
  do {
    if (!is_subsequence(digits, text)) continue;
    only = digits;
    ++fitting;
  } while (std::next_permutation(digits.begin(), digits.end()));
  rule = fitting == 1 ? "the only order that its digits allow" : "no order found";
  if (fitting != 1) return std::vector<int64_t>{0, 0, 0, 0};
  return std::vector<int64_t>{only[0] - '0', only[1] - '0', only[2] - '0', only[3] - '0'};
}

}  // namespace

MetricScore best_answer(const MetricInput& input) {
  const size_t count = input.record.value("candidates", size_t{0});
  if (count == 0) return not_scored("the record does not say how many candidates there are");
  MetricScore score;
  size_t number = highest(input.prediction, count, "A");
  score.rule = "highest designation named";
  if (number == 0) {
    number = highest(input.prediction, count, "");
    score.rule = "highest number named";
  }
  score.parsed = number == 0 ? "???" : "A" + std::to_string(number);
  score.value = !input.references.empty() && score.parsed == input.references[0] ? 1.0 : 0.0;
  return score;
}

MetricScore text_order(const MetricInput& input) {
  std::string_view text = input.prediction;
  constexpr std::string_view kMark = "Answer:";
  if (const size_t mark = text.find(kMark); mark != std::string_view::npos) {
    text.remove_prefix(mark + kMark.size());
    text = text.substr(0, text.find(kMark));
  }
  const std::string answer = trimmed(text);
  MetricScore score;
  const auto order = order_in(answer, score.rule);
  // "whole": neither list may be longer, and what is no list is wrong.
  const bool whole = input.parameters.value("whole", false);
  if (!order) {
    if (whole) score.value = 0.0;
    return score;
  }
  score.parsed = json(*order).dump();
  const size_t pairs = std::min(order->size(), input.references.size());
  bool right = !whole || order->size() == input.references.size();
  for (size_t i = 0; i < pairs; ++i)
    right = right && std::to_string((*order)[i]) == input.references[i];
  score.value = right ? 1.0 : 0.0;
  return score;
}

}  // namespace loom

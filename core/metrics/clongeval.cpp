// CLongEval's scorers, rules of the official evaluation in its order.
#include <algorithm>
#include <optional>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/metrics/chinese_overlap.h"
#include "core/metrics/edit_similarity.h"
#include "core/metrics/official_text.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string_view before(std::string_view text, std::string_view mark) {
  return text.substr(0, text.find(mark));
}

std::string without_punctuation(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!is_official_punctuation(point.value)) result.append(text.substr(at, point.bytes));
    at += point.bytes;
  }
  return result;
}

using Captures = std::vector<std::string>;

size_t run(std::string_view text, size_t at, bool digits) {
  while (at < text.size()) {
    const CodePoint point = decode_utf8(text, at);
    if (digits ? python_digit(point.value) < 0 : !is_python_word(point.value)) break;
    at += point.bytes;
  }
  return at;
}

// A pattern: %d digits and %w word characters, both kept; %n digits not kept; %s perhaps a space;
// %c a comma of either width; %e a Chinese comma or colon; all else as it stands.
std::optional<Captures> match_at(std::string_view text, size_t at, std::string_view pattern) {
  Captures captures;
  for (size_t p = 0; p < pattern.size(); ++p) {
    if (pattern[p] != '%') {
      if (at >= text.size() || text[at++] != pattern[p]) return std::nullopt;
      continue;
    }
    const char kind = pattern[++p];
    const std::string_view rest = text.substr(at);
    if (kind == 's') {
      if (!rest.empty() && is_python_space(decode_utf8(text, at).value))
        at += decode_utf8(text, at).bytes;
    } else if (kind == 'c' || kind == 'e') {
      const std::string_view other = kind == 'c' ? "," : "：", comma = "，";
      const std::string_view found = rest.starts_with(comma)   ? comma
                                     : rest.starts_with(other) ? other
                                                               : "";
      if (found.empty()) return std::nullopt;
      at += found.size();
    } else {
      const size_t end = run(text, at, kind != 'w');
      if (end == at) return std::nullopt;
      if (kind != 'n') captures.emplace_back(text.substr(at, end - at));
      at = end;
    }
  }
  return captures;
}

// The first pattern that occurs anywhere, at its first place.
std::optional<Captures> search(std::string_view text,
                               std::initializer_list<std::string_view> patterns) {
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::string_view pattern : patterns)
    for (size_t at = 0; at < text.size(); ++at) {
      // Digits that led nowhere lead nowhere from their second one on.
      if (at > 0 && pattern.starts_with("%d") && is_digit(text[at - 1]) && is_digit(text[at]))
        continue;
      if (auto found = match_at(text, at, pattern)) return found;
    }
  return std::nullopt;
}

MetricScore shared_lines(const std::set<std::string>& found, const std::set<std::string>& gold,
                         size_t lines, const char* rule) {
  MetricScore score{0.0, "", rule};
  size_t hits = 0;
  for (const std::string& line : found) {
    hits += gold.contains(line);
    score.parsed += (score.parsed.empty() ? "" : "; ") + line;
  }
  if (lines > 0) score.value = static_cast<double>(hits) / static_cast<double>(lines);
  return score;
}

std::string gold_of(const MetricInput& input) {
  return input.references.empty() ? "" : input.references[0];
}

}  // namespace

MetricScore story_f1_zh(const MetricInput& input) {
  const std::string answer(before(before(strip_spaces(input.prediction), "\n"), "问题："));
  return {official_f1_zh(answer, gold_of(input)).f1, answer,
          "first line, before the next question"};
}

MetricScore news_labels(const MetricInput& input) {
  std::set<std::string> found, gold;
  size_t lines = 0;
  for (std::string_view line : lines_of(strip_spaces(input.prediction)))
    if (auto label = search(line, {"新闻%d，类别名：%w", "新闻%d，类别名%n：%w", "新闻%s%d%e%w"}))
      found.insert(label->at(0) + "，" + label->at(1));
  const std::string reference = gold_of(input);
  for (std::string_view line : lines_of(strip_spaces(reference)))
    if (auto label = search(line, {"新闻%s%d：%w", "新闻%d%e%w"})) {
      gold.insert(label->at(0) + "，" + label->at(1));
      ++lines;
    }
  return shared_lines(found, gold, lines, "number and class, line by line");
}

MetricScore typo_lines(const MetricInput& input) {
  const std::string_view answer = strip_spaces(input.prediction);
  std::set<std::string> found, gold;
  size_t lines = 0;
  const bool blank_line = answer.find("\n\n") != std::string_view::npos;
  if (!blank_line)
    for (std::string_view line : lines_of(answer))
      if (auto typo =
              search(before(line, "（"),
                     {"段落ID：%d%c错别字%n，%w%c正确字%n，%w",
                      "段落ID：%d%c错别字，%w%c正确字，%w", "段落ID：%d%c错别字：%w%c正确字：%w",
                      "段落ID：%d%c错别字%n，%w%c%w", "段落ID：%d%c%w%c%w", "%d%c%w%c%w"}))
        found.insert(typo->at(0) + "，" + typo->at(1));
  const std::string reference = gold_of(input);
  for (std::string_view line : lines_of(reference)) {
    if (line.empty()) continue;
    ++lines;
    if (auto typo = match_at(line, 0, "%d，%w")) gold.insert(typo->at(0) + "，" + typo->at(1));
  }
  return shared_lines(
      found, gold, lines,
      blank_line ? "a blank line: 0 by the official rule" : "number and wrong character");
}

MetricScore passage_similarity(const MetricInput& input) {
  const std::string answer = without_punctuation(before(input.prediction, "键：")),
                    gold = without_punctuation(gold_of(input));
  const size_t longest = std::max(to_code_points(answer).size(), to_code_points(gold).size());
  MetricScore score{0.0, answer, "before the next key, without punctuation"};
  if (longest > 0)
    score.value =
        1 - static_cast<double>(levenshtein_distance(answer, gold)) / static_cast<double>(longest);
  return score;
}

MetricScore cell_match(const MetricInput& input) {
  const std::string answer = without_punctuation(input.prediction),
                    gold = without_punctuation(gold_of(input));
  return {answer.find(gold) != std::string::npos ? 1.0 : 0.0, answer,
          "contained, without punctuation"};
}

}  // namespace loom

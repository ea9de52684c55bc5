#include "core/judge/verdict.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

#include "core/statistics/decimal.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

constexpr uint32_t kFullWidthFirst = 0xff01, kFullWidthLast = 0xff5e;

// Full-width letters, digits and signs become ASCII ones, which become lower case.
std::string plain(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    at += point.bytes;
    uint32_t value = point.value;
    if (value >= kFullWidthFirst && value <= kFullWidthLast) value -= kFullWidthFirst - 0x21;
    if (value == 0x3000 || value == 0xa0) value = ' ';
    if (value >= 'A' && value <= 'Z') value += 'a' - 'A';
    append_utf8(out, value);
  }
  return out;
}

// Thoughts are no verdict. One that was never closed leaves nothing behind it; one that a template
// had opened before the answer began ends at its closing tag.
std::string without_thoughts(const std::string& text) {
  static constexpr std::string_view kOpen = "<think>", kClose = "</think>";
  const size_t last = text.rfind(kClose);
  const size_t begin = last == std::string::npos ? 0 : last + kClose.size();
  return text.substr(begin, text.find(kOpen, begin) - begin);
}

bool is_markup(char c) {
  return std::string_view(" \t\r\n*_`#>[](){}\"'|~").find(c) != std::string_view::npos;
}

std::string stripped(std::string_view text, bool also_stop = false) {
  while (!text.empty() && is_markup(text.front())) text.remove_prefix(1);
  while (!text.empty() &&
         (is_markup(text.back()) || (also_stop && (text.back() == '.' || text.back() == ','))))
    text.remove_suffix(1);
  return std::string(text);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t from = 0; from <= text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(stripped(std::string_view(text).substr(from, end - from)));
    from = end + 1;
  }
  return lines;
}

// What stands behind "name:" at the start of a line, a list's number or dash before it allowed.
std::optional<std::string> behind(const std::string& line, const std::string& name) {
  size_t at = 0;
  while (at < line.size() && (std::isdigit(static_cast<unsigned char>(line[at])) ||
                              line[at] == '-' || line[at] == '.' || is_markup(line[at])))
    ++at;
  if (line.compare(at, name.size(), name) != 0) return std::nullopt;
  at += name.size();
  while (at < line.size() && is_markup(line[at])) ++at;
  if (at >= line.size() || (line[at] != ':' && line[at] != '=')) return std::nullopt;
  return stripped(std::string_view(line).substr(at + 1), true);
}

// A whole number of the scale, also written as "7/10" of exactly this scale.
std::optional<int> grade_of(const std::string& text, const Rubric& rubric) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [next, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc() || value < rubric.low || value > rubric.high) return std::nullopt;
  if (next == end) return value;
  const std::string rest = stripped({next, static_cast<size_t>(end - next)});
  if (rest.empty() || rest[0] != '/') return std::nullopt;
  return stripped(rest.substr(1)) == std::to_string(rubric.high) ? std::optional(value)
                                                                 : std::nullopt;
}

double share(int grade, const Rubric& rubric) {
  return static_cast<double>(grade - rubric.low) / static_cast<double>(rubric.high - rubric.low);
}

// "" when the text is no verdict of this rubric.
std::string value_of(const std::string& text, const Rubric& rubric) {
  switch (rubric.kind) {
    case Rubric::Kind::yes_no:
      return text == "yes" || text == "no" ? text : "";
    case Rubric::Kind::words:
      for (const VerdictWord& word : rubric.words)
        if (text == word.word) return text;
      return "";
    case Rubric::Kind::preference:
      if (text == "a" || text == "answer a" || text == "answer-a") return "A";
      if (text == "b" || text == "answer b" || text == "answer-b") return "B";
      return text == "tie" ? text : "";
    default: {
      const auto grade = grade_of(text, rubric);
      return grade ? std::to_string(*grade) : "";
    }
  }
}

double score_of(const std::string& value, const Rubric& rubric) {
  for (const VerdictWord& word : rubric.words)
    if (value == word.word) return word.value;
  if (rubric.kind == Rubric::Kind::grade) return share(std::stoi(value), rubric);
  if (value == "tie") return 0.5;
  return value == "yes" || value == "A" ? 1.0 : 0.0;
}

Verdict unparsed(std::string why) {
  Verdict verdict;
  verdict.rule = std::move(why);
  return verdict;
}

Verdict made(const std::string& value, const Rubric& rubric, const char* rule) {
  return {score_of(value, rubric), value, rule, nlohmann::json::object()};
}

// Every line that states the verdict has to state the same one.
Verdict single_verdict(const Rubric& rubric, const std::string& text) {
  std::string found;
  for (const std::string& line : lines_of(text)) {
    const auto stated = behind(line, "verdict");
    if (!stated) continue;
    const std::string value = value_of(*stated, rubric);
    if (value.empty()) return unparsed("the verdict is none of those that were asked for");
    if (!found.empty() && found != value) return unparsed("several verdicts");
    found = value;
  }
  if (!found.empty()) return made(found, rubric, "verdict line");
  const std::string bare = value_of(stripped(text, true), rubric);
  if (!bare.empty()) return made(bare, rubric, "bare verdict");
  return unparsed("no verdict");
}

Verdict dimension_verdict(const Rubric& rubric, const std::string& text) {
  Verdict verdict;
  std::vector<double> shares;
  for (const char* dimension : quality_dimensions()) {
    std::optional<int> found;
    for (const std::string& line : lines_of(text)) {
      const auto stated = behind(line, plain(dimension));
      if (!stated) continue;
      const auto grade = grade_of(*stated, rubric);
      if (!grade || (found && *found != *grade))
        return unparsed(std::string("no single grade for ") + dimension);
      found = grade;
    }
    if (!found) return unparsed(std::string("no grade for ") + dimension);
    shares.push_back(share(*found, rubric));
    verdict.parts[dimension] = *found;
    verdict.parsed += (verdict.parsed.empty() ? "" : " ") + std::to_string(*found);
  }
  verdict.value = decimal_mean(shares);
  verdict.rule = "a line per dimension";
  return verdict;
}

}  // namespace

std::string read_text(const std::string& text) {
  constexpr size_t kMostBytes = 8000;
  std::string said = without_thoughts(text).substr(0, kMostBytes);
  said.resize(said.size() - incomplete_tail(said));
  const size_t begin = said.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return said.substr(begin, said.find_last_not_of(" \t\r\n") + 1 - begin);
}

Verdict read_verdict(const Rubric& rubric, const std::string& text) {
  constexpr size_t kMostBytes = 1 << 20;
  if (text.size() > kMostBytes) return unparsed("more words than a verdict has");
  const std::string said = without_thoughts(plain(text));
  if (stripped(said).empty()) return unparsed("no words");
  return rubric.kind == Rubric::Kind::dimensions ? dimension_verdict(rubric, said)
                                                 : single_verdict(rubric, said);
}

}  // namespace loom

#include "core/judge/cited_statements.h"

#include <algorithm>
#include <optional>

#include "core/text/python_text.h"

namespace loom {
namespace {

constexpr std::string_view kOpen = "<statement>", kClose = "</statement>", kCite = "<cite>",
                           kCiteEnd = "</cite>";
constexpr size_t kMostStatements = 40, kMostCitations = 3, kLeastCharacters = 6;

std::string joined(const std::vector<std::string>& sentences, size_t first, size_t last) {
  std::string text;
  for (size_t i = first; i <= last; ++i) text += sentences[i];
  return text;
}

// Digits from a place on, which is moved behind them. More digits than any number of sentences has
// stand for a number beyond all of them.
std::optional<size_t> number_at(std::string_view text, size_t& at) {
  constexpr size_t kBeyond = 100'000'000;
  const size_t begin = at;
  size_t number = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
    number = std::min(kBeyond, number * 10 + static_cast<size_t>(text[at] - '0'));
  return at > begin ? std::optional(number) : std::nullopt;
}

void add_range(std::vector<Citation>& citations, size_t first, size_t last,
               const std::vector<std::string>& sentences) {
  if (first >= sentences.size() || last < first) return;
  last = std::min(last, sentences.size() - 1);
  if (!citations.empty() && first == citations.back().last + 1) {
    citations.back().last = last;
  } else {
    citations.push_back({first, last, ""});
  }
}

// All "[3-5]" of a text.
void add_ranges(std::vector<Citation>& citations, std::string_view text,
                const std::vector<std::string>& sentences) {
  for (size_t open = text.find('['); open != std::string_view::npos;
       open = text.find('[', open + 1)) {
    size_t at = open + 1;
    const auto first = number_at(text, at);
    if (!first || at >= text.size() || text[at++] != '-') continue;
    const auto last = number_at(text, at);
    if (last && at < text.size() && text[at] == ']') add_range(citations, *first, *last, sentences);
  }
}

// Takes the citations out of a text; `ranges` is told what stood in each.
template <typename Ranges>
std::string without_citations(std::string_view text, const Ranges& ranges) {
  std::string rest;
  for (;;) {
    const size_t open = text.find(kCite);
    const size_t close = open == std::string_view::npos ? open : text.find(kCiteEnd, open);
    if (close == std::string_view::npos) return rest.append(text);
    rest.append(text.substr(0, open));
    ranges(text.substr(open + kCite.size(), close - open - kCite.size()));
    text.remove_prefix(close + kCiteEnd.size());
  }
}

CitedStatement statement_of(std::string_view inner, const std::vector<std::string>& sentences) {
  CitedStatement statement;
  const std::string text = without_citations(
      inner, [&](std::string_view ranges) { add_ranges(statement.citations, ranges, sentences); });
  statement.text = strip_spaces(text);
  if (statement.citations.size() > kMostCitations) statement.citations.resize(kMostCitations);
  for (Citation& citation : statement.citations)
    citation.text = joined(sentences, citation.first, citation.last);
  return statement;
}

void erase_all(std::string& text, std::string_view piece) {
  for (size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at))
    text.erase(at, piece.size());
}

}  // namespace

CitedAnswer read_cited_answer(std::string_view output, const std::vector<std::string>& sentences) {
  std::string text(output);
  if (text.starts_with(kOpen.substr(1))) text.insert(0, 1, '<');
  CitedAnswer answer;
  for (size_t at = 0; at < text.size();) {
    const size_t open = std::min(text.find(kOpen, at), text.size());
    const std::string_view outside = strip_spaces(std::string_view(text).substr(at, open - at));
    if (to_code_points(outside).size() >= kLeastCharacters)
      answer.statements.push_back({std::string(outside), {}});
    const size_t begin = open + kOpen.size();
    const size_t close = begin < text.size() ? text.find(kClose, begin) : std::string::npos;
    if (close == std::string::npos) break;
    answer.statements.push_back(
        statement_of(std::string_view(text).substr(begin, close - begin), sentences));
    at = close + kClose.size();
  }
  if (answer.statements.size() > kMostStatements) answer.statements.resize(kMostStatements);
  answer.plain = without_citations(text, [](std::string_view) {});
  erase_all(answer.plain, kOpen);
  erase_all(answer.plain, kClose);
  answer.plain = std::string(strip_spaces(answer.plain));
  return answer;
}

}  // namespace loom

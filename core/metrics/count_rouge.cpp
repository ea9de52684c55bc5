#include <algorithm>
#include <map>

#include "core/metrics/common_subsequence.h"
#include "core/metrics/ngrams.h"
#include "core/metrics/porter_stemmer.h"
#include "core/metrics/rouge.h"
#include "core/metrics/word_ids.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using Words = NumberedWords;

// Lower case first: two letters beyond ASCII have small forms within it.
std::string words_text(std::string_view text, bool stem) {
  std::string lower = python_lower(text), result, word;
  auto close = [&] {
    if (word.empty()) return;
    if (stem && word.size() > 3) word = porter_stem(word);
    (result += word) += ' ';
    word.clear();
  };
  for (char c : lower) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else {
      close();
    }
  }
  close();
  return result;
}

Overlap of_counts(size_t answer, size_t reference, size_t shared) {
  double both = static_cast<double>(shared);
  double precision = both / static_cast<double>(std::max<size_t>(answer, 1));
  double recall = both / static_cast<double>(std::max<size_t>(reference, 1));
  double sum = precision + recall;
  return {precision, recall, sum > 0 ? 2 * precision * recall / sum : 0.0};
}

// The lines' words; the text that they view is kept beside them.
struct Lines {
  std::vector<std::string> texts;
  std::vector<Words> words;
  size_t count = 0;
};

Lines lines_of(std::string_view text, bool stem) {
  Lines lines;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.texts.push_back(words_text(text.substr(0, end), stem));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

void number_words(Lines& lines, WordIds& ids) {
  for (const std::string& text : lines.texts) {
    lines.words.push_back(ids.ids(split_at_spaces(text)));
    lines.count += lines.words.back().size();
  }
}

std::vector<long> counts_of(const Lines& lines, size_t vocabulary) {
  std::vector<long> counts(vocabulary, 0);
  for (const Words& words : lines.words)
    for (uint32_t word : words) ++counts[word];
  return counts;
}

}  // namespace

Overlap count_rouge_n(std::string_view answer, std::string_view reference, int n, bool stem) {
  std::string left = words_text(answer, stem), right = words_text(reference, stem);
  WordIds ids((left.size() + right.size()) / 5);
  Words ours = ids.ids(split_at_spaces(left)), theirs = ids.ids(split_at_spaces(right));
  auto length = static_cast<size_t>(n);
  const GramMatch match = clipped_matches(ours, {&theirs, 1}, length).back();
  return of_counts(match.total, theirs.size() + 1 > length ? theirs.size() + 1 - length : 0,
                   match.shared);
}

Overlap count_rouge_l(std::string_view answer, std::string_view reference, bool stem) {
  std::string left = words_text(answer, stem), right = words_text(reference, stem);
  WordIds ids((left.size() + right.size()) / 5);
  Words ours = ids.ids(split_at_spaces(left)), theirs = ids.ids(split_at_spaces(right));
  return of_counts(ours.size(), theirs.size(), CommonSubsequence(theirs).length(ours));
}

Overlap count_rouge_lsum(std::string_view answer, std::string_view reference, bool stem) {
  Lines ours = lines_of(answer, stem), theirs = lines_of(reference, stem);
  WordIds ids((answer.size() + reference.size()) / 5);
  number_words(ours, ids);
  number_words(theirs, ids);
  if (ours.count == 0 || theirs.count == 0) return {};
  auto left = counts_of(ours, ids.size()), right = counts_of(theirs, ids.size());
  // Lines that are alike have the same union; one that is repeated for ever is compared once.
  std::vector<Words> others = ours.words;
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  std::map<Words, std::vector<bool>> unions;
  size_t hits = 0;
  for (const Words& line : theirs.words) {
    const auto [known, is_new] = unions.try_emplace(line, line.size(), false);
    std::vector<bool>& in_union = known->second;
    if (is_new) {
      CommonSubsequence columns(line);
      for (const Words& other : others)
        for (size_t column : columns.path(other).columns) in_union[column] = true;
    }
    for (size_t i = 0; i < line.size(); ++i)
      if (in_union[i] && left[line[i]] > 0 && right[line[i]] > 0) {
        ++hits;
        --left[line[i]];
        --right[line[i]];
      }
  }
  return of_counts(ours.count, theirs.count, hits);
}

}  // namespace loom

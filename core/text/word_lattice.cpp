#include "core/text/word_lattice.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "core/text/python_text.h"

namespace loom {
namespace {

constexpr size_t kMostCharacters = size_t{1} << 22;  // the dictionary has a million
constexpr size_t kStarts = 0x10000;                  // code points whose nodes are found at once
constexpr char32_t kFirstIdeograph = 0x4E00, kLastIdeograph = 0x9FD5;
constexpr double kNever = -3.14e100;  // the model's logarithm of nothing
// States of a character in a word: at its beginning, at its end, in the middle, a word alone.
constexpr std::array<double, 4> kStart = {-0.26268660809250016, kNever, kNever,
                                          -1.4652633398537678};
// Log probabilities of the state in the column after the state in the row; 0: cannot follow.
constexpr double kAfter[4][4] = {{0, -0.510825623765990, -0.916290731874155, 0},
                                 {-0.5897149736854513, 0, 0, -0.8085250474669937},
                                 {0, -0.33344856811948514, -1.2603623820268226, 0},
                                 {-0.7211965654669841, 0, 0, -0.6658631448798212}};

}  // namespace

Result<WordLattice> WordLattice::read(const std::filesystem::path& folder) {
  WordLattice lattice;
  std::ifstream in(folder / "dict.txt");
  if (!in)
    return Error{ErrorKind::not_found, "the dictionary of Chinese words is missing",
                 (folder / "dict.txt").string(), "Install the Debian package python3-jieba"};
  Words words;
  double total = 0;
  size_t characters = 0;
  for (std::string line; std::getline(in, line);) {
    const size_t space = line.find(' ');  // "word count class"
    if (space == std::string::npos) continue;
    words.emplace_back(to_code_points(std::string_view(line).substr(0, space)),
                       std::strtod(line.c_str() + space, nullptr));
    total += words.back().second;
    characters += words.back().first.size();
    if (characters > kMostCharacters) break;
  }
  if (total <= 0 || characters > kMostCharacters)
    return Error{ErrorKind::corrupt,
                 total <= 0 ? "holds no words" : "holds more words than are expected",
                 (folder / "dict.txt").string(), ""};
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  lattice.add_nodes(words, total);
  LOOM_CHECK(lattice.read_emissions(folder / "finalseg/prob_emit.py"));
  return lattice;
}

// Breadth first. Of a word that comes twice the later count holds.
void WordLattice::add_nodes(const Words& words, double total) {
  const double log_total = std::log(total);
  log_one_ = std::log(1) - log_total;
  struct Beginning {
    size_t first, last, length;  // the words that begin like this
  };
  std::vector<Beginning> beginnings = {{0, words.size(), 0}};
  nodes_.emplace_back();
  characters_ += U'\0';
  for (size_t node = 0; node < beginnings.size(); ++node) {
    auto [first, last, length] = beginnings[node];
    nodes_[node].first_child = static_cast<uint32_t>(nodes_.size());
    for (; first < last && words[first].first.size() == length; ++first) {
      nodes_[node].log = std::log(words[first].second) - log_total;
      nodes_[node].is_word = words[first].second > 0;
    }
    while (first < last) {
      const char32_t character = words[first].first[length];
      size_t end = first + 1;
      while (end < last && words[end].first[length] == character) ++end;
      nodes_.emplace_back();
      characters_ += character;
      beginnings.push_back({first, end, length + 1});
      first = end;
    }
  }
  starts_.assign(kStarts, 0);
  nodes_.emplace_back().first_child = static_cast<uint32_t>(characters_.size());
  for (uint32_t node = nodes_[0].first_child; node < nodes_[1].first_child; ++node)
    if (characters_[node] < kStarts) starts_[characters_[node]] = node;
}

// Lines such as   P={'B': {'\u4e00': -3.65,   and   '\u4e01': -8.12,
Status WordLattice::read_emissions(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in)
    return Error{ErrorKind::not_found, "the model of Chinese characters is missing", file.string(),
                 "Install the Debian package python3-jieba"};
  constexpr std::string_view kStates = "BEMS";
  size_t state = kStates.npos, read = 0;
  emissions_.assign(kLastIdeograph - kFirstIdeograph + 1, {kNever, kNever, kNever, kNever});
  for (std::string line; std::getline(in, line);) {
    if (size_t brace = line.find("': {"); brace != std::string::npos && brace > 0)
      state = kStates.find(line[brace - 1]);
    size_t escape = line.find("'\\u"), colon = line.find("': -", escape);
    if (state == kStates.npos || escape == std::string::npos || colon == std::string::npos)
      continue;
    auto character = static_cast<char32_t>(std::strtoul(line.c_str() + escape + 3, nullptr, 16));
    ++read;
    if (character >= kFirstIdeograph && character <= kLastIdeograph)
      emissions_[character - kFirstIdeograph][state] =
          std::strtod(line.c_str() + colon + 2, nullptr);
  }
  if (read == 0) return Error{ErrorKind::corrupt, "holds no probabilities", file.string(), ""};
  return {};
}

uint32_t WordLattice::child(uint32_t node, char32_t character) const {
  if (node == 0 && character < kStarts) return starts_[character];
  const auto begin = characters_.begin() + nodes_[node].first_child,
             end = characters_.begin() + nodes_[node + 1].first_child;
  const auto found = std::lower_bound(begin, end, character);
  return found != end && *found == character ? static_cast<uint32_t>(found - characters_.begin())
                                             : 0;
}

bool WordLattice::has_word(std::u32string_view text) const {
  uint32_t node = 0;
  for (char32_t character : text)
    if ((node = child(node, character)) == 0) return false;
  return nodes_[node].is_word;
}

const std::vector<size_t>& WordLattice::best_path(std::u32string_view text,
                                                  Scratch& scratch) const {
  const size_t n = text.size();
  auto& score = scratch.score;
  auto& next = scratch.next;
  auto& ends = scratch.ends;
  score.assign(n + 1, 0);
  next.resize(n + 1);
  for (size_t i = n; i-- > 0;) {
    bool any = false;
    auto offer = [&](size_t end, double log_share) {
      const double sum = log_share + score[end];
      if (!any || sum >= score[i])  // ties: the longer word
        score[i] = sum, next[i] = static_cast<uint32_t>(end);
      any = true;
    };
    uint32_t node = 0;
    for (size_t j = i; j < n && (node = child(node, text[j])) != 0; ++j)
      if (nodes_[node].is_word) offer(j + 1, nodes_[node].log);
    if (!any) offer(i + 1, log_one_);
  }
  ends.clear();
  for (size_t i = 0; i < n; i = next[i]) ends.push_back(next[i]);
  return ends;
}

// Viterbi; equal probabilities go to the state that is later in the order B, E, M, S.
void WordLattice::unknown_words(std::u32string_view text, size_t offset, Scratch& scratch,
                                std::vector<size_t>& ends) const {
  const size_t n = text.size();
  if (n == 0) return;
  auto& value = scratch.value;
  auto& from = scratch.from;
  value.resize(n);
  from.resize(n);
  for (size_t i = 0; i < n; ++i) {
    const std::array<double, 4>& here = emissions_[text[i] - kFirstIdeograph];
    for (size_t state = 0; state < 4; ++state) {
      if (i == 0) {
        value[0][state] = kStart[state] + here[state];
        continue;
      }
      bool any = false;
      for (uint8_t before = 0; before < 4; ++before) {
        if (kAfter[before][state] == 0) continue;
        const double sum = value[i - 1][before] + kAfter[before][state] + here[state];
        if (!any || sum >= value[i][state]) value[i][state] = sum, from[i][state] = before;
        any = true;
      }
    }
  }
  auto state = static_cast<uint8_t>(value[n - 1][3] >= value[n - 1][1] ? 3 : 1);
  const size_t first = ends.size();
  for (size_t i = n; i-- > 0; state = from[i][state])
    if (state == 1 || state == 3) ends.push_back(offset + i + 1);
  std::reverse(ends.begin() + static_cast<std::ptrdiff_t>(first), ends.end());
  if (ends.size() == first || ends.back() < offset + n) ends.push_back(offset + n);
}

}  // namespace loom

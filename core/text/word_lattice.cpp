#include "core/text/word_lattice.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "core/text/python_text.h"

namespace loom {
namespace {

constexpr int kSlotBits = 21;  // the dictionary has about half a million beginnings of words
constexpr size_t kSlots = size_t{1} << kSlotBits;
constexpr double kNever = -3.14e100;  // the model's logarithm of nothing
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
  lattice.children_.resize(kSlots);
  for (std::string line; std::getline(in, line);) lattice.add(line);
  if (lattice.total_ <= 0 || lattice.counts_.size() > kSlots / 3)
    return Error{ErrorKind::corrupt,
                 lattice.total_ <= 0 ? "holds no words" : "holds more words than are expected",
                 (folder / "dict.txt").string(), ""};
  const double log_total = std::log(lattice.total_);
  for (double count : lattice.counts_) lattice.logs_.push_back(std::log(count) - log_total);
  lattice.log_one_ = std::log(1) - log_total;
  LOOM_CHECK(lattice.read_emissions(folder / "finalseg/prob_emit.py"));
  return lattice;
}

// "word count class"
void WordLattice::add(const std::string& line) {
  size_t space = line.find(' ');
  if (space == std::string::npos) return;
  double count = std::strtod(line.c_str() + space, nullptr);
  uint32_t node = 0;
  for (char32_t character : to_code_points(std::string_view(line).substr(0, space))) {
    if (counts_.size() > kSlots / 3) return;
    const uint64_t key = uint64_t{node} << 32 | character;
    Child& found = children_[slot(key)];
    if (found.key == 0) {
      found = {key, static_cast<uint32_t>(counts_.size())};
      counts_.push_back(0);
    }
    node = found.node;
  }
  counts_[node] = count;
  total_ += count;
}

// Lines such as   P={'B': {'\u4e00': -3.65,   and   '\u4e01': -8.12,
Status WordLattice::read_emissions(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in)
    return Error{ErrorKind::not_found, "the model of Chinese characters is missing", file.string(),
                 "Install the Debian package python3-jieba"};
  constexpr std::string_view kStates = "BEMS";
  size_t state = kStates.npos, read = 0;
  for (std::string line; std::getline(in, line);) {
    if (size_t brace = line.find("': {"); brace != std::string::npos && brace > 0)
      state = kStates.find(line[brace - 1]);
    size_t escape = line.find("'\\u"), colon = line.find("': -", escape);
    if (state == kStates.npos || escape == std::string::npos || colon == std::string::npos)
      continue;
    auto character = static_cast<char32_t>(std::strtoul(line.c_str() + escape + 3, nullptr, 16));
    emissions_[state][character] = std::strtod(line.c_str() + colon + 2, nullptr);
    ++read;
  }
  if (read == 0) return Error{ErrorKind::corrupt, "holds no probabilities", file.string(), ""};
  return {};
}

size_t WordLattice::slot(uint64_t key) const {
  size_t at = (key * 0x9E3779B97F4A7C15ull) >> (64 - kSlotBits);
  while (children_[at].key != 0 && children_[at].key != key) at = (at + 1) & (kSlots - 1);
  return at;
}

uint32_t WordLattice::child(uint32_t node, char32_t character) const {
  return children_[slot(uint64_t{node} << 32 | character)].node;
}

bool WordLattice::has_word(std::u32string_view text) const {
  uint32_t node = 0;
  for (char32_t character : text)
    if ((node = child(node, character)) == 0) return false;
  return counts_[node] > 0;
}

std::vector<size_t> WordLattice::best_path(std::u32string_view text) const {
  size_t n = text.size();
  std::vector<double> score(n + 1, 0);
  std::vector<size_t> next(n + 1, n);
  for (size_t i = n; i-- > 0;) {
    bool any = false;
    auto offer = [&](size_t end, double log_share) {
      double value = log_share + score[end];
      if (!any || value >= score[i]) score[i] = value, next[i] = end;  // ties: the longer word
      any = true;
    };
    uint32_t node = 0;
    for (size_t j = i; j < n && (node = child(node, text[j])) != 0; ++j)
      if (counts_[node] > 0) offer(j + 1, logs_[node]);
    if (!any) offer(i + 1, log_one_);
  }
  std::vector<size_t> ends;
  for (size_t i = 0; i < n; i = next[i]) ends.push_back(next[i]);
  return ends;
}

double WordLattice::emission(WordState state, char32_t character) const {
  const auto& table = emissions_[static_cast<size_t>(state)];
  auto found = table.find(character);
  return found == table.end() ? kNever : found->second;
}

// Viterbi; equal probabilities go to the state that is later in the order B, E, M, S.
std::vector<size_t> WordLattice::unknown_words(std::u32string_view text) const {
  size_t n = text.size();
  if (n == 0) return {};
  std::vector<std::array<double, 4>> value(n);
  std::vector<std::array<size_t, 4>> from(n);
  for (size_t state = 0; state < 4; ++state)
    value[0][state] = kStart[state] + emission(static_cast<WordState>(state), text[0]);
  for (size_t i = 1; i < n; ++i)
    for (size_t state = 0; state < 4; ++state) {
      double here = emission(static_cast<WordState>(state), text[i]);
      bool any = false;
      for (size_t before = 0; before < 4; ++before) {
        if (kAfter[before][state] == 0) continue;
        double sum = value[i - 1][before] + kAfter[before][state] + here;
        if (!any || sum >= value[i][state]) value[i][state] = sum, from[i][state] = before;
        any = true;
      }
    }
  auto state = static_cast<size_t>(value[n - 1][3] >= value[n - 1][1] ? 3 : 1);
  std::vector<size_t> ends;
  for (size_t i = n; i-- > 0; state = from[i][state])
    if (state == 1 || state == 3) ends.push_back(i + 1);
  std::reverse(ends.begin(), ends.end());
  if (ends.empty() || ends.back() < n) ends.push_back(n);
  return ends;
}

}  // namespace loom

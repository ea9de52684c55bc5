#include "core/metrics/meteor.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <ranges>
#include <utility>

#include "core/metrics/porter_stemmer.h"
#include "core/metrics/word_ids.h"
#include "core/text/python_text.h"
#include "core/text/word_net.h"

namespace loom {
namespace {

const Result<WordNet>& word_net() {
  static const Result<WordNet> read = [] {
    const char* given = std::getenv("LOOMSCOPE_WORDNET");
    return WordNet::read(given && *given ? given : "/usr/share/wordnet");
  }();
  return read;
}

struct PlacedWord {
  size_t place;
  uint32_t word;
};
using MeteorWords = std::vector<PlacedWord>;

struct Match {
  size_t answer, reference;
};

// From the last word of the answer on, each takes the last free word of the reference that its
// candidates name; what is matched leaves both lists. `add` adds candidates to those of a word.
template <typename Add>
void match_words(MeteorWords& answer, MeteorWords& reference, size_t words,
                 std::vector<Match>& matches, Add add) {
  if (answer.empty() || reference.empty()) return;
  std::vector<size_t> last(words), before(reference.size());  // one past the place; 0: none is free
  for (size_t j = 0; j < reference.size(); ++j)
    before[j] = std::exchange(last[reference[j].word], j + 1);
  constexpr size_t kTaken = SIZE_MAX;
  std::vector<uint32_t> candidates;
  for (PlacedWord& word : answer | std::views::reverse) {
    candidates.clear();
    add(word.word, candidates);
    size_t* best = nullptr;
    for (uint32_t one : candidates)
      if (last[one] > (best ? *best : 0)) best = &last[one];
    if (!best) continue;
    PlacedWord& taken = reference[*best - 1];
    matches.push_back({word.place, taken.place});
    *best = before[*best - 1];
    word.place = taken.place = kTaken;
  }
  for (MeteorWords* list : {&answer, &reference})
    std::erase_if(*list, [](const PlacedWord& word) { return word.place == kTaken; });
}

void add_itself(uint32_t word, std::vector<uint32_t>& candidates) {
  candidates.push_back(word);
}

// Which of the reference's words goes by a name of WordNet. Open addressing, a quarter full.
class NamedWords {
 public:
  NamedWords(const MeteorWords& reference, const WordIds& ids)
      : slots_(std::bit_ceil(reference.size() * 4)) {
    for (const PlacedWord& word : reference)
      if (const auto name = word_net()->name(ids.text(word.word)))
        slots_[place(*name)] = {*name, word.word};
  }
  void add(uint32_t name, std::vector<uint32_t>& words) const {
    if (const Slot& slot = slots_[place(name)]; slot.name == name) words.push_back(slot.word);
  }

 private:
  struct Slot {
    uint32_t name = UINT32_MAX, word = 0;
  };
  size_t place(uint32_t name) const {
    const size_t mask = slots_.size() - 1;
    size_t at = ((name * uint64_t{0x9E3779B97F4A7C15}) >> 32) & mask;
    while (slots_[at].name != UINT32_MAX && slots_[at].name != name) at = (at + 1) & mask;
    return at;
  }
  std::vector<Slot> slots_;
};

size_t chunks(const std::vector<Match>& matches) {
  size_t count = 1;
  for (size_t i = 1; i < matches.size(); ++i)
    count += matches[i].answer != matches[i - 1].answer + 1 ||
             matches[i].reference != matches[i - 1].reference + 1;
  return count;
}

}  // namespace

Status meteor_ready() {
  if (!word_net()) return word_net().error();
  return {};
}

double meteor(const std::vector<std::string_view>& answer,
              const std::vector<std::string_view>& reference) {
  WordIds ids(answer.size() + reference.size());
  std::vector<std::string> lower;  // which the numbers stand for
  lower.reserve(answer.size() + reference.size());
  auto placed = [&](const std::vector<std::string_view>& texts) {
    MeteorWords words;
    words.reserve(texts.size());
    for (size_t i = 0; i < texts.size(); ++i)
      words.push_back({i, ids.id(lower.emplace_back(python_lower(texts[i])))});
    return words;
  };
  MeteorWords ours = placed(answer), theirs = placed(reference);
  std::vector<Match> matches;
  matches.reserve(ours.size());
  match_words(ours, theirs, ids.size(), matches, add_itself);

  std::vector<std::string> stems(ids.size());  // of the words that are left
  std::vector<std::optional<uint32_t>> numbers(ids.size());
  WordIds stem_ids(ours.size() + theirs.size());
  for (MeteorWords* words : {&ours, &theirs})
    for (auto& [place, word] : *words) {
      if (!numbers[word]) {
        stems[word] = porter_stem(ids.text(word));
        numbers[word] = stem_ids.id(stems[word]);
      }
      word = *numbers[word];
    }
  match_words(ours, theirs, stem_ids.size(), matches, add_itself);

  // The package looks up stems as well.
  const NamedWords named(theirs, stem_ids);
  std::vector<uint32_t> names;
  match_words(ours, theirs, stem_ids.size(), matches,
              [&](uint32_t word, std::vector<uint32_t>& candidates) {
                names.clear();
                word_net()->add_synonyms(stem_ids.text(word), names);
                for (uint32_t name : names) named.add(name, candidates);
              });

  if (matches.empty()) return 0;
  std::ranges::sort(matches, {}, &Match::answer);
  auto count = static_cast<double>(matches.size());
  double precision = count / static_cast<double>(answer.size());
  double recall = count / static_cast<double>(reference.size());
  double mean = precision * recall / (0.9 * precision + 0.1 * recall);
  return (1 - 0.5 * std::pow(static_cast<double>(chunks(matches)) / count, 3)) * mean;
}

}  // namespace loom

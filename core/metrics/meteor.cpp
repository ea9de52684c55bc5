#include "core/metrics/meteor.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
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
  std::string text;
};
using MeteorWords = std::vector<PlacedWord>;

MeteorWords placed(const std::vector<std::string_view>& words) {
  MeteorWords result;
  for (size_t i = 0; i < words.size(); ++i) result.push_back({i, python_lower(words[i])});
  return result;
}

struct Match {
  size_t answer, reference;
};

// From the last word of the answer on, each takes the last free word of the reference among its
// `forms`; what is matched leaves both lists.
template <typename Forms>
void match_words(MeteorWords& answer, MeteorWords& reference, std::vector<Match>& matches,
                 Forms forms) {
  WordIds ids(reference.size());
  std::vector<size_t> last, before(reference.size());  // one past the place; 0: none is free
  for (size_t j = 0; j < reference.size(); ++j) {
    const uint32_t id = ids.id(reference[j].text);
    if (id == last.size()) last.push_back(0);
    before[j] = std::exchange(last[id], j + 1);
  }
  std::vector<bool> ours(answer.size(), false), theirs(reference.size(), false);
  for (size_t i = answer.size(); i-- > 0;) {
    size_t* best = nullptr;
    for (const auto& form : forms(answer[i].text))
      if (const auto id = ids.find(form); id && last[*id] > (best ? *best : 0)) best = &last[*id];
    if (!best) continue;
    const size_t taken = *best - 1;
    matches.push_back({answer[i].place, reference[taken].place});
    ours[i] = theirs[taken] = true;
    *best = before[taken];
  }
  auto drop = [](MeteorWords& words, const std::vector<bool>& matched) {
    MeteorWords left;
    for (size_t i = 0; i < words.size(); ++i)
      if (!matched[i]) left.push_back(std::move(words[i]));
    words = std::move(left);
  };
  drop(answer, ours);
  drop(reference, theirs);
}

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
  MeteorWords ours = placed(answer), theirs = placed(reference);
  std::vector<Match> matches;
  auto itself = [](const std::string& word) { return std::array<std::string_view, 1>{word}; };
  match_words(ours, theirs, matches, itself);
  for (MeteorWords* words : {&ours, &theirs})
    for (PlacedWord& word : *words) word.text = porter_stem(word.text);
  match_words(ours, theirs, matches, itself);
  match_words(ours, theirs, matches,  // the package looks up stems as well
              [](const std::string& word) { return word_net()->synonyms(word); });
  if (matches.empty()) return 0;
  std::ranges::sort(matches, {}, &Match::answer);
  auto count = static_cast<double>(matches.size());
  double precision = count / static_cast<double>(answer.size());
  double recall = count / static_cast<double>(reference.size());
  double mean = precision * recall / (0.9 * precision + 0.1 * recall);
  return (1 - 0.5 * std::pow(static_cast<double>(chunks(matches)) / count, 3)) * mean;
}

}  // namespace loom

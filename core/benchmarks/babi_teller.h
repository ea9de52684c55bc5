// What the makers of house stories share.
#pragma once

#include <array>
#include <functional>
#include <map>

#include "core/benchmarks/babi_story.h"

namespace loom {

struct BabiPerson {
  const char *name, *pronoun;
};
// No name or place holds "no" or "yes": the official scorer takes labels out of a question even
// inside words.
inline constexpr std::array<BabiPerson, 4> kBabiPeople = {
    {{"Alice", "she"}, {"Boris", "he"}, {"Clara", "she"}, {"Daniel", "he"}}};
inline constexpr std::array kBabiPlaces = {"bathroom", "bedroom", "garden",
                                           "hallway",  "kitchen", "office"};
inline constexpr std::array kBabiThings = {"apple", "football", "milk"};
inline constexpr std::array kBabiGoing = {"walked", "went", "headed", "strolled"};

class BabiTeller {
 public:
  explicit BabiTeller(Random random) : random_(random) {}
  template <typename List>
  auto pick(const List& list) {
    return list[random_.below(list.size())];
  }
  // One that is not `other`.
  template <typename List>
  std::string pick_but(const List& list, const std::string& other) {
    std::string picked = pick(list);
    while (picked == other) picked = pick(list);
    return picked;
  }
  // `count` different ones.
  template <typename List>
  std::vector<std::string> some(const List& list, size_t count) {
    std::vector<std::string> all(list.begin(), list.end());
    random_.shuffle(all);
    all.resize(count);
    return all;
  }
  size_t between(size_t least, size_t most) { return least + random_.below(most - least + 1); }
  bool chance() { return random_.below(2) == 0; }
  template <typename List>
  void shuffle(List& list) {
    random_.shuffle(list);
  }
  size_t tell(std::string fact) {
    story_.facts.push_back(std::move(fact));
    return story_.facts.size() - 1;
  }
  BabiStory ask(std::string question, std::string answer, std::vector<size_t> supporting) {
    story_.question = std::move(question);
    story_.answer = std::move(answer);
    story_.supporting = std::move(supporting);
    return story_;
  }
  size_t facts() const { return story_.facts.size(); }

 private:
  Random random_;
  BabiStory story_;
};

using BabiMaker = BabiStory (*)(BabiTeller&);
// The makers of each family, by task.
const std::map<std::string, BabiMaker>& babi_move_stories();
const std::map<std::string, BabiMaker>& babi_people_stories();
const std::map<std::string, BabiMaker>& babi_relation_stories();

}  // namespace loom

// Stories of where persons are, said in other ways than one walk after the other: bAbI's tasks 9 to
// 14.
#include "core/benchmarks/babi_teller.h"

namespace loom {
namespace {

// What is known of a person: a place, one it is not in, or two of which one is right.
struct Known {
  enum { at, not_at, either } kind = at;
  std::string place, other;
  size_t fact = 0;
};

std::string any_known(BabiTeller& teller, const std::map<std::string, Known>& known) {
  std::vector<std::string> people;
  for (const auto& [person, state] : known) people.push_back(person);
  return teller.pick(people);
}

BabiStory negation(BabiTeller& teller) {
  std::map<std::string, Known> known;
  for (size_t i = teller.between(2, 10); i > 0; --i) {
    const std::string person = teller.pick(kBabiPeople).name;
    const std::string place = teller.pick(kBabiPlaces);
    const bool there = teller.chance();
    const size_t fact =
        teller.tell(person + (there ? " is in the " : " is no longer in the ") + place + ".");
    known[person] = {there ? Known::at : Known::not_at, place, "", fact};
  }
  const std::string person = any_known(teller, known);
  const Known& state = known[person];
  // Where a negation leaves open what holds, only the place it names is asked for.
  const bool other = state.kind == Known::at && teller.chance();
  const std::string asked = other ? teller.pick_but(kBabiPlaces, state.place) : state.place;
  return teller.ask("Is " + person + " in the " + asked + "?",
                    state.kind == Known::at && !other ? "yes" : "no", {state.fact});
}

BabiStory indefinite(BabiTeller& teller) {
  std::map<std::string, Known> known;
  for (size_t i = teller.between(2, 10); i > 0; --i) {
    const std::string person = teller.pick(kBabiPeople).name;
    const auto places = teller.some(kBabiPlaces, 2);
    const bool sure = teller.chance();
    const size_t fact = teller.tell(sure ? person + " is in the " + places[0] + "."
                                         : person + " is either in the " + places[0] +
                                               " or in the " + places[1] + ".");
    known[person] = {sure ? Known::at : Known::either, places[0], sure ? "" : places[1], fact};
  }
  const std::string person = any_known(teller, known);
  const Known& state = known[person];
  const std::string asked = teller.chance() ? state.place : teller.pick(kBabiPlaces);
  const bool named = asked == state.place || asked == state.other;
  return teller.ask("Is " + person + " in the " + asked + "?",
                    !named                    ? "no"
                    : state.kind == Known::at ? "yes"
                                              : "maybe",
                    {state.fact});
}

// Pairs of walks, the second told with a pronoun; `together`: of two persons at once.
BabiStory coreference(BabiTeller& teller, bool together) {
  std::map<std::string, Known> known;
  for (size_t i = teller.between(1, 5); i > 0; --i) {
    std::vector<size_t> who(kBabiPeople.size());
    for (size_t p = 0; p < who.size(); ++p) who[p] = p;
    teller.shuffle(who);
    const BabiPerson &one = kBabiPeople.at(who[0]), &two = kBabiPeople.at(who[1]);
    const auto places = teller.some(kBabiPlaces, 2);
    teller.tell(std::string(one.name) + (together ? std::string(" and ") + two.name : "") + " " +
                teller.pick(kBabiGoing) + " to the " + places[0] + ".");
    const size_t fact = teller.tell(std::string("After that ") + (together ? "they" : one.pronoun) +
                                    " " + teller.pick(kBabiGoing) + " to the " + places[1] + ".");
    known[one.name] = {Known::at, places[1], "", fact};
    if (together) known[two.name] = known[one.name];
  }
  const std::string person = any_known(teller, known);
  return teller.ask("Where is " + person + "?", known[person].place,
                    {known[person].fact - 1, known[person].fact});
}
BabiStory pronoun(BabiTeller& teller) {
  return coreference(teller, false);
}
BabiStory pronoun_for_two(BabiTeller& teller) {
  return coreference(teller, true);
}

BabiStory conjunction(BabiTeller& teller) {
  std::map<std::string, Known> known;
  for (size_t i = teller.between(2, 10); i > 0; --i) {
    std::vector<std::string> names;
    for (const BabiPerson& person : kBabiPeople) names.emplace_back(person.name);
    const auto who = teller.some(names, 2);
    const std::string place = teller.pick(kBabiPlaces);
    const size_t fact = teller.tell(who[0] + " and " + who[1] + " " + teller.pick(kBabiGoing) +
                                    " to the " + place + ".");
    for (const std::string& person : who) known[person] = {Known::at, place, "", fact};
  }
  const std::string person = any_known(teller, known);
  return teller.ask("Where is " + person + "?", known[person].place, {known[person].fact});
}

BabiStory times(BabiTeller& teller) {
  constexpr std::array kTimes = {"Yesterday", "This morning", "This afternoon", "This evening"};
  constexpr std::array kTowns = {"bedroom", "cinema", "kitchen", "office", "park", "school"};
  struct Walk {
    size_t person, time;
  };
  const size_t people = teller.between(1, 3);
  std::vector<std::vector<std::string>> places;
  std::vector<Walk> walks;
  for (size_t person = 0; person < people; ++person) {
    places.push_back(teller.some(kTowns, kTimes.size()));
    for (size_t time = 0; time < kTimes.size(); ++time) walks.push_back({person, time});
  }
  teller.shuffle(walks);
  std::map<std::pair<size_t, size_t>, size_t> facts;
  for (const Walk& walk : walks)
    facts[{walk.person, walk.time}] = teller.tell(
        std::string(kTimes.at(walk.time)) + " " + kBabiPeople.at(walk.person).name + " " +
        teller.pick(kBabiGoing) + " to the " + places[walk.person][walk.time] + ".");
  const size_t person = teller.between(0, people - 1), time = teller.between(1, 3);
  return teller.ask(std::string("Where was ") + kBabiPeople.at(person).name + " before the " +
                        places[person][time] + "?",
                    places[person][time - 1], {facts[{person, time - 1}], facts[{person, time}]});
}

}  // namespace

const std::map<std::string, BabiMaker>& babi_people_stories() {
  static const std::map<std::string, BabiMaker> makers = {
      {"qa9", negation},     {"qa10", indefinite},      {"qa11", pronoun},
      {"qa12", conjunction}, {"qa13", pronoun_for_two}, {"qa14", times}};
  return makers;
}

}  // namespace loom

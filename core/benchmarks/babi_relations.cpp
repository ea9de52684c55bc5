// Stories of how rooms, animals, shapes and boxes stand to each other: bAbI's tasks 4 and 15 to 20.
#include <set>

#include "core/benchmarks/babi_teller.h"

namespace loom {
namespace {

struct Direction {
  const char* name;
  int x, y;
  size_t opposite;
};
constexpr std::array<Direction, 4> kDirections = {
    {{"north", 0, 1, 1}, {"south", 0, -1, 0}, {"east", 1, 0, 3}, {"west", -1, 0, 2}}};

// "The a is north of the b.", or the same from the other side.
size_t tell_direction(BabiTeller& teller, const std::string& a, size_t direction,
                      const std::string& b) {
  if (teller.chance())
    return teller.tell("The " + a + " is " + kDirections.at(direction).name + " of the " + b + ".");
  const size_t back = kDirections.at(direction).opposite;
  return teller.tell("The " + b + " is " + kDirections.at(back).name + " of the " + a + ".");
}

// Two rooms lie beside a third one, one across and one along.
BabiStory two_arguments(BabiTeller& teller) {
  const auto rooms = teller.some(kBabiPlaces, 3);
  const size_t first = teller.between(0, 3), second = teller.between(0, 1) + (first < 2 ? 2 : 0);
  const size_t fact = tell_direction(teller, rooms[0], first, rooms[1]);
  tell_direction(teller, rooms[2], second, rooms[1]);
  const std::string name = kDirections.at(first).name;
  if (teller.chance())
    return teller.ask("What is " + name + " of the " + rooms[1] + "?", rooms[0], {fact});
  return teller.ask("What is the " + rooms[0] + " " + name + " of?", rooms[1], {fact});
}

constexpr std::array kRelationNames = {"Gertrude", "Jessica", "Lily", "Greg", "Julius", "Brian"};

BabiStory deduction(BabiTeller& teller) {
  constexpr std::array kAnimals = {"cat", "mouse", "sheep", "wolf"};
  std::map<std::string, std::pair<std::string, size_t>> feared, kind;
  for (const std::string& animal : teller.some(kAnimals, kAnimals.size())) {
    const std::string other = teller.pick_but(kAnimals, animal);
    feared[animal] = {other, teller.tell("Every " + animal + " is afraid of the " + other + ".")};
  }
  const auto names = teller.some(kRelationNames, 4);
  for (const std::string& name : names) {
    const std::string animal = teller.pick(kAnimals);
    kind[name] = {animal, teller.tell(name + " is a " + animal + ".")};
  }
  const std::string asked = teller.pick(names);
  const auto& [animal, fact] = kind[asked];
  return teller.ask("What is " + asked + " afraid of?", feared[animal].first,
                    {feared[animal].second, fact});
}

BabiStory induction(BabiTeller& teller) {
  constexpr std::array kAnimals = {"frog", "lion", "rhino", "swan"};
  constexpr std::array kColours = {"gray", "green", "white", "yellow"};
  const auto colours = teller.some(kColours, kColours.size());
  const auto names = teller.some(kRelationNames, 5);
  // The last one has the animal of another, and its colour is not told.
  std::vector<size_t> animals;
  for (size_t i = 0; i + 1 < names.size(); ++i) animals.push_back(teller.between(0, 3));
  const size_t like = teller.between(0, names.size() - 2);
  animals.push_back(animals[like]);
  std::vector<size_t> supporting;
  for (size_t i = 0; i < names.size(); ++i) {
    const bool needed = i == like || i + 1 == names.size();
    const size_t kind = teller.tell(names[i] + " is a " + kAnimals.at(animals[i]) + ".");
    if (needed) supporting.push_back(kind);
    if (i + 1 == names.size()) break;
    const size_t colour = teller.tell(names[i] + " is " + colours[animals[i]] + ".");
    if (needed) supporting.push_back(colour);
  }
  return teller.ask("What color is " + names.back() + "?", colours[animals[like]], supporting);
}

struct Side {
  const char* text;
  int x, y;
};
constexpr std::array<Side, 4> kSides = {
    {{"above", 0, 1}, {"below", 0, -1}, {"to the left of", -1, 0}, {"to the right of", 1, 0}}};

// Two shapes directly beside a third; asked is how the two stand to each other.
BabiStory positions(BabiTeller& teller) {
  constexpr std::array kShapes = {"red square", "blue square", "pink triangle", "yellow circle"};
  const auto shapes = teller.some(kShapes, 3);
  std::vector<Side> sides(kSides.begin(), kSides.end());
  teller.shuffle(sides);
  const Side &one = sides[0], &two = sides[1];
  const size_t first =
      teller.tell("The " + shapes[0] + " is directly " + one.text + " the " + shapes[1] + ".");
  const size_t second =
      teller.tell("The " + shapes[2] + " is directly " + two.text + " the " + shapes[1] + ".");
  const Side asked = teller.pick(kSides);
  const int x = one.x - two.x, y = one.y - two.y;
  const bool yes = asked.x * x + asked.y * y > 0;
  return teller.ask("Is the " + shapes[0] + " " + asked.text + " the " + shapes[2] + "?",
                    yes ? "yes" : "no", {first, second});
}

BabiStory sizes(BabiTeller& teller) {
  constexpr std::array kBoxes = {"suitcase", "crate", "chest", "box of tea", "envelope", "bucket"};
  const auto rising = teller.some(kBoxes, 5);
  std::vector<size_t> order = {0, 1, 2, 3}, facts(4);
  teller.shuffle(order);
  for (size_t i : order)
    facts[i] = teller.tell(teller.chance()
                               ? "The " + rising[i + 1] + " is bigger than the " + rising[i] + "."
                               : "The " + rising[i] + " fits inside the " + rising[i + 1] + ".");
  const size_t low = teller.between(0, 3), high = teller.between(low + 1, 4);
  const bool yes = teller.chance(), fits = teller.chance();
  const std::string &small = rising[low], &big = rising[high];
  const std::vector<size_t> needed(facts.begin() + static_cast<std::ptrdiff_t>(low),
                                   facts.begin() + static_cast<std::ptrdiff_t>(high));
  const std::string& first = yes == fits ? small : big;
  const std::string& second = yes == fits ? big : small;
  return teller.ask(fits ? "Does the " + first + " fit inside the " + second + "?"
                         : "Is the " + first + " bigger than the " + second + "?",
                    yes ? "yes" : "no", needed);
}

// Rooms on a grid, each beside one that is there: between two of them there is one way.
BabiStory paths(BabiTeller& teller) {
  const auto rooms = teller.some(kBabiPlaces, 6);
  std::vector<std::pair<int, int>> at = {{0, 0}};
  std::set<std::pair<int, int>> used = {{0, 0}};
  std::vector<size_t> parent = {0}, way = {0};
  while (at.size() < rooms.size()) {
    // The first three make the way that is asked for.
    const size_t from = at.size() < 3 ? at.size() - 1 : teller.between(0, at.size() - 1);
    const size_t direction = teller.between(0, 3);
    const std::pair<int, int> to = {at[from].first + kDirections.at(direction).x,
                                    at[from].second + kDirections.at(direction).y};
    if (!used.insert(to).second) continue;
    at.push_back(to);
    parent.push_back(from);
    way.push_back(direction);
  }
  std::vector<size_t> order = {1, 2, 3, 4, 5};
  teller.shuffle(order);
  std::vector<size_t> facts(rooms.size());
  for (size_t room : order)
    facts[room] = tell_direction(teller, rooms[room], way[room], rooms[parent[room]]);
  const std::string answer = {kDirections.at(way[1]).name[0], ',', kDirections.at(way[2]).name[0]};
  return teller.ask("How do you go from the " + rooms[0] + " to the " + rooms[2] + "?", answer,
                    {facts[1], facts[2]});
}

BabiStory motives(BabiTeller& teller) {
  struct Need {
    const char *state, *place, *thing;
  };
  constexpr std::array<Need, 4> kNeeds = {{{"hungry", "kitchen", "apple"},
                                           {"thirsty", "kitchen", "milk"},
                                           {"tired", "bedroom", "pyjamas"},
                                           {"bored", "garden", "football"}}};
  const auto people = teller.some(kRelationNames, 3);
  const size_t told = teller.between(1, 3);
  for (size_t i = 0; i < told; ++i) {
    const Need need = teller.pick(kNeeds);
    const std::string& person = people[i];
    const size_t state = teller.tell(person + " is " + need.state + ".");
    if (i + 1 == told && teller.chance())
      return teller.ask("Where will " + person + " go?", need.place, {state});
    const size_t went =
        teller.tell(person + " " + teller.pick(kBabiGoing) + " to the " + need.place + ".");
    if (i + 1 == told && teller.chance())
      return teller.ask("Why did " + person + " go to the " + need.place + "?", need.state,
                        {state, went});
    const size_t got = teller.tell(person + " took the " + need.thing + " there.");
    if (i + 1 == told)
      return teller.ask("Why did " + person + " take the " + need.thing + "?", need.state,
                        {state, got});
  }
  return {};
}

}  // namespace

const std::map<std::string, BabiMaker>& babi_relation_stories() {
  static const std::map<std::string, BabiMaker> makers = {
      {"qa4", two_arguments}, {"qa15", deduction}, {"qa16", induction}, {"qa17", positions},
      {"qa18", sizes},        {"qa19", paths},     {"qa20", motives}};
  return makers;
}

}  // namespace loom

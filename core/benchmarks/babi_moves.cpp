// Stories of persons who walk about and carry things: bAbI's tasks 1, 2, 3, 5, 6, 7 and 8.
#include <algorithm>
#include <optional>

#include "core/benchmarks/babi_teller.h"

namespace loom {
namespace {

constexpr std::array kTaking = {"took", "picked up", "grabbed", "collected"};
constexpr std::array kLeaving = {"put down", "dropped", "left"};
constexpr std::array kGiving = {"gave", "handed", "passed"};
constexpr std::array kGivers = {"Bill", "Fred", "Jeff", "Mary"};

struct Stay {
  std::string place;
  std::vector<size_t> facts;  // that say so
};
struct Gift {
  std::string giver, thing, receiver;
  size_t fact = 0;
};

class Rooms {
 public:
  Rooms(BabiTeller& teller, std::vector<std::string> people, bool with_things)
      : teller_(teller), people_(std::move(people)), with_things_(with_things) {}

  std::map<std::string, std::string> place;                 // of persons
  std::map<std::string, size_t> came;                       // the fact of their last walk
  std::map<std::string, std::string> holder;                // of things; "" on the floor
  std::map<std::string, std::vector<Stay>> stays;           // of things, places one after the other
  std::map<std::string, std::vector<std::string>> carried;  // by persons, in the order of taking
  std::optional<Gift> gift;                                 // the last one

  // One thing that can happen; `gifts`: also to hand something over.
  void happen(bool gifts = false) {
    const std::string person = teller_.pick(people_);
    if (with_things_ && place.contains(person) && !teller_.chance()) {
      if (gifts && teller_.chance() && give(person)) return;
      const std::string thing = teller_.pick(kBabiThings);
      if (holder[thing] == person) return leave(person, thing);
      if (holder[thing].empty() &&
          (stays[thing].empty() || stays[thing].back().place == place[person]))
        return take(person, thing);
    }
    go(person, gifts && !carried[person].empty() ? company(person) : "");
  }
  std::vector<std::string> touched() const {
    std::vector<std::string> things;
    for (const char* thing : kBabiThings)
      if (const auto at = stays.find(thing); at != stays.end() && !at->second.empty())
        things.emplace_back(thing);
    return things;
  }
  // What the person took, left, gave or was given; the last walk where there is nothing of that.
  std::vector<size_t> handled(const std::string& person) {
    return handled_[person].empty() ? std::vector<size_t>{came[person]} : handled_[person];
  }

 private:
  // Where another person is, for one that has something to give.
  std::string company(const std::string& person) {
    const std::string other = teller_.pick_but(people_, person);
    return place.contains(other) ? place[other] : "";
  }
  // To that place, or anywhere.
  void go(const std::string& person, std::string to) {
    if (to.empty() || to == place[person]) to = teller_.pick_but(kBabiPlaces, place[person]);
    place[person] = to;
    came[person] = teller_.tell(person + " " + teller_.pick(kBabiGoing) + " to the " + to + ".");
    for (const std::string& thing : carried[person])
      stays[thing].push_back({to, {taken_[thing], came[person]}});
  }
  void take(const std::string& person, const std::string& thing) {
    taken_[thing] =
        teller_.tell(person + " " + teller_.pick(kTaking) + " the " + thing + " there.");
    handled_[person].push_back(taken_[thing]);
    holder[thing] = person;
    carried[person].push_back(thing);
    if (stays[thing].empty())
      stays[thing].push_back({place[person], {came[person], taken_[thing]}});
  }
  void leave(const std::string& person, const std::string& thing) {
    const size_t fact =
        teller_.tell(person + " " + teller_.pick(kLeaving) + " the " + thing + " there.");
    handled_[person].push_back(fact);
    stays[thing].back().facts = {came[person], fact};
    holder[thing].clear();
    std::erase(carried[person], thing);
  }
  bool give(const std::string& giver) {
    if (carried[giver].empty()) return false;
    const std::string receiver = teller_.pick_but(people_, giver);
    if (!place.contains(receiver) || place[receiver] != place[giver]) return false;
    const std::string thing = teller_.pick(carried[giver]);
    const size_t fact = teller_.tell(giver + " " + teller_.pick(kGiving) + " the " + thing +
                                     " to " + receiver + ".");
    handled_[giver].push_back(fact);
    handled_[receiver].push_back(fact);
    std::erase(carried[giver], thing);
    carried[receiver].push_back(thing);
    holder[thing] = receiver;
    taken_[thing] = fact;
    gift = Gift{giver, thing, receiver, fact};
    return true;
  }

  BabiTeller& teller_;
  const std::vector<std::string> people_;
  const bool with_things_;
  std::map<std::string, size_t> taken_;  // the fact since when it is carried
  std::map<std::string, std::vector<size_t>> handled_;
};

std::vector<std::string> names() {
  std::vector<std::string> names;
  for (const BabiPerson& person : kBabiPeople) names.emplace_back(person.name);
  return names;
}

// So many things, and then more until it is enough.
void happen(Rooms& rooms, size_t steps, bool gifts, const std::function<bool()>& enough) {
  for (size_t i = 0; i < steps || !enough(); ++i) rooms.happen(gifts);
}

std::string known_person(BabiTeller& teller, const Rooms& rooms) {
  std::vector<std::string> known;
  for (const auto& [person, fact] : rooms.came) known.push_back(person);
  return teller.pick(known);
}

BabiStory where_person(BabiTeller& teller) {
  Rooms rooms(teller, names(), false);
  happen(rooms, teller.between(2, 10), false, [] { return true; });
  const std::string person = known_person(teller, rooms);
  return teller.ask("Where is " + person + "?", rooms.place[person], {rooms.came[person]});
}

BabiStory where_thing(BabiTeller& teller) {
  Rooms rooms(teller, names(), true);
  happen(rooms, teller.between(6, 20), false, [&] { return !rooms.touched().empty(); });
  const std::string thing = teller.pick(rooms.touched());
  const Stay& stay = rooms.stays[thing].back();
  return teller.ask("Where is the " + thing + "?", stay.place, stay.facts);
}

// A stay at a place at which the thing was once, so that there is one place before it.
struct Stays {
  std::string thing;
  Stay before, asked;
};
std::optional<Stays> asked_stays(const Rooms& rooms) {
  for (const std::string& thing : rooms.touched()) {
    const auto& stays = rooms.stays.at(thing);
    for (size_t at = stays.size(); at-- > 1;) {
      const auto same = [&](const Stay& stay) { return stay.place == stays[at].place; };
      if (std::count_if(stays.begin(), stays.end(), same) == 1)
        return Stays{thing, stays[at - 1], stays[at]};
    }
  }
  return std::nullopt;
}

BabiStory where_before(BabiTeller& teller) {
  Rooms rooms(teller, names(), true);
  happen(rooms, teller.between(12, 30), false, [&] { return asked_stays(rooms).has_value(); });
  const Stays found = *asked_stays(rooms);
  std::vector<size_t> facts = found.before.facts;
  facts.insert(facts.end(), found.asked.facts.begin(), found.asked.facts.end());
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  return teller.ask("Where was the " + found.thing + " before the " + found.asked.place + "?",
                    found.before.place, facts);
}

BabiStory who_gave(BabiTeller& teller) {
  Rooms rooms(teller, {kGivers.begin(), kGivers.end()}, true);
  happen(rooms, teller.between(8, 24), true, [&] { return rooms.gift.has_value(); });
  const Gift& gift = *rooms.gift;
  switch (teller.between(0, 4)) {
    case 0:
      return teller.ask("What did " + gift.giver + " give to " + gift.receiver + "?", gift.thing,
                        {gift.fact});
    case 1:
      return teller.ask("Who gave the " + gift.thing + " to " + gift.receiver + "?", gift.giver,
                        {gift.fact});
    case 2:
      return teller.ask("Who did " + gift.giver + " give the " + gift.thing + " to?", gift.receiver,
                        {gift.fact});
    case 3:
      return teller.ask("Who gave the " + gift.thing + "?", gift.giver, {gift.fact});
    default:
      return teller.ask("Who received the " + gift.thing + "?", gift.receiver, {gift.fact});
  }
}

BabiStory is_there(BabiTeller& teller) {
  Rooms rooms(teller, names(), false);
  happen(rooms, teller.between(2, 10), false, [] { return true; });
  const std::string person = known_person(teller, rooms), at = rooms.place[person];
  const std::string asked = teller.chance() ? at : teller.pick_but(kBabiPlaces, at);
  return teller.ask("Is " + person + " in the " + asked + "?", asked == at ? "yes" : "no",
                    {rooms.came[person]});
}

// Who carries how much is asked of a person that has held something, if there is one.
std::string carrier(BabiTeller& teller, Rooms& rooms) {
  std::vector<std::string> known;
  for (const auto& [person, things] : rooms.carried)
    if (rooms.came.contains(person)) known.push_back(person);
  return teller.pick(known);
}

BabiStory how_many(BabiTeller& teller) {
  Rooms rooms(teller, {names()[0], names()[1]}, true);
  happen(rooms, teller.between(6, 20), true, [&] { return !rooms.touched().empty(); });
  const std::string person = carrier(teller, rooms);
  constexpr std::array kNumbers = {"none", "one", "two", "three"};
  return teller.ask("How many objects is " + person + " carrying?",
                    kNumbers.at(rooms.carried[person].size()), rooms.handled(person));
}

BabiStory what_carried(BabiTeller& teller) {
  Rooms rooms(teller, {names()[0], names()[1]}, true);
  happen(rooms, teller.between(6, 20), false, [&] { return !rooms.touched().empty(); });
  const std::string person = carrier(teller, rooms);
  std::string list;
  for (const std::string& thing : rooms.carried[person]) list += (list.empty() ? "" : ",") + thing;
  return teller.ask("What is " + person + " carrying?", list.empty() ? "nothing" : list,
                    rooms.handled(person));
}

}  // namespace

const std::map<std::string, BabiMaker>& babi_move_stories() {
  static const std::map<std::string, BabiMaker> makers = {
      {"qa1", where_person}, {"qa2", where_thing}, {"qa3", where_before}, {"qa5", who_gave},
      {"qa6", is_there},     {"qa7", how_many},    {"qa8", what_carried}};
  return makers;
}

}  // namespace loom

#include "tests/core/benchmarks/story_solver.h"

#include <map>
#include <regex>

namespace loom::testing {
namespace {

std::smatch match(const std::string& text, const std::string& pattern) {
  std::smatch found;
  std::regex_match(text, found, std::regex(pattern));
  return found;
}

const std::string kGo = "(\\w+) (?:walked|went|headed|strolled) to the (\\w+)\\.";
const std::string kTake = "(\\w+) (?:took|picked up|grabbed|collected) the (\\w+) there\\.";
const std::string kLeave = "(\\w+) (?:put down|dropped|left) the (\\w+) there\\.";
const std::string kGive = "(\\w+) (?:gave|handed|passed) the (\\w+) to (\\w+)\\.";

// Where somebody is after the first `count` facts: the last walk told of them.
std::string place_of(const Facts& facts, size_t count, const std::string& person) {
  for (size_t i = count; i-- > 0;)
    if (const auto go = match(facts[i], kGo); !go.empty() && go[1] == person) return go[2];
  return "";
}

struct Held {
  std::string person;  // who holds it, or who left it
  size_t left = 0;     // the fact that tells so, from 1; 0: it is held
};
Held holder_of(const Facts& facts, size_t count, const std::string& thing) {
  for (size_t i = count; i-- > 0;) {
    if (const auto take = match(facts[i], kTake); !take.empty() && take[2] == thing)
      return {take[1], 0};
    if (const auto give = match(facts[i], kGive); !give.empty() && give[2] == thing)
      return {give[3], 0};
    if (const auto leave = match(facts[i], kLeave); !leave.empty() && leave[2] == thing)
      return {leave[1], i + 1};
  }
  return {};
}
std::string place_of_thing(const Facts& facts, size_t count, const std::string& thing) {
  const Held held = holder_of(facts, count, thing);
  return held.person.empty() ? "" : place_of(facts, held.left ? held.left : count, held.person);
}

std::string place_before(const Facts& facts, const std::string& thing, const std::string& place) {
  std::vector<std::string> places;
  for (size_t count = 1; count <= facts.size(); ++count) {
    const std::string here = place_of_thing(facts, count, thing);
    if (!here.empty() && (places.empty() || places.back() != here)) places.push_back(here);
  }
  for (size_t i = places.size(); i-- > 1;)
    if (places[i] == place) return places[i - 1];
  return "";
}

std::string gift(const Facts& facts, const std::string& question) {
  for (size_t i = facts.size(); i-- > 0;) {
    const auto give = match(facts[i], kGive);
    if (give.empty()) continue;
    const std::string giver = give[1], thing = give[2], receiver = give[3];
    if (question == "What did " + giver + " give to " + receiver + "?") return thing;
    if (question == "Who gave the " + thing + " to " + receiver + "?") return giver;
    if (question == "Who did " + giver + " give the " + thing + " to?") return receiver;
    if (question == "Who gave the " + thing + "?") return giver;
    if (question == "Who received the " + thing + "?") return receiver;
  }
  return "";
}

// Walks with "and", "they", "he" and "she", as walks of one person each.
Facts plain_walks(const Facts& facts) {
  Facts plain;
  std::vector<std::string> before;
  for (const std::string& fact : facts) {
    const auto walk =
        match(fact, "(?:After that )?(\\w+)(?: and (\\w+))? (?:\\w+) to the (\\w+)\\.");
    std::vector<std::string> who = {walk[1].str()};
    if (walk[2].matched) who.push_back(walk[2].str());
    if (fact.starts_with("After that ")) who = before;
    for (const std::string& person : who)
      plain.push_back(person + " went to the " + walk[3].str() + ".");
    before = who;
  }
  return plain;
}

std::string negated(const Facts& facts, const std::string& person, const std::string& place) {
  for (size_t i = facts.size(); i-- > 0;) {
    const auto fact = match(facts[i], "(\\w+) is (no longer )?in the (\\w+)\\.");
    if (fact[1] != person) continue;
    return !fact[2].matched && fact[3] == place ? "yes" : "no";
  }
  return "";
}

std::string perhaps(const Facts& facts, const std::string& person, const std::string& place) {
  for (size_t i = facts.size(); i-- > 0;) {
    const auto sure = match(facts[i], "(\\w+) is in the (\\w+)\\.");
    if (!sure.empty() && sure[1] == person) return sure[2] == place ? "yes" : "no";
    const auto open = match(facts[i], "(\\w+) is either in the (\\w+) or in the (\\w+)\\.");
    if (!open.empty() && open[1] == person)
      return open[2] == place || open[3] == place ? "maybe" : "no";
  }
  return "";
}

std::string time_before(const Facts& facts, const std::string& person, const std::string& place) {
  const std::vector<std::string> times = {"Yesterday", "This morning", "This afternoon",
                                          "This evening"};
  std::map<size_t, std::string> at;
  for (size_t time = 0; time < times.size(); ++time)
    for (const std::string& fact : facts)
      if (const auto walk = match(fact, times[time] + " (\\w+) \\w+ to the (\\w+)\\.");
          !walk.empty() && walk[1] == person)
        at[time] = walk[2];
  for (size_t time = 1; time < times.size(); ++time)
    if (at[time] == place) return at[time - 1];
  return "";
}

const std::map<std::string, std::string> kOpposite = {
    {"north", "south"}, {"south", "north"}, {"east", "west"}, {"west", "east"}};

// {"office", "north"} → "kitchen": what lies in that direction of it.
std::map<std::pair<std::string, std::string>, std::string> neighbours(const Facts& facts) {
  std::map<std::pair<std::string, std::string>, std::string> map;
  for (const std::string& fact : facts) {
    const auto found = match(fact, "The (\\w+) is (\\w+) of the (\\w+)\\.");
    map[{found[3].str(), found[2].str()}] = found[1];
    map[{found[1].str(), kOpposite.at(found[2])}] = found[3];
  }
  return map;
}

std::string direction(const Facts& facts, const std::string& question) {
  const auto map = neighbours(facts);
  if (const auto asked = match(question, "What is (\\w+) of the (\\w+)\\?"); !asked.empty())
    return map.at({asked[2].str(), asked[1].str()});
  const auto asked = match(question, "What is the (\\w+) (\\w+) of\\?");
  return map.at({asked[1].str(), kOpposite.at(asked[2])});
}

std::string way(const Facts& facts, const std::string& from, const std::string& to) {
  const auto map = neighbours(facts);
  std::set<std::string> ways;
  for (const auto& [first, between] : map)
    for (const auto& [second, end] : map)
      if (first.first == from && second.first == between && end == to)
        ways.insert(std::string{first.second[0], ',', second.second[0]});
  return ways.size() == 1 ? *ways.begin() : "";
}

std::string feared(const Facts& facts, const std::string& person) {
  std::string animal;
  for (const std::string& fact : facts)
    if (const auto is = match(fact, "(\\w+) is a (\\w+)\\."); !is.empty() && is[1] == person)
      animal = is[2];
  for (const std::string& fact : facts)
    if (const auto fear = match(fact, "Every (\\w+) is afraid of the (\\w+)\\.");
        !fear.empty() && fear[1] == animal)
      return fear[2];
  return "";
}

std::string colour(const Facts& facts, const std::string& person) {
  std::map<std::string, std::string> animal;
  std::map<std::string, std::set<std::string>> colours;
  for (const std::string& fact : facts) {
    if (const auto is = match(fact, "(\\w+) is a (\\w+)\\."); !is.empty()) animal[is[1]] = is[2];
    if (const auto is = match(fact, "(\\w+) is (\\w+)\\."); !is.empty())
      colours[animal[is[1]]].insert(is[2]);
  }
  const auto& found = colours[animal[person]];
  return found.size() == 1 ? *found.begin() : "";
}

std::string position(const Facts& facts, const std::string& question) {
  const std::map<std::string, std::pair<int, int>> sides = {{"above", {0, 1}},
                                                            {"below", {0, -1}},
                                                            {"to the left of", {-1, 0}},
                                                            {"to the right of", {1, 0}}};
  const std::string side = "(above|below|to the left of|to the right of)";
  std::map<std::string, std::pair<int, int>> at;  // around the shape that both facts name last
  for (const std::string& fact : facts) {
    const auto found = match(fact, "The (\\w+ \\w+) is directly " + side + " the (\\w+ \\w+)\\.");
    at[found[1]] = sides.at(found[2]);
  }
  const auto asked = match(question, "Is the (\\w+ \\w+) " + side + " the (\\w+ \\w+)\\?");
  const auto one = at.at(asked[1]), two = at.at(asked[3]), wanted = sides.at(asked[2]);
  if (wanted.first != 0) return (one.first - two.first) * wanted.first > 0 ? "yes" : "no";
  return (one.second - two.second) * wanted.second > 0 ? "yes" : "no";
}

std::string size(const Facts& facts, const std::string& question) {
  std::set<std::pair<std::string, std::string>> bigger;  // first than second
  for (const std::string& fact : facts) {
    if (const auto is = match(fact, "The (.+) is bigger than the (.+)\\."); !is.empty())
      bigger.emplace(is[1].str(), is[2].str());
    if (const auto fits = match(fact, "The (.+) fits inside the (.+)\\."); !fits.empty())
      bigger.emplace(fits[2].str(), fits[1].str());
  }
  for (size_t before = 0; before != bigger.size();) {
    before = bigger.size();
    const auto known = bigger;
    for (const auto& one : known)
      for (const auto& two : known)
        if (one.second == two.first) bigger.emplace(one.first, two.second);
  }
  if (const auto fits = match(question, "Does the (.+) fit inside the (.+)\\?"); !fits.empty())
    return bigger.contains({fits[2].str(), fits[1].str()}) ? "yes" : "no";
  const auto is = match(question, "Is the (.+) bigger than the (.+)\\?");
  return bigger.contains({is[1].str(), is[2].str()}) ? "yes" : "no";
}

std::string motive(const Facts& facts, const std::string& question) {
  const std::map<std::string, std::string> places = {
      {"hungry", "kitchen"}, {"thirsty", "kitchen"}, {"tired", "bedroom"}, {"bored", "garden"}};
  auto state = [&](const std::string& person) {
    for (size_t i = facts.size(); i-- > 0;)
      if (const auto is = match(facts[i], "(\\w+) is (\\w+)\\."); !is.empty() && is[1] == person)
        return is[2].str();
    return std::string();
  };
  if (const auto where = match(question, "Where will (\\w+) go\\?"); !where.empty())
    return places.at(state(where[1]));
  return state(match(question, "Why did (\\w+) .*\\?")[1]);
}

}  // namespace

std::set<std::string> things_of(const Facts& facts, const std::string& person) {
  std::set<std::string> things;
  for (const char* thing : {"apple", "football", "milk"})
    if (const Held held = holder_of(facts, facts.size(), thing);
        held.person == person && held.left == 0)
      things.insert(thing);
  return things;
}

std::string solve(const std::string& task, const BabiStory& story) {
  const Facts& facts = story.facts;
  const std::string& asked = story.question;
  const auto where = match(asked, "Where is (\\w+)\\?");
  const auto there = match(asked, "Is (\\w+) in the (\\w+)\\?");
  const auto before = match(asked, "Where was (?:the )?(\\w+) before the (\\w+)\\?");
  if (task == "qa1") return place_of(facts, facts.size(), where[1]);
  if (task == "qa2")
    return place_of_thing(facts, facts.size(), match(asked, "Where is the (\\w+)\\?")[1]);
  if (task == "qa3") return place_before(facts, before[1], before[2]);
  if (task == "qa4") return direction(facts, asked);
  if (task == "qa5") return gift(facts, asked);
  if (task == "qa6") return place_of(facts, facts.size(), there[1]) == there[2] ? "yes" : "no";
  if (task == "qa7") {
    const auto count = things_of(facts, match(asked, "How many objects is (\\w+) carrying\\?")[1]);
    return std::vector<std::string>{"none", "one", "two", "three"}.at(count.size());
  }
  if (task == "qa9") return negated(facts, there[1], there[2]);
  if (task == "qa10") return perhaps(facts, there[1], there[2]);
  if (task == "qa11" || task == "qa12" || task == "qa13") {
    const Facts plain = plain_walks(facts);
    return place_of(plain, plain.size(), where[1]);
  }
  if (task == "qa14") return time_before(facts, before[1], before[2]);
  if (task == "qa15") return feared(facts, match(asked, "What is (\\w+) afraid of\\?")[1]);
  if (task == "qa16") return colour(facts, match(asked, "What color is (\\w+)\\?")[1]);
  if (task == "qa17") return position(facts, asked);
  if (task == "qa18") return size(facts, asked);
  if (task == "qa19") {
    const auto ends = match(asked, "How do you go from the (\\w+) to the (\\w+)\\?");
    return way(facts, ends[1], ends[2]);
  }
  return motive(facts, asked);
}

}  // namespace loom::testing

#include <algorithm>
#include <array>

#include "core/benchmarks/house_data.h"
#include "core/benchmarks/question_set.h"
#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

// A paragraph has some 60 tokens; more are made than any tokenizer's prompt can hold.
constexpr size_t kTokensPerParagraph = 36;
constexpr size_t kFewest = 300;

struct Fact {
  const char *question, *answer;
};
constexpr std::array kPersonFacts = {Fact{"What was the profession of {person}?", "{profession}"},
                                     Fact{"In which year was {person} born?", "{birth_year}"},
                                     Fact{"In which town was {person} born?", "{town}"},
                                     Fact{"What did {person} become known for?", "{work}"},
                                     Fact{"What did {person} love besides work?", "{pastime}"}};
constexpr std::array kTownFacts = {
    Fact{"On which river does the town lie where {person} was born?", "{river}"},
    Fact{"In which year did the railway reach the town where {person} was born?", "{railway_year}"},
    Fact{"What has the town long lived from where {person} was born?", "{trade}"},
    Fact{"What do visitors come to see in the town where {person} was born?", "{sight}"}};

// "First Middle Last" of the lists' combinations, the first `count` in random order.
std::vector<std::string> combined(const json& first, const json& second, const json& third,
                                  size_t count, const std::string& between, Random random) {
  std::vector<std::string> names;
  for (const auto& a : first)
    for (const auto& b : second)
      for (const auto& c : third)
        names.push_back(a.get<std::string>() + between + b.get<std::string>() + between +
                        c.get<std::string>());
  random.shuffle(names);
  if (count < names.size()) names.resize(count);
  return names;
}

class World {
 public:
  World(const json& data, uint64_t seed, size_t size) : random_(seed, "people") {
    const auto towns = combined(data.at("town_first"), data.at("town_second"),
                                data.at("town_third"), size / 2, "", Random(seed, "towns"));
    const auto people = combined(data.at("first"), data.at("middle"), data.at("last"),
                                 size - towns.size(), " ", Random(seed, "names"));
    for (const char* name : {"profession", "work", "pastime", "river", "trade", "sight"})
      lists_[name] = data.at(name).get<std::vector<std::string>>();
    for (const std::string& town : towns) {
      Slots slots = {{"town", town}, {"railway_year", year(1840, 70)}};
      for (const char* name : {"river", "trade", "sight"}) slots[name] = pick(lists_[name]);
      add(data.at("town_paragraph").get<std::string>(), slots);
    }
    for (const std::string& person : people) {
      const size_t home = random_.below(towns.size());
      // A person's slots hold the facts of the town as well: they answer the two-hop questions.
      Slots slots = facts[home];
      slots["person"] = person;
      slots["birth_year"] = year(1720, 180);
      for (const char* name : {"profession", "work", "pastime"}) slots[name] = pick(lists_[name]);
      add(data.at("person_paragraph").get<std::string>(), slots);
      homes.push_back(static_cast<uint32_t>(home));
    }
    first_person = towns.size();
  }

  std::vector<std::string> paragraphs;
  std::vector<Slots> facts;     // of each paragraph
  std::vector<uint32_t> homes;  // of each person
  size_t first_person = 0;

 private:
  void add(const std::string& pattern, const Slots& slots) {
    paragraphs.push_back(fill(pattern, slots));
    facts.push_back(slots);
  }
  std::string year(uint64_t from, uint64_t span) {
    return std::to_string(from + random_.below(span));
  }
  const std::string& pick(const std::vector<std::string>& list) {
    return list[random_.below(list.size())];
  }

  Random random_;
  std::map<std::string, std::vector<std::string>> lists_;
};

}  // namespace

Result<QuestionSet> house_questions(const TaskRequest& request, int hops) {
  LOOM_TRY(const json data, house_json("data/ruler/people.json"));
  World world(data, request.seed, std::max(request.length_tokens / kTokensPerParagraph, kFewest));
  QuestionSet set;
  set.data_label = "house data";
  const size_t people = world.homes.size();
  const size_t count = people * (hops == 1 ? kPersonFacts.size() : kTownFacts.size());
  for (size_t i = 0; i < count; ++i) {
    // Each person once with one fact before anyone comes again with the next.
    const size_t person = i % people, turn = i / people + person;
    const Fact& fact =
        hops == 1 ? kPersonFacts[turn % kPersonFacts.size()] : kTownFacts[turn % kTownFacts.size()];
    const Slots& slots = world.facts[world.first_person + person];
    ParagraphQuestion question{fill(fact.question, slots),
                               {fill(fact.answer, slots)},
                               {static_cast<uint32_t>(world.first_person + person)},
                               {}};
    if (hops == 2) question.gold.push_back(world.homes[person]);
    set.questions.push_back(std::move(question));
  }
  set.paragraphs = std::move(world.paragraphs);
  return set;
}

}  // namespace loom

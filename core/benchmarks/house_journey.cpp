#include "core/benchmarks/house_journey.h"

#include <array>
#include <nlohmann/json.hpp>

#include "core/benchmarks/house_data.h"
#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr const char* kJourneyFile = "data/ada_leval/journey.json";
constexpr int kFirstPurse = 400, kEmptyPurse = 12, kWages = 200, kMostPaid = 9;
// When all towns are used up, there are others of the same names.
constexpr std::array kQualifiers = {"", "Upper ", "Lower ", "Old ", "New ", "Great ", "Little "};

const std::string& pick(const std::vector<std::string>& list, Random& random) {
  return list.at(random.below(list.size()));
}

}  // namespace

Result<HouseJourney> HouseJourney::load() {
  LOOM_TRY(const json root, house_json(kJourneyFile));
  HouseJourney journey;
  LOOM_TRY(journey.sentences_, house_sentences());
  try {
    const json& towns = root.at("towns");
    journey.begin_ = towns.at("begin").get<std::vector<std::string>>();
    journey.middle_ = towns.at("middle").get<std::vector<std::string>>();
    journey.end_ = towns.at("end").get<std::vector<std::string>>();
    journey.travellers_ = root.at("travellers").get<std::vector<std::string>>();
    journey.legs_ = root.at("legs").get<std::vector<std::string>>();
    journey.way_ = root.at("way").get<std::vector<std::string>>();
    journey.when_ = root.at("when").get<std::vector<std::string>>();
    journey.far_ = root.at("far").get<std::vector<std::string>>();
    journey.stays_ = root.at("stays").get<std::vector<std::string>>();
    journey.person_ = root.at("person").get<std::vector<std::string>>();
    journey.wages_ = root.at("wages").get<std::string>();
    journey.goods_ = root.at("goods").get<std::vector<std::string>>();
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), kJourneyFile, "Install LoomScope again"};
  }
  return journey;
}

HouseJourney::Teller HouseJourney::tell(Random random) const {
  return {*this, random};
}

HouseJourney::Teller::Teller(const HouseJourney& journey, Random random)
    : journey_(&journey), random_(random), purse_(kFirstPurse) {
  traveller_ = pick(journey.travellers_, random_);
  town_ = new_town();
}

std::string HouseJourney::Teller::new_town() {
  const HouseJourney& from = *journey_;
  const size_t endings = from.end_.size(), middles = from.middle_.size();
  if (towns_.empty()) {
    for (uint32_t i = 0; i < from.begin_.size() * middles * endings; ++i) towns_.push_back(i);
    random_.shuffle(towns_);
    ++rounds_;
  }
  const size_t number = towns_.back();
  towns_.pop_back();
  return kQualifiers.at((rounds_ - 1) % kQualifiers.size()) +
         from.begin_[number / endings / middles] + from.middle_[number / endings % middles] +
         from.end_[number % endings];
}

std::string HouseJourney::Teller::next() {
  const HouseJourney& from = *journey_;
  const std::string left = std::exchange(town_, new_town());
  Slots slots = {{"from", left},
                 {"to", town_},
                 {"who", traveller_},
                 {"way", pick(from.way_, random_)},
                 {"when", pick(from.when_, random_)},
                 {"far", pick(from.far_, random_)}};
  std::string text = fill(pick(from.legs_, random_), slots);
  std::vector<std::string> stays = from.stays_;
  random_.shuffle(stays);
  stays.resize(1 + random_.below(2));
  for (const std::string& stay : stays) {
    slots["person"] = pick(from.person_, random_);
    slots["goods"] = pick(from.goods_, random_);
    slots["sentence"] = pick(from.sentences_, random_);
    if (stay.find("{coins}") != std::string::npos) {
      const int paid = 2 + static_cast<int>(random_.below(kMostPaid - 1));
      if (purse_ < kEmptyPurse) {
        purse_ += kWages;
        slots["coins"] = std::to_string(purse_);
        text += " " + fill(from.wages_, slots);
      }
      purse_ -= paid;
      slots["paid"] = std::to_string(paid);
      slots["coins"] = std::to_string(purse_);
    }
    text += " " + fill(stay, slots);
  }
  return text;
}

}  // namespace loom

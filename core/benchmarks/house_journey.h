// Our own stories for putting passages in order: travellers go from town to town. Every paragraph
// says where it begins and where it ends, no town comes twice, so there is one order.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/base/result.h"

namespace loom {

class HouseJourney {
 public:
  static Result<HouseJourney> load();
  class Teller;
  // The journey must outlive its teller.
  Teller tell(Random random) const;

 private:
  std::vector<std::string> begin_, middle_, end_, travellers_, legs_, way_, when_, far_, stays_,
      person_, goods_, sentences_;
  std::string wages_;
};

class HouseJourney::Teller {
 public:
  Teller(const HouseJourney& journey, Random random);
  std::string next();  // the next paragraph

 private:
  std::string new_town();
  const HouseJourney* journey_;
  Random random_;
  std::vector<uint32_t> towns_;  // not visited yet
  size_t rounds_ = 0;            // of all towns
  std::string traveller_, town_;
  int purse_;
};

}  // namespace loom

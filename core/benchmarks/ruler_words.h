// Words of RULER's keys and lists: the official lists when the user has them, else our compounds.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/benchmarks/benchmark.h"

namespace loom {

struct RulerWords {
  std::vector<std::string> first, second;  // keys are "first-second"
  std::vector<std::string> list;           // distinct words of the list tasks
  bool official = false;
};

// `list_size` is wanted of our own compounds; official lists are as long as they are.
Result<RulerWords> ruler_words(const TaskRequest& request, size_t list_size);

// `count` different keys.
std::vector<std::string> draw_keys(const RulerWords& words, size_t count, Random& random);
// `count` different numbers of seven digits, or version 4 UUIDs.
std::vector<std::string> draw_numbers(size_t count, Random& random);
std::vector<std::string> draw_uuids(size_t count, Random& random);

}  // namespace loom

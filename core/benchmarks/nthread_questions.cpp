#include "core/benchmarks/nthread_questions.h"

#include <algorithm>

#include "core/benchmarks/ruler_words.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kNeedles = 5, kThreadLength = 5, kThreads = 3;
constexpr char kSpecial = '*';  // marks the keys of conditional needles

std::string one_uuid(Random& random) {
  return draw_uuids(1, random).front();
}

// key → key → … → value, each value the next pair's key.
std::vector<IdentifierPair> chain(std::string key, size_t length, Random& random) {
  std::vector<IdentifierPair> pairs;
  for (size_t i = 0; i < length; ++i) {
    pairs.push_back({std::move(key), one_uuid(random)});
    key = pairs.back().value;
  }
  return pairs;
}

std::string marked(std::string key, Random& random) {
  size_t place = random.below(key.size());
  while (key[place] == '-') place = random.below(key.size());
  key[place] = kSpecial;
  return key;
}

}  // namespace

ThreadQuestion draw_thread_question(const std::string& task, const json& parameters,
                                    Random& random) {
  const size_t length = parameters.value("thread_length", kThreadLength);
  const bool needles = task.ends_with("needles"), threads = task.ends_with("threads");
  const size_t count = needles   ? parameters.value("needles", kNeedles)
                       : threads ? parameters.value("threads", kThreads)
                                 : 1;
  ThreadQuestion question;
  json keys = json::array();
  const std::string start = one_uuid(random);
  for (size_t i = 0; i < std::max<size_t>(count, 1); ++i) {
    std::string key = i == 0 || task == "branched_threads" ? start : one_uuid(random);
    if (task == "conditional_needles") key = marked(std::move(key), random);
    const size_t pairs = task == "branched_threads"                 ? (length > i ? length - i : 1)
                         : task.find("thread") != std::string::npos ? length
                                                                    : 1;
    keys.push_back(key);
    question.chains.push_back(chain(std::move(key), std::max<size_t>(pairs, 1), random));
    if (i == 0 || task != "branched_threads")
      question.references.push_back(question.chains.back().back().value);
  }
  question.asked = {{"key", start}, {"keys", keys.dump()}, {"character", std::string(1, kSpecial)}};
  return question;
}

}  // namespace loom

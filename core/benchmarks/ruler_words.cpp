#include "core/benchmarks/ruler_words.h"

#include <functional>
#include <set>
#include <sstream>

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/text_source.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

Result<std::vector<std::string>> word_file(const TaskRequest& request, const char* name) {
  LOOM_TRY(const fs::path file, find_benchmark_file(request, "ruler", {name}));
  LOOM_TRY(const std::vector<std::string> texts, read_texts(file));
  std::vector<std::string> words;
  std::istringstream lines(texts.at(0));
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
    if (!line.empty()) words.push_back(line);
  }
  if (words.size() < 100)
    return Error{ErrorKind::corrupt, "holds fewer than 100 words", file.string(),
                 "One word a line is expected; fetch the file again"};
  return words;
}

Result<RulerWords> official_words(const TaskRequest& request) {
  RulerWords words;
  words.official = true;
  LOOM_TRY(words.first, word_file(request, "adjectivelist.txt"));
  LOOM_TRY(words.second, word_file(request, "nounlist.txt"));
  LOOM_TRY(const std::vector<std::string> verbs, word_file(request, "verblist.txt"));
  std::set<std::string> all(words.first.begin(), words.first.end());
  all.insert(words.second.begin(), words.second.end());
  all.insert(verbs.begin(), verbs.end());
  words.list.assign(all.begin(), all.end());
  return words;
}

Result<RulerWords> house_words(size_t list_size) {
  LOOM_TRY(const auto root, house_json("data/ruler/words.json"));
  RulerWords words;
  words.first = root.at("first").get<std::vector<std::string>>();
  words.second = root.at("second").get<std::vector<std::string>>();
  // "riverlamp"; beyond all pairs "riverlampstone", and so on.
  std::set<std::string> all;
  std::vector<std::string> stems = {""};
  while (all.size() < list_size) {
    std::vector<std::string> longer;
    for (const std::string& stem : stems)
      for (const std::string& first : words.first)
        for (const std::string& second : words.second) {
          if (all.size() >= list_size && stem.empty() == false) break;
          longer.push_back(stem + first + second);
          all.insert(longer.back());
        }
    stems = std::move(longer);
  }
  words.list.assign(all.begin(), all.end());
  return words;
}

std::vector<std::string> draw_distinct(size_t count, const std::function<std::string()>& draw) {
  std::vector<std::string> drawn;
  std::set<std::string> seen;
  while (drawn.size() < count) {
    std::string value = draw();
    if (seen.insert(value).second) drawn.push_back(std::move(value));
  }
  return drawn;
}

}  // namespace

Result<RulerWords> ruler_words(const TaskRequest& request, size_t list_size) {
  if (find_benchmark_file(request, "ruler", {"nounlist.txt"})) return official_words(request);
  return house_words(list_size);
}

std::vector<std::string> draw_keys(const RulerWords& words, size_t count, Random& random) {
  return draw_distinct(count, [&] {
    const std::string& first = words.first[random.below(words.first.size())];
    return first + "-" + words.second[random.below(words.second.size())];
  });
}

std::vector<std::string> draw_numbers(size_t count, Random& random) {
  return draw_distinct(count, [&] { return std::to_string(1000000 + random.below(9000000)); });
}

std::vector<std::string> draw_uuids(size_t count, Random& random) {
  return draw_distinct(count, [&] {
    std::string text;
    for (size_t i = 0; i < 32; ++i) {
      if (i == 8 || i == 12 || i == 16 || i == 20) text += '-';
      const uint64_t digit = i == 12 ? 4 : i == 16 ? 8 + random.below(4) : random.below(16);
      text += "0123456789abcdef"[digit];
    }
    return text;
  });
}

}  // namespace loom

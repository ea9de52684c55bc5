#include "core/benchmarks/babi_story.h"

#include <charconv>
#include <sstream>

#include "core/benchmarks/babi_teller.h"
#include "core/benchmarks/text_source.h"

namespace loom {
namespace {

Error broken(const std::string& where, size_t line, const std::string& problem) {
  return {ErrorKind::corrupt, problem, where + ":" + std::to_string(line), "Fetch the file again"};
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream parts(line);
  for (std::string field; std::getline(parts, field, '\t');) fields.push_back(trimmed_ends(field));
  return fields;
}

// The statements of the story so far, by their numbers in the file.
struct Statements {
  std::vector<std::string> texts;
  std::map<int, size_t> by_number;
};

BabiStory story_of(const Statements& told, const std::vector<std::string>& fields) {
  BabiStory story{told.texts, fields[0], fields[1], {}};
  if (fields.size() < 3) return story;
  std::istringstream numbers(fields[2]);
  for (int number = 0; numbers >> number;)
    if (const auto known = told.by_number.find(number); known != told.by_number.end())
      story.supporting.push_back(known->second);
  return story;
}

}  // namespace

Result<BabiStory> house_story(const std::string& task, Random random) {
  BabiTeller teller(random);
  for (const auto* family :
       {&babi_move_stories(), &babi_people_stories(), &babi_relation_stories()})
    if (const auto maker = family->find(task); maker != family->end()) return maker->second(teller);
  return Error{ErrorKind::not_found, "there is no task \"" + task + "\"", "babilong", ""};
}

Result<std::vector<BabiStory>> parse_babi(const std::string& text, const std::string& where) {
  std::vector<BabiStory> stories;
  Statements told;
  std::istringstream lines(text);
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (trimmed_ends(line).empty()) continue;
    int label = 0;
    const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), label);
    if (problem != std::errc() || end == line.data() + line.size() || *end != ' ')
      return broken(where, number, "does not begin with a number and a space");
    if (label == 1) told = {};
    const auto fields = fields_of(line.substr(static_cast<size_t>(end - line.data()) + 1));
    if (fields.empty() || fields[0].empty()) return broken(where, number, "holds no sentence");
    if (fields.size() > 1) {
      if (told.texts.empty()) return broken(where, number, "asks before anything is told");
      stories.push_back(story_of(told, fields));
      continue;
    }
    told.by_number[label] = told.texts.size();
    told.texts.push_back(fields[0]);
  }
  if (stories.empty()) return broken(where, number, "holds no question");
  return stories;
}

}  // namespace loom

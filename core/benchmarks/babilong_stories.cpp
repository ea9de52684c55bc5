#include "core/benchmarks/babilong_stories.h"

#include <array>
#include <charconv>

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/text_source.h"
#include "core/data_files/data_files.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// bAbI's files of the tasks 1 to 20.
constexpr std::array kStoryNames = {"single-supporting-fact",
                                    "two-supporting-facts",
                                    "three-supporting-facts",
                                    "two-arg-relations",
                                    "three-arg-relations",
                                    "yes-no-questions",
                                    "counting",
                                    "lists-sets",
                                    "simple-negation",
                                    "indefinite-knowledge",
                                    "basic-coreference",
                                    "conjunction",
                                    "compound-coreference",
                                    "time-reasoning",
                                    "basic-deduction",
                                    "basic-induction",
                                    "positional-reasoning",
                                    "size-reasoning",
                                    "path-finding",
                                    "agents-motivations"};
constexpr size_t kTries = 1000;

std::vector<std::string> babi_names(const std::string& task) {
  size_t number = 0;
  std::from_chars(task.data() + 2, task.data() + task.size(), number);
  if (number < 1 || number > kStoryNames.size()) return {};
  const std::string file = task + "_" + kStoryNames.at(number - 1) + "_train.txt";
  return {"tasks_1-20_v1-2/en-10k/" + file, "en-10k/" + file, file};
}

// BABILong's records without any text around the facts.
Result<std::vector<BabiStory>> bare_records(const fs::path& file, std::stop_token stop) {
  std::vector<BabiStory> stories;
  auto receive = [&](json& raw, const RecordPlace&) -> Result<Reading> {
    try {
      BabiStory story;
      const std::string facts = raw.at("input").get<std::string>();
      for (std::string_view fact : split_sentences(facts)) story.facts.emplace_back(fact);
      story.question = trimmed_ends(raw.at("question").get<std::string>());
      story.answer = raw.at("target").get<std::string>();
      if (!story.facts.empty()) stories.push_back(std::move(story));
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), "", "Fetch the file again"};
    }
    return Reading::go_on;
  };
  const DataSource source{.file = file, .shards = true};
  LOOM_CHECK(for_each_record(source, receive, {}, stop));
  return stories;
}

}  // namespace

Result<BabiStories> BabiStories::find(const TaskRequest& request, size_t most_facts,
                                      std::stop_token stop) {
  BabiStories found;
  found.task_ = request.task;
  found.seed_ = request.seed;
  found.most_facts_ = most_facts;
  found.label_ = "house facts";
  const std::vector<std::string> names = babi_names(request.task);
  if (names.empty())
    return Error{ErrorKind::not_found, "there is no task \"" + request.task + "\"", "babilong", ""};
  const auto babi = find_benchmark_file(request, "babilong", names);
  const auto bare = find_benchmark_file(
      request, "babilong",
      {"data/" + request.task + "/0k.json", request.task + "/0k.json", request.task + "_0k.jsonl"});
  if (babi) {
    LOOM_TRY(const auto texts, read_texts(*babi, stop));
    LOOM_TRY(found.official_, parse_babi(texts.at(0), babi->string()));
    found.label_ = "official bAbI facts";
  } else if (bare) {
    LOOM_TRY(found.official_, bare_records(*bare, stop));
    found.label_ = "official 0k facts";
  } else {
    return found;
  }
  std::erase_if(found.official_,
                [&](const BabiStory& story) { return story.facts.size() > most_facts; });
  if (found.official_.empty())
    return Error{ErrorKind::invalid_input, "all stories have more facts than the length has room",
                 (babi ? *babi : *bare).string(), "Choose a longer length"};
  Random(request.seed, "babilong/" + request.task).shuffle(found.official_);
  return found;
}

Result<BabiStory> BabiStories::story(size_t index) const {
  if (!official_.empty()) return official_[index % official_.size()];
  for (size_t attempt = 0; attempt < kTries; ++attempt) {
    const std::string stream =
        "babilong/" + task_ + "/" + std::to_string(index) + "/" + std::to_string(attempt);
    LOOM_TRY(BabiStory story, house_story(task_, Random(seed_, stream)));
    if (story.facts.size() <= most_facts_) return story;
  }
  return Error{ErrorKind::invalid_input, "the length has no room for the facts",
               "babilong/" + task_, "Choose a longer length"};
}

}  // namespace loom

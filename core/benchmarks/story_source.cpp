#include "core/benchmarks/story_source.h"

#include <algorithm>

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/house_journey.h"
#include "core/benchmarks/text_source.h"
#include "core/benchmarks/token_pieces.h"
#include "core/data_files/data_files.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kStoryKilo = 1024;
constexpr size_t kStoryLengths[] = {2, 4, 8, 16, 32, 64, 128};
constexpr size_t kMostStretches = 1000;
constexpr size_t kMostBytes = size_t{256} << 20;  // of stretches kept in memory

Random story_stream(const TaskRequest& request, size_t index) {
  return Random(request.seed, request.task + "/" + std::to_string(request.length_tokens) + "/" +
                                  std::to_string(index) + "/story");
}

class OwnJourneys : public StorySource {
 public:
  OwnJourneys(const TaskRequest& request, HouseJourney journey)
      : request_(request), meter_(*request.tokenizer), journey_(std::move(journey)) {}
  Result<std::vector<std::string>> paragraphs(size_t index, size_t tokens) const override {
    HouseJourney::Teller teller = journey_.tell(story_stream(request_, index));
    std::vector<std::string> told;
    for (size_t sum = 0; sum < tokens;) {
      told.push_back(teller.next());
      sum += std::max(1u, meter_.tokens("\n\n" + told.back()));
    }
    return told;
  }
  std::string label() const override { return "house data"; }

 private:
  const TaskRequest& request_;
  const PieceMeter meter_;
  const HouseJourney journey_;
};

// A text that is long enough, from a place on at which enough is left.
class StoryTexts : public StorySource {
 public:
  StoryTexts(const TaskRequest& request, size_t count, std::string label)
      : request_(request), meter_(*request.tokenizer), count_(count), label_(std::move(label)) {}

  Result<std::vector<std::string>> paragraphs(size_t index, size_t tokens) const override {
    Random random = story_stream(request_, index);
    const size_t first = random.below(count_);
    for (size_t i = 0; i < count_; ++i) {
      LOOM_TRY(const std::string whole, text((first + i) % count_));
      const std::vector<std::string> all = split_paragraphs(whole);
      // From the end backwards: the last place from which enough is left.
      size_t last = all.size(), sum = 0;
      while (last > 0 && sum < tokens) sum += meter_.tokens("\n\n" + all[--last]);
      if (sum < tokens) continue;
      const size_t begin = random.below(last + 1);
      return std::vector<std::string>(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end());
    }
    return Error{ErrorKind::invalid_input, "no text is " + std::to_string(tokens) + " tokens long",
                 "ada_leval/" + request_.task + ": " + label_,
                 "Choose a shorter length, or put longer books into the folder books"};
  }
  std::string label() const override { return label_; }

 private:
  virtual Result<std::string> text(size_t number) const = 0;

  const TaskRequest& request_;
  const PieceMeter meter_;
  const size_t count_;
  const std::string label_;
};

class OwnBooks : public StoryTexts {
 public:
  OwnBooks(const TaskRequest& request, std::vector<fs::path> files)
      : StoryTexts(request, files.size(), "the user's books"), files_(std::move(files)) {}

 private:
  Result<std::string> text(size_t number) const override {
    LOOM_TRY(const std::vector<std::string> texts, read_texts(files_[number]));
    return texts.empty() ? std::string() : texts[0];
  }
  const std::vector<fs::path> files_;
};

class Stretches : public StoryTexts {
 public:
  Stretches(const TaskRequest& request, std::vector<std::string> texts, const std::string& file)
      : StoryTexts(request, texts.size(), "lists made here from " + file),
        texts_(std::move(texts)) {}

 private:
  Result<std::string> text(size_t number) const override { return texts_[number]; }
  const std::vector<std::string> texts_;
};

Result<std::vector<std::string>> stretches_of(const fs::path& file, std::stop_token stop) {
  std::vector<std::string> texts;
  size_t held = 0;
  auto receive = [&](json& raw, const RecordPlace& place) -> Result<Reading> {
    const Error broken{ErrorKind::corrupt, "is no prompt with four parts", to_string(place),
                       "Fetch the file again, or take it out of the folder"};
    try {
      const json& given = raw.at("answer");
      const json order = given.is_string() ? json::parse(given.get<std::string>()) : given;
      std::string text =
          text_of_prompt(raw.at("prompt").get<std::string>(), order.get<std::vector<int>>());
      if (text.empty()) return broken;
      held += text.size();
      texts.push_back(std::move(text));
    } catch (const json::exception&) {
      return broken;
    }
    const bool enough = texts.size() >= kMostStretches || held >= kMostBytes;
    return enough ? Reading::enough : Reading::go_on;
  };
  const DataSource source{.file = file, .shards = true};
  LOOM_CHECK(for_each_record(source, receive, {}, stop));
  if (texts.empty()) return Error{ErrorKind::corrupt, "holds no record", file.string(), ""};
  return texts;
}

}  // namespace

Result<std::unique_ptr<StorySource>> story_source(const TaskRequest& request,
                                                  std::stop_token stop) {
  if (const auto folder = find_benchmark_file(request, "ada_leval", {"books", "pg19"})) {
    LOOM_TRY(std::vector<fs::path> files, text_files(*folder));
    return std::unique_ptr<StorySource>(std::make_unique<OwnBooks>(request, std::move(files)));
  }
  // The shortest file whose texts are longer than what is wanted.
  for (size_t length : kStoryLengths) {
    // Their lengths are in another tokenizer's tokens, frame included.
    if (length * kStoryKilo * 3 / 4 < request.length_tokens) continue;
    const std::string name = "textsort_" + length_name(length * kStoryKilo);
    const auto file = find_benchmark_file(request, "ada_leval", {name + ".json", name + ".jsonl"});
    if (!file) continue;
    LOOM_TRY(std::vector<std::string> texts, stretches_of(*file, stop));
    return std::unique_ptr<StorySource>(
        std::make_unique<Stretches>(request, std::move(texts), file->filename().string()));
  }
  LOOM_TRY(HouseJourney journey, HouseJourney::load());
  return std::unique_ptr<StorySource>(std::make_unique<OwnJourneys>(request, std::move(journey)));
}

}  // namespace loom

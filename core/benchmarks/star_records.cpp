#include "core/benchmarks/star_records.h"

#include <algorithm>

#include "core/base/random.h"
#include "core/benchmarks/essay_source.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/fitted_records.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/star_source.h"
#include "core/benchmarks/star_text.h"
#include "core/benchmarks/wording.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kStarAnswerTokens = 256, kStars = 32;
constexpr int kPairs = 63;  // of neighbours, up to 126

Error stars_too_short(const TaskRequest& request) {
  return {ErrorKind::invalid_input,
          std::to_string(request.length_tokens) + " tokens leave no room for the stars",
          "counting_stars/" + request.task, "Choose a longer length or fewer stars"};
}

// Of the house data: what a star's sentence and the question say.
struct StarWording {
  std::string star, question;
};
Result<StarWording> star_wording(const TaskRequest& request) {
  const std::string name = "data/counting_stars.json";
  LOOM_TRY(const json root, house_json(name));
  try {
    const json& task = root.at(request.task.substr(0, 2)).at(request.task.substr(3));
    return StarWording{task.at("star").get<std::string>(), task.at("question").get<std::string>()};
  } catch (const json::exception& problem) {
    return Error{ErrorKind::not_found, problem.what(), name + ": " + request.task, ""};
  }
}

class StarMaker : public SampleMaker {
 public:
  StarMaker(const TaskRequest& request, const Wording& wording, StarWording words, StarText text)
      : request_(request),
        wording_(wording),
        words_(std::move(words)),
        text_(std::move(text)),
        stars_(request.parameters.value("stars", kStars)) {
    Record empty;
    write_prompt(empty, wording_, {{"context", ""}, {"question", words_.question}});
    head_ = empty.prompt.substr(0, empty.context_end);
    tail_ = empty.prompt.substr(empty.context_end);
    prefix_ = empty.answer_prefix;
  }

  Result<Draft> make(size_t index, size_t target) const override {
    const std::string stream =
        request_.task + "/" + std::to_string(request_.length_tokens) + "/" + std::to_string(index);
    const StarCounts counts = draw_star_counts(stars_, request_.seed, stream);
    const std::vector<std::string> stars = sentences(counts);
    // The first sample begins where the text does, as the official ones; others elsewhere in it.
    const size_t room = text_.units() / 2;
    const size_t first =
        index == 0 ? 0 : text_.sentence_start(Random(request_.seed, stream + "/start").below(room));
    const size_t frame = request_.count_prompt(head_ + text_.write(first, 1, {}) + tail_, prefix_) -
                         text_.tokens(first, 1, {}, tail_);
    size_t size = 0, tokens = 0;
    for (size_t low = stars_, high = text_.units() - first; low <= high;) {
      const size_t middle = low + (high - low) / 2;
      const size_t there = frame + text_.tokens(first, middle, stars, tail_);
      if (there > target) {
        high = middle - 1;
        continue;
      }
      size = middle;
      tokens = there;
      low = middle + 1;
    }
    if (size == 0) return stars_too_short(request_);
    return Draft{record(index, first, size, counts, stars), tokens};
  }

 private:
  std::vector<std::string> sentences(const StarCounts& counts) const {
    std::vector<std::string> made;
    for (size_t i = 0; i < counts.right.size(); ++i)
      made.push_back(fill(words_.star, {{"right", std::to_string(counts.right[i])},
                                        {"wrong", std::to_string(counts.wrong[i])}}));
    return made;
  }
  Record record(size_t index, size_t first, size_t size, const StarCounts& counts,
                const std::vector<std::string>& stars) const {
    Record made;
    made.id = record_id(request_.task, index + 1);
    std::vector<ByteSpan> spans;
    const std::string context = text_.write(first, size, stars, &spans);
    write_prompt(made, wording_, {{"context", context}, {"question", words_.question}});
    for (const ByteSpan& span : spans)
      made.evidence.push_back({head_.size() + span.begin, head_.size() + span.end});
    for (int count : counts.right) made.references.push_back(std::to_string(count));
    made.metadata = {{"context_size", size}, {"language", request_.task.substr(0, 2)}};
    if (request_.task.ends_with("reasoning")) made.metadata["wrong_counts"] = counts.wrong;
    return made;
  }

  const TaskRequest& request_;
  const Wording& wording_;
  const StarWording words_;
  const StarText text_;
  const size_t stars_;
  std::string head_, tail_, prefix_;
};

}  // namespace

StarCounts draw_star_counts(size_t count, uint64_t seed, const std::string& stream) {
  Random random(seed, stream + "/counts");
  std::vector<int> pairs;
  for (int i = 0; i < kPairs; ++i) pairs.push_back(2 * i + 1);
  random.shuffle(pairs);
  StarCounts counts;
  for (size_t i = 0; i < std::min(count, pairs.size()); ++i) {
    const int higher = static_cast<int>(random.below(2));
    counts.right.push_back(pairs[i] + higher);
    counts.wrong.push_back(pairs[i] + 1 - higher);
  }
  return counts;
}

Result<TaskRecords> star_records(const TaskRequest& request, const Wording& wording,
                                 std::stop_token stop) {
  if (!request.tokenizer || !request.count_prompt)
    return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer", request.task, ""};
  const auto answer =
      static_cast<size_t>(wording.max_new_tokens.value_or(static_cast<int>(kStarAnswerTokens)));
  if (request.length_tokens <= answer) return stars_too_short(request);
  LOOM_TRY(StarWording words, star_wording(request));
  LOOM_TRY(StarSource source, star_source(request));
  const StarUnit unit = request.task.starts_with("en") ? StarUnit::word : StarUnit::character;
  StarText text(*request.tokenizer, std::move(source.text), unit, stop);
  const StarMaker maker(request, wording, std::move(words), std::move(text));
  LOOM_TRY(std::vector<Record> records,
           fitted_records(request, maker, std::max<size_t>(request.samples, 1),
                          request.length_tokens - answer, stop));
  TaskRecords result = finished(std::move(records), source.label);
  result.notes = std::move(source.notes);
  result.wording_label = wording.label;
  return result;
}

}  // namespace loom

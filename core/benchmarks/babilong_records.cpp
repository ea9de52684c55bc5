#include "core/benchmarks/babilong_records.h"

#include <algorithm>
#include <limits>

#include "core/benchmarks/babilong_background.h"
#include "core/benchmarks/babilong_stories.h"
#include "core/benchmarks/fitted_records.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/text_source.h"
#include "core/benchmarks/wording.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

constexpr size_t kAnswerTokens = 20, kStorySamples = 100;
constexpr size_t kTokensPerFact = 8;  // more facts than budget / 8: the authors drop the story

Error story_too_short(const TaskRequest& request) {
  return {ErrorKind::invalid_input,
          std::to_string(request.length_tokens) + " tokens leave no room for the facts",
          "babilong/" + request.task, "Choose a longer length"};
}

struct Placed {
  const Piece* piece = nullptr;
  int fact = -1;  // its number, or a sentence of the background
};

// `spans` are of the facts, within the context.
Record finished_record(const std::string& task, const Wording& wording, size_t index,
                       const BabiStory& story, const std::string& context,
                       const std::vector<ByteSpan>& spans) {
  Record record;
  record.id = record_id(task, index + 1);
  write_prompt(record, wording, {{"context", context}, {"question", story.question}});
  const size_t offset = record.context_end - context.size();
  record.references = {story.answer};
  // Where the source does not say which facts are needed, all are shown.
  std::vector<size_t> needed = story.supporting;
  if (needed.empty())
    for (size_t i = 0; i < spans.size(); ++i) needed.push_back(i);
  std::sort(needed.begin(), needed.end());
  for (size_t fact : needed)
    record.evidence.push_back({offset + spans[fact].begin, offset + spans[fact].end});
  record.metadata = {{"question", story.question},
                     {"facts", story.facts.size()},
                     {"depth", depth_of(record.evidence.back(), record.context_end)},
                     {"language", "en"}};
  return record;
}

// The authors' 0k: the facts and no text around them.
Result<TaskRecords> bare_stories(const TaskRequest& request, const Wording& wording,
                                 std::stop_token stop) {
  LOOM_TRY(const BabiStories stories,
           BabiStories::find(request, std::numeric_limits<size_t>::max(), stop));
  std::vector<Record> records;
  const size_t count = request.samples > 0 ? request.samples : kStorySamples;
  for (size_t index = 0; index < count; ++index) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "babilong", ""};
    LOOM_TRY(const BabiStory story, stories.story(index));
    std::string context;
    std::vector<ByteSpan> spans;
    for (const std::string& fact : story.facts) {
      if (!context.empty()) context += ' ';
      spans.push_back(append(context, fact));
    }
    records.push_back(finished_record(request.task, wording, index, story, context, spans));
  }
  TaskRecords result = finished(std::move(records),
                                stories.label() == "house facts" ? "house data" : stories.label());
  result.wording_label = wording.label;
  return result;
}

class FactsInText : public SampleMaker {
 public:
  FactsInText(const TaskRequest& request, const Wording& wording, const BabiStories& stories,
              const Background& background)
      : request_(request),
        wording_(wording),
        stories_(stories),
        background_(background),
        meter_(*request.tokenizer) {}

  Result<Draft> make(size_t index, size_t target) const override {
    LOOM_TRY(const BabiStory story, stories_.story(index));
    Record record;
    write_prompt(record, wording_, {{"context", ""}, {"question", story.question}});
    const std::string head = record.prompt.substr(0, record.context_end),
                      tail = record.prompt.substr(record.context_end);
    std::vector<Piece> facts;
    size_t sum = 0;
    for (const std::string& fact : story.facts) {
      facts.push_back(meter_.piece(" " + fact));
      sum += facts.back().tokens;
    }
    auto frame = [&](const Piece& first) {
      return request_.count_prompt(head + first.text.substr(1) + tail, record.answer_prefix) -
             meter_.tokens(first.text + tail);
    };
    auto closing = [&](const Piece& last) { return meter_.tokens(last.text + tail) - last.tokens; };
    Random random(request_.seed, request_.task + "/" + std::to_string(request_.length_tokens) +
                                     "/" + std::to_string(index));
    LOOM_TRY(std::vector<Piece> sentences, background_.sentences(Random(random.next()), target));
    // Where the text begins and ends is not known yet: the dearest way counts.
    sum += std::max(frame(sentences.front()), frame(facts.front())) +
           std::max(closing(facts.front()), closing(meter_.piece(" the")));
    if (sum > target) return story_too_short(request_);
    cut(sentences, target - sum);
    const std::vector<Placed> order = mixed(sentences, facts, random);
    Draft draft;
    draft.tokens = frame(*order.front().piece) + closing(*order.back().piece);
    std::string context;
    std::vector<ByteSpan> spans(facts.size());
    for (const Placed& placed : order) {
      draft.tokens += placed.piece->tokens;
      const ByteSpan span =
          append(context, std::string_view(placed.piece->text).substr(context.empty() ? 1 : 0));
      if (placed.fact >= 0)
        spans[static_cast<size_t>(placed.fact)] = {span.end - placed.piece->text.size() + 1,
                                                   span.end};
    }
    draft.record = finished_record(request_.task, wording_, index, story, context, spans);
    return draft;
  }

 private:
  // As many whole sentences as have at most so many tokens, and words of the next one.
  void cut(std::vector<Piece>& sentences, size_t tokens) const {
    size_t kept = 0, sum = 0;
    while (kept < sentences.size() && sum + sentences[kept].tokens <= tokens)
      sum += sentences[kept++].tokens;
    if (kept == sentences.size()) return;
    const std::string next = std::move(sentences[kept].text);
    sentences.resize(kept);
    Piece rest;
    std::string text;
    for (std::string_view word : split_words(next)) {
      (text += ' ') += word;
      const uint32_t count = meter_.tokens(text);
      if (sum + count > tokens) break;
      rest = {text, count};
    }
    if (rest.tokens > 0) sentences.push_back(std::move(rest));
  }

  // Each fact before a sentence drawn for it, or behind them all; the facts keep their order.
  static std::vector<Placed> mixed(const std::vector<Piece>& sentences,
                                   const std::vector<Piece>& facts, Random& random) {
    std::vector<size_t> places;
    for (size_t i = 0; i < facts.size(); ++i) places.push_back(random.below(sentences.size() + 1));
    std::sort(places.begin(), places.end());
    std::vector<Placed> order;
    for (size_t at = 0, fact = 0; at <= sentences.size(); ++at) {
      for (; fact < facts.size() && places[fact] == at; ++fact)
        order.push_back({&facts[fact], static_cast<int>(fact)});
      if (at < sentences.size()) order.push_back({&sentences[at], -1});
    }
    return order;
  }

  const TaskRequest& request_;
  const Wording& wording_;
  const BabiStories& stories_;
  const Background& background_;
  const PieceMeter meter_;
};

}  // namespace

Result<TaskRecords> babilong_records(const TaskRequest& request, const Wording& wording,
                                     std::stop_token stop) {
  if (!request.tokenizer || !request.count_prompt)
    return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer",
                 "babilong/" + request.task, ""};
  if (request.length_tokens == 0) return bare_stories(request, wording, std::move(stop));
  const auto answer =
      static_cast<size_t>(wording.max_new_tokens.value_or(static_cast<int>(kAnswerTokens)));
  Record bare;
  write_prompt(bare, wording, {{"context", ""}, {"question", "Where is she?"}});
  const size_t around = request.count_prompt(bare.prompt, bare.answer_prefix) + answer;
  if (request.length_tokens <= around) return story_too_short(request);
  const size_t most_facts = (request.length_tokens - around) / kTokensPerFact;
  LOOM_TRY(const BabiStories stories, BabiStories::find(request, most_facts, stop));
  LOOM_TRY(const auto background, babilong_background(request, stop));
  const FactsInText maker(request, wording, stories, *background);
  LOOM_TRY(std::vector<Record> records,
           fitted_records(request, maker, request.samples > 0 ? request.samples : kStorySamples,
                          request.length_tokens - answer, stop));
  const bool house = stories.label() == "house facts" && !background->official();
  TaskRecords result = finished(
      std::move(records), house ? "house data"
                                : stories.label() + (background->official() ? ", the user's books"
                                                                            : ", house sentences"));
  result.wording_label = wording.label;
  return result;
}

}  // namespace loom

// Needle Threading (Roberts et al. 2024, arXiv 2411.05000): values and chains of values in an
// object of random identifiers. Made here for the model's tokens; the official files on request.
#include "core/benchmarks/nthread.h"

#include <algorithm>

#include "core/benchmarks/fitted_records.h"
#include "core/benchmarks/nthread_questions.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/ruler_words.h"
#include "core/benchmarks/wording.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kThreadSamples = 55;  // eleven depths, five times
constexpr size_t kDepthSteps = 11;
constexpr size_t kTokensPerValue = 40, kLeastAnswer = 100;  // the official limit of one value

size_t answer_tokens(const json& parameters) {
  const size_t values =
      std::max(parameters.value("needles", size_t{5}), parameters.value("threads", size_t{3}));
  return static_cast<size_t>(thread_answer_tokens(values));
}

std::string pair_text(const IdentifierPair& pair) {
  return ",\n\"" + pair.key + "\": \"" + pair.value + "\"";
}

class ObjectMaker : public SampleMaker {
 public:
  ObjectMaker(const TaskRequest& request, const Wording& wording, std::stop_token stop)
      : request_(request), meter_(*request.tokenizer) {
    const size_t gap = wording.prompt.find("{object}");
    head_ = wording.prompt.substr(0, gap);
    tail_ = gap == std::string::npos ? "" : wording.prompt.substr(gap + sizeof("{object}") - 1);
    prefix_ = wording.answer_prefix;
    Random random(request.seed, "nthread/pool");
    const size_t least = std::max(1u, meter_.tokens(pair_text(fresh(random))));
    std::vector<std::string> texts;
    for (size_t i = 0; i < 2 * request.length_tokens / least + 8; ++i)
      texts.push_back(pair_text(fresh(random)));
    pool_ = meter_.pieces(std::move(texts), stop);
  }

  Result<Draft> make(size_t index, size_t target) const override {
    Random random(request_.seed, request_.task + "/" + std::to_string(request_.length_tokens) +
                                     "/" + std::to_string(index));
    const ThreadQuestion question =
        draw_thread_question(request_.task, request_.parameters, random);
    const std::string tail = "}" + fill(tail_, question.asked);
    Draft draft;
    Record& record = draft.record;
    record.id = record_id(request_.task, index + 1);
    record.answer_prefix = prefix_;
    record.references = question.references;
    record.max_new_tokens = thread_answer_tokens(record.references.size());
    draft.tokens = frame_tokens(request_, head_ + "{", pool_.front(), tail, prefix_);
    size_t pairs = 0;
    for (const auto& chain : question.chains)
      for (const IdentifierPair& pair : chain) {
        draft.tokens += meter_.tokens(pair_text(pair));
        ++pairs;
      }
    std::vector<const Piece*> others;
    for (const Piece* piece : shuffled_pool(random)) {
      if (draft.tokens + piece->tokens > target) break;
      draft.tokens += piece->tokens;
      others.push_back(piece);
    }
    if (draft.tokens > target || others.empty())
      return Error{ErrorKind::invalid_input,
                   std::to_string(request_.length_tokens) + " tokens leave no room for an object",
                   request_.task, "Choose a longer length"};
    record.prompt = head_ + "{";
    write(record, question, others, places(index, pairs, others.size() + pairs, random), random);
    record.prompt += "}";
    record.context_end = record.prompt.size();
    record.prompt += tail.substr(1);
    if (request_.task == "single_needle")
      record.metadata["depth"] = static_cast<int>(index % kDepthSteps) * 10;
    return draft;
  }

 private:
  static IdentifierPair fresh(Random& random) {
    auto two = draw_uuids(2, random);
    return {std::move(two[0]), std::move(two[1])};
  }
  std::vector<const Piece*> shuffled_pool(Random& random) const {
    std::vector<const Piece*> order;
    for (const Piece& piece : pool_) order.push_back(&piece);
    random.shuffle(order);
    return order;
  }
  // Where the question's pairs stand, rising: a single needle at its depth, others anywhere.
  std::vector<size_t> places(size_t index, size_t pairs, size_t all, Random& random) const {
    if (request_.task == "single_needle") return {(index % kDepthSteps) * 10 * (all - 1) / 100};
    std::vector<size_t> order(all);
    for (size_t i = 0; i < all; ++i) order[i] = i;
    random.shuffle(order);
    order.resize(pairs);
    std::sort(order.begin(), order.end());
    return order;
  }
  void write(Record& record, const ThreadQuestion& question,
             const std::vector<const Piece*>& others, const std::vector<size_t>& places,
             Random& random) const {
    std::vector<size_t> turns;  // which chain gives its next pair
    for (size_t chain = 0; chain < question.chains.size(); ++chain)
      turns.insert(turns.end(), question.chains[chain].size(), chain);
    random.shuffle(turns);
    std::vector<size_t> next(question.chains.size(), 0);
    size_t other = 0, turn = 0;
    for (size_t at = 0; at < others.size() + places.size(); ++at) {
      const bool asked = turn < places.size() && places[turn] == at;
      std::string text;
      if (asked) {
        const size_t chain = turns[turn++];
        text = pair_text(question.chains[chain][next[chain]++]);
      } else {
        text = others[other++]->text;
      }
      if (at == 0) text.erase(0, 2);
      const ByteSpan span = append(record.prompt, text);
      if (asked) record.evidence.push_back(span);
    }
  }

  const TaskRequest& request_;
  const PieceMeter meter_;
  std::string head_, tail_, prefix_;
  std::vector<Piece> pool_;
};

class NThread : public Benchmark {
 public:
  std::string id() const override { return "nthread"; }
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    if (request.parameters.value("official_files", false))
      return official_nthread()->records(request, stop);
    if (!request.tokenizer || !request.count_prompt)
      return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer", id(), ""};
    const size_t answer = answer_tokens(request.parameters);
    if (request.length_tokens <= answer)
      return Error{ErrorKind::invalid_input,
                   std::to_string(request.length_tokens) + " tokens leave no room for an object",
                   request.task, "Choose a longer length"};
    LOOM_TRY(const Wording words, task_wording(request, id()));
    const ObjectMaker maker(request, words, stop);
    LOOM_TRY(std::vector<Record> records,
             fitted_records(request, maker, request.samples > 0 ? request.samples : kThreadSamples,
                            request.length_tokens - answer, stop));
    TaskRecords result = finished(std::move(records), "house data");
    result.wording_label = words.label;
    return result;
  }
};

}  // namespace

int thread_answer_tokens(size_t values) {
  return static_cast<int>(std::max(values * kTokensPerValue, kLeastAnswer));
}

std::unique_ptr<Benchmark> make_nthread() {
  return std::make_unique<NThread>();
}

}  // namespace loom

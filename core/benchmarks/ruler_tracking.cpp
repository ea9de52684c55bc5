#include <algorithm>

#include "core/benchmarks/haystack.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/ruler_tasks.h"
#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kVariables = 5;  // one value, passed on four times
constexpr size_t kExampleTokens = 350;

struct Chain {
  std::string value;
  std::vector<std::string> names, lines;
};

class Tracking : public SampleMaker {
 public:
  Tracking(const TaskRequest& request, const RulerTask& task, const json& wording,
           Haystack haystack)
      : request_(request),
        task_(task),
        wording_(wording),
        haystack_(std::move(haystack)),
        meter_(*request.tokenizer) {}

  Result<Draft> make(size_t index, size_t target) const override {
    Random random = sample_random(request_, index);
    const Chain example = draw_chain(3, random), chain = draw_chain(5, random);
    const std::string head = worked_example(example, random) + text("head", chain);
    const std::string tail = text("question", chain);
    Draft draft;
    Record& record = draft.record;
    record.id = record_id(task_.id, index + 1);
    record.answer_prefix = text("prefix", chain);
    record.references = chain.names;
    draft.tokens = frame_tokens(request_, head, haystack_.stand_in(), tail, record.answer_prefix);
    for (const std::string& line : chain.lines) draft.tokens += meter_.tokens(line);
    if (draft.tokens >= target) return too_short(request_);
    const auto sentences = haystack_.take(target - draft.tokens);
    for (const Piece* sentence : sentences) draft.tokens += sentence->tokens;
    record.prompt = head;
    record.evidence =
        append_haystack(record.prompt, sentences, placed(chain, sentences.size(), random));
    record.context_end = record.prompt.size();
    record.metadata["depth"] = depth_of(record.evidence.front(), record.context_end);
    record.prompt += tail;
    return draft;
  }

 private:
  std::string text(const char* part, const Chain& chain) const {
    return fill(wording_.at(part).get<std::string>(),
                {{"value", chain.value}, {"count", std::to_string(chain.names.size())}});
  }

  Chain draw_chain(size_t letters, Random& random) const {
    Chain chain;
    chain.value = std::to_string(10000 + random.below(89999));
    while (chain.names.size() < kVariables) {
      std::string name;
      for (size_t i = 0; i < letters; ++i) name += static_cast<char>('A' + random.below(26));
      if (std::find(chain.names.begin(), chain.names.end(), name) != chain.names.end()) continue;
      const Slots slots = {{"to", name},
                           {"value", chain.value},
                           {"from", chain.names.empty() ? "" : chain.names.back()}};
      const char* part = chain.names.empty() ? "first" : "next";
      chain.lines.push_back("\n" + fill(wording_.at(part).get<std::string>(), slots));
      chain.names.push_back(name);
    }
    return chain;
  }

  // The chain's lines in order, at random places.
  static std::vector<Insertion> placed(const Chain& chain, size_t sentences, Random& random) {
    std::vector<size_t> places;
    for (size_t i = 0; i < chain.lines.size(); ++i) places.push_back(random.below(sentences + 1));
    std::sort(places.begin(), places.end());
    std::vector<Insertion> insertions;
    for (size_t i = 0; i < places.size(); ++i) insertions.push_back({places[i], chain.lines[i], i});
    return insertions;
  }

  // A short task of the same kind with its answer.
  std::string worked_example(const Chain& chain, Random& random) const {
    const auto sentences = haystack_.take(kExampleTokens);
    std::string example = text("head", chain);
    append_haystack(example, sentences, placed(chain, sentences.size(), random));
    example += text("question", chain) + "\n" + text("prefix", chain).substr(1);
    for (const std::string& name : chain.names) example += " " + name;
    return example + "\n\n";
  }

  const TaskRequest& request_;
  const RulerTask& task_;
  const json wording_;
  const Haystack haystack_;
  const PieceMeter meter_;
};

}  // namespace

Result<RulerMaker> make_ruler_tracking(const TaskRequest& request, const RulerTask& task,
                                       const json& wording, std::stop_token stop) {
  LOOM_TRY(const json noise, house_json("data/ruler/noise.json"));
  auto sentences = noise.at("sentences").get<std::vector<std::string>>();
  for (std::string& sentence : sentences) sentence.insert(0, "\n");
  Haystack haystack(PieceMeter(*request.tokenizer).pieces(std::move(sentences), stop),
                    request.length_tokens, SentenceOrder::as_given, Random(request.seed));
  return RulerMaker{std::make_unique<Tracking>(request, task, wording, std::move(haystack)),
                    "house data"};
}

}  // namespace loom

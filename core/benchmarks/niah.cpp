#include "core/benchmarks/niah.h"

#include <algorithm>
#include <cmath>

#include "core/benchmarks/essay_source.h"
#include "core/benchmarks/fitted_records.h"
#include "core/benchmarks/haystack.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/niah_records.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kMaxNewTokens = 300;  // of the official run; the rules loomscope-0.8 ask for fewer
constexpr size_t kOfficialDepths = 35;  // where the rules that a score is for name no number

Error needle_too_short(const TaskRequest& request) {
  return {ErrorKind::invalid_input,
          std::to_string(request.length_tokens) + " tokens leave no room for a haystack", "niah",
          "Choose a longer length"};
}

// A cell of the grid's column: its depth in percent, and how often that depth came before.
struct NeedleCell {
  int depth = 0;
  size_t round = 0;
};

std::vector<NeedleCell> grid(size_t depths, size_t samples) {
  auto percent = [depths](size_t i) {
    return depths < 2 ? 50
                      : static_cast<int>(std::lround(100.0 * static_cast<double>(i) /
                                                     static_cast<double>(depths - 1)));
  };
  std::vector<NeedleCell> cells;
  for (size_t i = 0; i < samples; ++i) {
    // Fewer samples than depths are spread over all of them.
    const size_t place = samples >= depths ? i % depths
                         : samples < 2     ? depths / 2
                                           : i * (depths - 1) / (samples - 1);
    cells.push_back({percent(place), i / depths});
  }
  return cells;
}

// The cells that the suite LOOMBENCH keeps of the published grid, at one of its lengths.
Result<std::vector<NeedleCell>> suite_grid(const TaskRequest& request) {
  LOOM_TRY(const json grid, house_json("data/niah/loombench_cells.json"));
  const auto column = grid.at("depths").find(std::to_string(request.length_tokens));
  if (column == grid.at("depths").end())
    return Error{
        ErrorKind::invalid_input,
        "LOOMBENCH's grid has no length of " + std::to_string(request.length_tokens) + " tokens",
        "niah", "Use a length of the suite, or the even grid"};
  std::vector<NeedleCell> cells;
  for (const json& depth : *column) cells.push_back({depth.get<int>(), 0});
  if (request.samples > 0 && request.samples < cells.size()) cells.resize(request.samples);
  return cells;
}

Result<std::vector<NeedleCell>> cells_of(const TaskRequest& request) {
  if (request.parameters.value("grid", "even") == "loombench") return suite_grid(request);
  // One sample for each depth of the grid that the rules' published scores are of.
  const size_t official = request.official_samples > 0 ? request.official_samples : kOfficialDepths;
  const size_t chosen = request.parameters.value("depths", size_t{0});
  const size_t depths = chosen > 0 ? chosen : official;
  const bool whole = request.samples == 0 || request.samples == official;
  return grid(depths, whole ? depths : request.samples);
}

std::string language_of(const TaskRequest& request) {
  return house_language(request.parameters.value("language", "en"));
}

// What stands before a sentence: the end of another one.
PieceMeter sentence_meter(const TaskRequest& request) {
  return PieceMeter(*request.tokenizer, language_of(request) == "zh" ? "这里。" : "Here.");
}

class NeedleAtDepth : public SampleMaker {
 public:
  NeedleAtDepth(const TaskRequest& request, json wording, json needles,
                std::vector<NeedleCell> cells, Haystack haystack)
      : request_(request),
        wording_(std::move(wording)),
        needles_(std::move(needles)),
        cells_(std::move(cells)),
        haystack_(std::move(haystack)),
        language_(language_of(request)),
        meter_(sentence_meter(request)) {}

  Result<Draft> make(size_t index, size_t target) const override {
    const NeedleCell& cell = cells_.at(index);
    // One needle for a whole round, so that a column differs in depth alone.
    const uint64_t choice = Random(request_.seed, "needle").below(needles_.size());
    const json& needle = needles_.at((choice + cell.round) % needles_.size());
    const std::string sentence = space() + needle.at("sentence").get<std::string>();
    const std::string head = wording_.at("head").get<std::string>();
    const std::string tail = fill(wording_.at("question").get<std::string>(),
                                  {{"question", needle.at("question").get<std::string>()}});
    Draft draft;
    Record& record = draft.record;
    record.id = "needle-depth-" + std::to_string(cell.depth) + "-" + std::to_string(cell.round + 1);
    record.answer_prefix = wording_.at("prefix").get<std::string>();
    draft.tokens = frame_tokens(request_, head, haystack_.stand_in(), tail, record.answer_prefix) +
                   meter_.tokens(sentence);
    if (draft.tokens >= target) return needle_too_short(request_);
    const auto sentences = haystack_.take(target - draft.tokens);
    for (const Piece* piece : sentences) draft.tokens += piece->tokens;
    record.prompt = head;
    record.evidence =
        append_haystack(record.prompt, sentences,
                        {{position_at_depth(sentences, cell.depth), sentence, 0, space().size()}});
    record.context_end = record.prompt.size();
    record.prompt += tail;
    record.references = {needle.at("answer").get<std::string>()};
    record.metadata = {{"depth", cell.depth}, {"language", language_}};
    return draft;
  }

 private:
  std::string space() const { return sentence_space(language_); }

  const TaskRequest& request_;
  const json wording_, needles_;
  const std::vector<NeedleCell> cells_;
  const Haystack haystack_;
  const std::string language_;
  const PieceMeter meter_;
};

class Niah : public Benchmark {
 public:
  std::string id() const override { return "niah"; }
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    if (request.task != "needle")
      return Error{ErrorKind::not_found, "there is no task \"" + request.task + "\"", "niah", ""};
    if (!request.data_file.empty()) return niah_records(request, stop);
    if (!request.tokenizer || !request.count_prompt)
      return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer", "niah", ""};
    if (request.length_tokens <= kMaxNewTokens) return needle_too_short(request);
    const std::string language = language_of(request);
    LOOM_TRY(json wording, house_json("templates/niah.json"));
    LOOM_TRY(const json needles, house_json("data/niah/needles.json"));
    LOOM_TRY(EssaySentences essays, essay_sentences(request, "niah", language));
    for (std::string& sentence : essays.sentences) sentence.insert(0, sentence_space(language));
    try {
      LOOM_TRY(std::vector<NeedleCell> cells, cells_of(request));
      if (language != "en") wording = json(wording.at(language));
      const size_t count = cells.size();
      const SentenceOrder order =
          essays.official ? SentenceOrder::as_given : SentenceOrder::shuffled;
      Haystack haystack(sentence_meter(request).pieces(std::move(essays.sentences), stop),
                        request.length_tokens, order, Random(request.seed, "haystack"));
      const NeedleAtDepth maker(request, wording,
                                needles.at(language == "en" ? "needles" : language),
                                std::move(cells), std::move(haystack));
      LOOM_TRY(std::vector<Record> records,
               fitted_records(request, maker, count, request.length_tokens - kMaxNewTokens, stop));
      return finished(std::move(records), essays.official ? "official essays" : "house data");
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), "data/niah/needles.json",
                   "Install LoomScope again"};
    }
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_niah() {
  return std::make_unique<Niah>();
}

}  // namespace loom

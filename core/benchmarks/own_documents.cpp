#include "core/benchmarks/own_documents.h"

#include <algorithm>

#include "core/benchmarks/documents.h"
#include "core/benchmarks/fitted_records.h"
#include "core/benchmarks/haystack.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/slot_text.h"
#include "core/text/normalise.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr const char* kNumerals[kHouseNeedles] = {"I", "II", "III", "IV", "V", "VI"};
constexpr size_t kMostBytesPerToken = 16;  // of prose; more text than that is never needed

struct OwnNeedle {
  std::string sentence, question, answer;
};

// Needles whose answers the documents do not hold themselves come first.
struct Needles {
  std::vector<OwnNeedle> list;
  size_t fresh = 0;
};

// Which of the answers stand in the documents, in whatever case. Every sentence is looked at once.
Result<std::vector<bool>> held_answers(const std::vector<std::string>& sentences,
                                       const std::vector<OwnNeedle>& needles,
                                       const std::stop_token& stop) {
  std::vector<std::string> answers;
  for (const OwnNeedle& needle : needles) answers.push_back(lower_case(needle.answer));
  std::vector<bool> held(answers.size());
  for (const std::string& sentence : sentences) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "documents", ""};
    const std::string lower = lower_case(sentence);
    for (size_t i = 0; i < answers.size(); ++i)
      if (!held[i]) held[i] = lower.find(answers[i]) != std::string::npos;
  }
  return held;
}

Result<Needles> house_needles(const std::vector<std::string>& sentences,
                              const std::string& language, const std::stop_token& stop) {
  LOOM_TRY(const json root, house_json("data/niah/needles.json"));
  Needles needles;
  std::vector<OwnNeedle> all, known;
  try {
    for (const json& entry : root.at(language == "en" ? "needles" : language))
      all.push_back({" " + entry.at("sentence").get<std::string>(),
                     entry.at("question").get<std::string>(),
                     entry.at("answer").get<std::string>()});
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), "data/niah/needles.json",
                 "Install LoomScope again"};
  }
  LOOM_TRY(const std::vector<bool> held, held_answers(sentences, all, stop));
  for (size_t i = 0; i < all.size(); ++i)
    (held[i] ? known : needles.list).push_back(std::move(all[i]));
  needles.fresh = needles.list.size();
  std::move(known.begin(), known.end(), std::back_inserter(needles.list));
  return needles;
}

// One sample: which needles, at which depths, and what is asked about them.
struct Plan {
  std::vector<size_t> needles;  // in the order in which they are asked
  std::vector<int> depths;      // rising, one for each needle in the order of the text
  std::vector<size_t> in_text;  // places in `needles`, in the order of the text
};

class HiddenNeedles : public SampleMaker {
 public:
  HiddenNeedles(const TaskRequest& request, const CustomBenchmark& benchmark, Needles needles,
                json wording, Haystack haystack)
      : request_(request),
        benchmark_(benchmark),
        needles_(std::move(needles)),
        head_(wording.at("head").get<std::string>()),
        question_(wording.at("tasks").at(request.task).at("question").get<std::string>()),
        prefix_(wording.at("tasks").at(request.task).at("prefix").get<std::string>()),
        haystack_(std::move(haystack)),
        meter_(*request.tokenizer) {}

  Result<Draft> make(size_t index, size_t target) const override {
    const Plan plan = plan_of(index);
    Draft draft;
    Record& record = draft.record;
    ask(plan, index, record);
    const std::string tail = tail_of(plan);
    draft.tokens = frame_tokens(request_, head_, haystack_.stand_in(), tail, prefix_);
    std::vector<Insertion> insertions;
    for (size_t place : plan.in_text) {
      const std::string& sentence = needles_.list[plan.needles[place]].sentence;
      draft.tokens += meter_.tokens(sentence);
      insertions.push_back({0, sentence, place});
    }
    if (draft.tokens >= target)
      return Error{ErrorKind::invalid_input,
                   std::to_string(request_.length_tokens) + " tokens leave no room for documents",
                   benchmark_.id, "Choose a longer length"};
    auto sentences = haystack_.take(target - draft.tokens);
    for (const Piece* piece : sentences) draft.tokens += piece->tokens;
    const Piece rest = words_of(haystack_.stand_in(), target - draft.tokens);
    if (rest.tokens > 0) sentences.push_back(&rest);
    draft.tokens += rest.tokens;
    for (size_t i = 0; i < insertions.size(); ++i)
      insertions[i].position = position_at_depth(sentences, plan.depths[i]);
    record.prompt = head_;
    record.evidence = append_haystack(record.prompt, sentences, insertions);
    record.context_end = record.prompt.size();
    record.prompt += tail;
    return draft;
  }

 private:
  Plan plan_of(size_t index) const {
    const size_t count = request_.task == "needle" ? 1 : benchmark_.needles;
    Random random(request_.seed, request_.task + "/" + std::to_string(index));
    Plan plan;
    if (count == 1) {
      // One needle for a whole round of depths, so that a column differs in depth alone.
      const size_t round = index / benchmark_.depths.size();
      const size_t of = std::max<size_t>(1, needles_.fresh);
      plan.needles = {(Random(request_.seed, "needle").below(of) + round) % of};
      plan.depths = {benchmark_.depths[index % benchmark_.depths.size()]};
      plan.in_text = {0};
      return plan;
    }
    for (size_t i = 0; i < needles_.list.size(); ++i) plan.needles.push_back(i);
    if (needles_.fresh >= count) plan.needles.resize(needles_.fresh);
    random.shuffle(plan.needles);
    plan.needles.resize(count);
    std::vector<int> depths = benchmark_.depths;
    random.shuffle(depths);
    for (size_t i = 0; i < count; ++i) {
      plan.depths.push_back(depths[i % depths.size()]);
      plan.in_text.push_back(i);
    }
    std::sort(plan.depths.begin(), plan.depths.end());
    random.shuffle(plan.in_text);
    return plan;
  }

  void ask(const Plan& plan, size_t index, Record& record) const {
    record.answer_prefix = prefix_;
    record.id = request_.task + "-" + std::to_string(index + 1);
    record.metadata = {{"language", benchmark_.language}};
    if (request_.task == "needle") {
      const size_t round = index / benchmark_.depths.size();
      record.id = "needle-depth-" + std::to_string(plan.depths[0]) + "-" +
                  std::to_string(index % benchmark_.depths.size() + 1) + "-" +
                  std::to_string(round + 1);
      record.metadata["depth"] = plan.depths[0];
    } else {
      record.metadata["depths"] = plan.depths;
    }
    if (request_.task == "order") {
      std::string order;
      for (size_t place : plan.in_text)
        order += (order.empty() ? "" : ", ") + std::string(kNumerals[place]);
      record.references = {order};
      return;
    }
    for (size_t needle : plan.needles) record.references.push_back(needles_.list[needle].answer);
  }

  std::string tail_of(const Plan& plan) const {
    std::string questions, statements;
    for (size_t i = 0; i < plan.needles.size(); ++i) {
      const OwnNeedle& needle = needles_.list[plan.needles[i]];
      const std::string line = i > 0 ? "\n" : "";
      questions += line + std::to_string(i + 1) + ". " + needle.question;
      statements += line + kNumerals[i] + "." + needle.sentence;
    }
    return fill(question_, {{"question", needles_.list[plan.needles[0]].question},
                            {"questions", questions},
                            {"statements", statements}});
  }

  // The most words from the sentence's beginning that have at most so many tokens.
  Piece words_of(const Piece& sentence, size_t tokens) const {
    const auto words = split_words(sentence.text);
    Piece best;
    std::string text;
    for (std::string_view word : words) {
      (text += ' ') += word;
      const uint32_t count = meter_.tokens(text);
      if (count > tokens) break;
      best = {text, count};
    }
    return best;
  }

  const TaskRequest& request_;
  const CustomBenchmark& benchmark_;
  const Needles needles_;
  const std::string head_, question_, prefix_;
  const Haystack haystack_;
  const PieceMeter meter_;
};

// From a place that the seed chooses, round the end, and no more than the length can take.
std::vector<std::string> window_of(const std::vector<std::string>& sentences, size_t tokens,
                                   uint64_t seed) {
  const size_t first = Random(seed, "documents").below(sentences.size());
  std::vector<std::string> window;
  size_t bytes = 0;
  for (size_t i = 0; i < sentences.size() && bytes <= tokens * kMostBytesPerToken; ++i) {
    window.push_back(" " + sentences[(first + i) % sentences.size()]);
    bytes += window.back().size();
  }
  return window;
}

class OwnDocuments : public Benchmark {
 public:
  explicit OwnDocuments(std::shared_ptr<const CustomBenchmark> benchmark)
      : benchmark_(std::move(benchmark)), description_(description_of(*benchmark_)) {}
  std::string id() const override { return benchmark_->id; }

  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    const TaskDescription* task = description_.task(request.task);
    if (!task)
      return Error{ErrorKind::not_found, "there is no task \"" + request.task + "\"", id(), ""};
    if (!request.tokenizer || !request.count_prompt)
      return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer", id(), ""};
    const auto answer = static_cast<size_t>(task->max_new_tokens);
    if (request.length_tokens <= answer)
      return Error{ErrorKind::invalid_input,
                   std::to_string(request.length_tokens) + " tokens leave no room for documents",
                   id(), "Choose a longer length"};
    LOOM_TRY(Documents documents, read_documents(benchmark_->data, stop));
    const std::string language = house_language(benchmark_->language);
    LOOM_TRY(Needles needles, house_needles(documents.sentences, language, stop));
    LOOM_TRY(json wording, house_json("templates/custom_documents.json"));
    auto window = window_of(documents.sentences, request.length_tokens, request.seed);
    std::vector<Piece> pieces = PieceMeter(*request.tokenizer).pieces(std::move(window), stop);
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", id(), ""};
    add_notes(needles, pieces, request, documents.notes);
    Haystack haystack(std::move(pieces), request.length_tokens, SentenceOrder::as_given,
                      Random(request.seed, "haystack"));
    try {
      if (language != "en") wording = json(wording.at(language));
      const HiddenNeedles maker(request, *benchmark_, std::move(needles), wording,
                                std::move(haystack));
      const size_t count = request.samples > 0 ? request.samples : task->official_samples;
      LOOM_TRY(auto records,
               fitted_records(request, maker, count, request.length_tokens - answer, stop));
      return labelled(std::move(records), documents);
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), "templates/custom_documents.json",
                   "Install LoomScope again"};
    }
  }

 private:
  void add_notes(const Needles& needles, const std::vector<Piece>& pieces,
                 const TaskRequest& request, std::vector<std::string>& notes) const {
    size_t tokens = 0;
    for (const Piece& piece : pieces) tokens += piece.tokens;
    if (tokens < request.length_tokens)
      notes.push_back("the documents hold " + std::to_string(tokens) +
                      " tokens and repeat at a length of " + std::to_string(request.length_tokens));
    const size_t wanted = request.task == "needle" ? 1 : benchmark_->needles;
    if (needles.fresh < wanted)
      notes.push_back("the documents hold answers of the needles themselves");
  }
  static TaskRecords labelled(std::vector<Record> records, const Documents& documents) {
    TaskRecords result = finished(std::move(records),
                                  "own documents, " + std::to_string(documents.files) + " files");
    result.notes = documents.notes;
    return result;
  }

  std::shared_ptr<const CustomBenchmark> benchmark_;
  const BenchmarkDescription description_;
};

}  // namespace

std::unique_ptr<Benchmark> make_own_documents(std::shared_ptr<const CustomBenchmark> benchmark) {
  return std::make_unique<OwnDocuments>(std::move(benchmark));
}

}  // namespace loom

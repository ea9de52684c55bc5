#include <algorithm>
#include <cmath>

#include "core/benchmarks/essay_source.h"
#include "core/benchmarks/haystack.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/ruler_tasks.h"
#include "core/benchmarks/ruler_words.h"
#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kDepths = 40;  // equally spaced percentages, rounded, as in the original

struct Needle {
  std::string key, value, text;
};

// "a, b, c, and d"
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
    text += (i == 0                 ? ""
             : i + 1 < names.size() ? ", "
             : names.size() > 2     ? ", and "
                                    : " and ") +
            names[i];
  return text;
}

class NeedleWording {
 public:
  NeedleWording(const RulerTask& task, const json& wording) : wording_(wording) {
    const std::string type = task.uuid_values ? "uuid" : "number";
    slots_ = {{"type", wording.at(type).get<std::string>()},
              {"types", wording.at(type + "s").get<std::string>()}};
    count_ = task.queries * task.values == 1 ? "_one" : "_many";
  }
  std::string sentence(const std::string& key, const std::string& value) const {
    Slots slots = slots_;
    slots["key"] = key;
    slots["value"] = value;
    return fill(wording_.at("sentence").get<std::string>(), slots);
  }
  std::string part(const std::string& name, const std::vector<std::string>& keys) const {
    Slots slots = slots_;
    slots["keys"] = listed(keys);
    return fill(wording_.at(name + count_).get<std::string>(), slots);
  }

 private:
  json wording_;
  Slots slots_;
  std::string count_;
};

// Needles in noise or essays.
class NeedlesInText : public SampleMaker {
 public:
  NeedlesInText(const TaskRequest& request, const RulerTask& task, const json& wording,
                RulerWords words, Haystack haystack)
      : request_(request),
        task_(task),
        wording_(task, wording),
        words_(std::move(words)),
        haystack_(std::move(haystack)),
        meter_(*request.tokenizer) {}

  Result<Draft> make(size_t index, size_t target) const override {
    Random random = sample_random(request_, index);
    std::vector<std::string> keys = draw_keys(words_, task_.keys, random);
    std::vector<Needle> needles = draw_needles(keys, random);
    random.shuffle(keys);
    keys.resize(task_.queries);

    const std::string head = wording_.part("head", keys), tail = wording_.part("question", keys);
    Draft draft;
    draft.record.id = record_id(task_.id, index + 1);
    draft.record.answer_prefix = wording_.part("prefix", keys);
    size_t fixed =
        frame_tokens(request_, head, haystack_.stand_in(), tail, draft.record.answer_prefix);
    for (const Needle& needle : needles) fixed += meter_.tokens(needle.text);
    if (fixed >= target) return too_short(request_);
    const auto sentences = haystack_.take(target - fixed);
    draft.tokens = fixed;
    for (const Piece* sentence : sentences) draft.tokens += sentence->tokens;
    write(draft.record, head, sentences, needles, keys, random);
    draft.record.prompt += tail;
    return draft;
  }

 private:
  std::vector<Needle> draw_needles(const std::vector<std::string>& keys, Random& random) const {
    const size_t count = task_.keys * task_.values;
    const auto values = task_.uuid_values ? draw_uuids(count, random) : draw_numbers(count, random);
    const char* separator = task_.haystack == NeedleHaystack::essay ? " " : "\n";
    std::vector<Needle> needles;
    for (size_t i = 0; i < count; ++i) {
      const std::string& key = keys[i / task_.values];
      needles.push_back({key, values[i], separator + wording_.sentence(key, values[i])});
    }
    return needles;
  }

  // Different places, rising: one of 40 depths in essays, any line in noise.
  std::vector<std::pair<size_t, int>> draw_places(size_t count, size_t sentences,
                                                  Random& random) const {
    const bool essay = task_.haystack == NeedleHaystack::essay;
    const size_t choices = essay ? kDepths : sentences + 1;
    std::vector<std::pair<size_t, int>> places;
    while (places.size() < std::min(count, choices)) {
      const size_t choice = random.below(choices);
      const double share =
          static_cast<double>(choice) / static_cast<double>(std::max<size_t>(choices - 1, 1));
      const int depth = static_cast<int>(std::lround(100 * share));
      const size_t position = essay ? sentences * static_cast<size_t>(depth) / 100 : choice;
      if (std::none_of(places.begin(), places.end(), [&](const auto& place) {
            return place.second == depth && place.first == position;
          }))
        places.emplace_back(position, depth);
    }
    while (places.size() < count) places.push_back(places.back());
    std::sort(places.begin(), places.end());
    return places;
  }

  void write(Record& record, const std::string& head, const std::vector<const Piece*>& sentences,
             std::vector<Needle> needles, const std::vector<std::string>& asked,
             Random& random) const {
    for (const std::string& key : asked)
      for (const Needle& needle : needles)
        if (needle.key == key) record.references.push_back(needle.value);
    random.shuffle(needles);
    const auto places = draw_places(needles.size(), sentences.size(), random);
    std::vector<Insertion> insertions;
    for (size_t i = 0; i < needles.size(); ++i)
      insertions.push_back({places[i].first, needles[i].text, i});
    record.prompt = head;
    const auto spans = append_haystack(record.prompt, sentences, insertions);
    record.context_end = record.prompt.size();
    for (size_t i = 0; i < needles.size(); ++i)
      if (std::find(asked.begin(), asked.end(), needles[i].key) != asked.end()) {
        if (record.evidence.empty()) record.metadata["depth"] = places[i].second;
        record.evidence.push_back(spans[i]);
      }
  }

  const TaskRequest& request_;
  const RulerTask& task_;
  const NeedleWording wording_;
  const RulerWords words_;
  const Haystack haystack_;
  const PieceMeter meter_;
};

// A haystack that is all needles, one of which is asked for.
class NeedlesAmongNeedles : public SampleMaker {
 public:
  NeedlesAmongNeedles(const TaskRequest& request, const RulerTask& task, const json& wording,
                      std::vector<Needle> pool, std::vector<Piece> pieces)
      : request_(request),
        task_(task),
        wording_(task, wording),
        pool_(std::move(pool)),
        pieces_(std::move(pieces)) {}

  Result<Draft> make(size_t index, size_t target) const override {
    Random random = sample_random(request_, index);
    std::vector<uint32_t> order(pool_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint32_t>(i);
    random.shuffle(order);
    const Needle& asked = pool_[order[0]];
    const std::string head = wording_.part("head", {asked.key}),
                      tail = wording_.part("question", {asked.key});
    Draft draft;
    Record& record = draft.record;
    record.id = record_id(task_.id, index + 1);
    record.answer_prefix = wording_.part("prefix", {asked.key});
    draft.tokens = frame_tokens(request_, head, pieces_.front(), tail, record.answer_prefix);
    std::vector<const Piece*> chosen;
    for (uint32_t i : order) {
      if (draft.tokens + pieces_[i].tokens > target) {
        if (chosen.empty()) return too_short(request_);
        break;
      }
      draft.tokens += pieces_[i].tokens;
      chosen.push_back(&pieces_[i]);
    }
    const size_t place = random.below(chosen.size());
    std::swap(chosen[0], chosen[place]);
    write(record, head, chosen, place, asked);
    record.prompt += tail;
    return draft;
  }

 private:
  void write(Record& record, const std::string& head, std::vector<const Piece*> chosen,
             size_t place, const Needle& asked) const {
    chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(place));
    record.prompt = head;
    record.evidence = append_haystack(record.prompt, chosen, {{place, asked.text, 0}});
    record.context_end = record.prompt.size();
    record.references = {asked.value};
    record.metadata["depth"] = depth_of(record.evidence.front(), record.context_end);
  }

  const TaskRequest& request_;
  const RulerTask& task_;
  const NeedleWording wording_;
  const std::vector<Needle> pool_;
  const std::vector<Piece> pieces_;
};

// Twice as many needles as the longest prompt holds; samples draw theirs from this pool, whose
// token counts are measured once.
RulerMaker needles_among_needles(const TaskRequest& request, const RulerTask& task,
                                 const json& wording, const RulerWords& words,
                                 std::stop_token stop) {
  const PieceMeter meter(*request.tokenizer);
  const NeedleWording speech(task, wording);
  Random random(request.seed, request.task + "/pool");
  const uint32_t least =
      meter.tokens("\n" + speech.sentence(words.first[0] + "-" + words.second[0], "1234567"));
  const size_t possible = words.first.size() * words.second.size() / 2;
  size_t count = std::max<size_t>(2 * request.length_tokens / std::max(1u, least), 64);
  if (!task.uuid_keys) count = std::min(count, possible);
  const auto keys = task.uuid_keys ? draw_uuids(count, random) : draw_keys(words, count, random);
  const auto values = task.uuid_values ? draw_uuids(count, random) : draw_numbers(count, random);
  std::vector<Needle> pool;
  std::vector<std::string> texts;
  for (size_t i = 0; i < count; ++i) {
    pool.push_back({keys[i], values[i], "\n" + speech.sentence(keys[i], values[i])});
    texts.push_back(pool.back().text);
  }
  return {std::make_unique<NeedlesAmongNeedles>(request, task, wording, std::move(pool),
                                                meter.pieces(std::move(texts), stop)),
          words.official && !task.uuid_keys ? "official words" : "house data"};
}

}  // namespace

Result<RulerMaker> make_ruler_needle(const TaskRequest& request, const RulerTask& task,
                                     const json& wording, std::stop_token stop) {
  LOOM_TRY(RulerWords words, ruler_words(request, 0));
  if (task.haystack == NeedleHaystack::needles)
    return needles_among_needles(request, task, wording, words, stop);
  const bool essay = task.haystack == NeedleHaystack::essay;
  EssaySentences source;
  if (essay) {
    LOOM_TRY(source, essay_sentences(request, "ruler"));
  } else {
    LOOM_TRY(const json noise, house_json("data/ruler/noise.json"));
    source.sentences = noise.at("sentences").get<std::vector<std::string>>();
  }
  for (std::string& sentence : source.sentences) sentence.insert(0, essay ? " " : "\n");
  const std::string label = source.official
                                ? words.official ? "official data" : "official essays, house words"
                            : words.official ? "house sentences, official words"
                                             : "house data";
  const bool shuffled = essay && !source.official;
  Haystack haystack(PieceMeter(*request.tokenizer).pieces(std::move(source.sentences), stop),
                    request.length_tokens,
                    shuffled ? SentenceOrder::shuffled : SentenceOrder::as_given,
                    Random(request.seed, "haystack"));
  return RulerMaker{std::make_unique<NeedlesInText>(request, task, wording, std::move(words),
                                                    std::move(haystack)),
                    label};
}

}  // namespace loom

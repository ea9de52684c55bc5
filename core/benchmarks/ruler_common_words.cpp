#include <algorithm>
#include <numeric>

#include "core/benchmarks/record_set.h"
#include "core/benchmarks/ruler_tasks.h"
#include "core/benchmarks/ruler_words.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kCommon = 10;
constexpr size_t kShortLength = 4096;  // below it lists are smaller
constexpr size_t kFrameTokens = 200;   // wrapper and wording, roughly

// How often common and other words stand in a list, and in the worked example before it.
struct Shape {
  size_t common, other;
};
struct ListSizes {
  size_t example_words;
  Shape example, list;
};
constexpr ListSizes kLarge = {40, {10, 3}, {30, 3}};
constexpr ListSizes kSmall = {20, {3, 1}, {6, 1}};

class CommonWords : public SampleMaker {
 public:
  CommonWords(const TaskRequest& request, const RulerTask& task, const json& wording,
              std::vector<std::string> words, std::stop_token stop)
      : request_(request), task_(task), wording_(wording), words_(std::move(words)) {
    const PieceMeter meter(*request.tokenizer);
    std::vector<std::string> texts;
    for (const std::string& word : words_) texts.push_back(" " + word);
    pieces_ = meter.pieces(std::move(texts), stop);
    // " 12." behind a word: numbers differ in tokens by their digits alone.
    const size_t most = request.length_tokens / 3 + 400;
    std::vector<std::string> numbers;
    for (size_t i = 1; i <= most; ++i) numbers.push_back(number(i));
    number_sums_ = {0};
    for (const Piece& piece : meter.pieces(std::move(numbers), stop))
      number_sums_.push_back(number_sums_.back() + piece.tokens);
    sizes_ = fits(kLarge) ? kLarge : kSmall;
  }

  Result<Draft> make(size_t index, size_t target) const override {
    Random random = sample_random(request_, index);
    std::vector<uint32_t> words(words_.size());
    std::iota(words.begin(), words.end(), 0u);
    random.shuffle(words);
    const std::string head = worked_example(words, sizes_.example_words, sizes_.example, random) +
                             wording_.at("head").get<std::string>();
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(sizes_.example_words));
    Draft draft;
    Record& record = draft.record;
    record.id = record_id(task_.id, index + 1);
    record.answer_prefix = wording_.at("prefix").get<std::string>();
    const std::string tail = wording_.at("question").get<std::string>();
    const Piece stand_in = {number(1) + pieces_[0].text,
                            static_cast<uint32_t>(number_sums_[1]) + pieces_[0].tokens};
    const size_t frame = frame_tokens(request_, head, stand_in, tail, record.answer_prefix);
    const Shape shape = sizes_.list;
    LOOM_TRY(const size_t count, fitting_words(words, shape, frame, target, draft.tokens));
    words.resize(count);
    record.prompt = head + list(words, shape, random);
    record.context_end = record.prompt.size();
    record.prompt += tail;
    for (size_t i = 0; i < kCommon; ++i) record.references.push_back(words_[words[i]]);
    record.evidence = occurrences(record);
    record.metadata["common_repeats"] = shape.common;
    return draft;
  }

 private:
  static std::string number(size_t i) { return " " + std::to_string(i) + "."; }

  // Whether the common words and a few others have room, for words of average size. Tokenizers that
  // spell numbers digit by digit need the small lists at 4096 tokens as well.
  bool fits(const ListSizes& sizes) const {
    if (request_.length_tokens < kShortLength) return false;
    size_t word_tokens = 0;
    for (const Piece& piece : pieces_) word_tokens += piece.tokens;
    auto tokens = [&](const Shape& shape, size_t others) {
      const size_t items = kCommon * shape.common + others * shape.other;
      return items * word_tokens / pieces_.size() + number_sums_[items];
    };
    return kFrameTokens + tokens(sizes.example, sizes.example_words - kCommon) +
               tokens(sizes.list, 4 * kCommon) + task_.max_new_tokens <
           request_.length_tokens;
  }

  // The most words whose list still fits; `tokens` is then the length of the prompt.
  Result<size_t> fitting_words(const std::vector<uint32_t>& words, const Shape& shape, size_t frame,
                               size_t target, size_t& tokens) const {
    size_t items = 0, word_tokens = 0, count = 0;
    for (uint32_t word : words) {
      const size_t repeats = count < kCommon ? shape.common : shape.other;
      if (items + repeats >= number_sums_.size()) break;
      const size_t total =
          frame + word_tokens + repeats * pieces_[word].tokens + number_sums_[items + repeats];
      if (total > target) break;
      word_tokens += repeats * pieces_[word].tokens;
      items += repeats;
      tokens = total;
      ++count;
    }
    if (count <= kCommon) return too_short(request_);
    return count;
  }

  std::string list(const std::vector<uint32_t>& words, const Shape& shape, Random& random) const {
    std::vector<uint32_t> items;
    for (size_t i = 0; i < words.size(); ++i)
      items.insert(items.end(), i < kCommon ? shape.common : shape.other, words[i]);
    random.shuffle(items);
    std::string text;
    text.reserve(items.size() * 20);
    for (size_t i = 0; i < items.size(); ++i) {
      text += number(i + 1);
      text += pieces_[items[i]].text;
    }
    return text;
  }

  std::string worked_example(const std::vector<uint32_t>& words, size_t count, const Shape& shape,
                             Random& random) const {
    const std::vector<uint32_t> chosen(words.begin(),
                                       words.begin() + static_cast<std::ptrdiff_t>(count));
    std::string text = wording_.at("head").get<std::string>() + list(chosen, shape, random) +
                       wording_.at("question").get<std::string>() + "\n" +
                       wording_.at("prefix").get<std::string>().substr(1);
    for (size_t i = 0; i < kCommon; ++i) text += number(i + 1) + pieces_[chosen[i]].text;
    return text + "\n\n";
  }

  // The first place of each common word in the list.
  std::vector<ByteSpan> occurrences(const Record& record) const {
    const std::string& head = wording_.at("head").get_ref<const std::string&>();
    const size_t begin = record.prompt.rfind(head, record.context_end) + head.size();
    std::vector<ByteSpan> spans;
    for (const std::string& word : record.references) {
      size_t at = record.prompt.find(". " + word + " ", begin);
      if (at == std::string::npos || at >= record.context_end)
        at = record.prompt.find(". " + word, begin);
      spans.push_back({at + 2, at + 2 + word.size()});
    }
    return spans;
  }

  const TaskRequest& request_;
  const RulerTask& task_;
  const json wording_;
  const std::vector<std::string> words_;
  std::vector<Piece> pieces_;
  ListSizes sizes_ = kSmall;
  std::vector<size_t> number_sums_;  // tokens of the first n numbers
};

}  // namespace

Result<RulerMaker> make_ruler_common_words(const TaskRequest& request, const RulerTask& task,
                                           const json& wording, std::stop_token stop) {
  // An other word takes at least 12 tokens: three numbers, three stops, three words.
  LOOM_TRY(RulerWords words, ruler_words(request, request.length_tokens / 12 + 200));
  const std::string label = words.official ? "official words" : "house data";
  return RulerMaker{
      std::make_unique<CommonWords>(request, task, wording, std::move(words.list), stop), label};
}

}  // namespace loom

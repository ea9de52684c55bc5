#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/benchmarks/record_set.h"
#include "core/benchmarks/ruler_tasks.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kLetters = 6;
constexpr size_t kTokensPerWord = 50;          // the vocabulary grows with the length
constexpr double kZeta2 = 1.6449340668482264;  // the sum of 1/k²
constexpr size_t kAsked = 3;                   // ranks 2 to 4; rank 1 are dots

// Words whose counts fall with the square of their rank.
class CodedWords : public SampleMaker {
 public:
  CodedWords(const TaskRequest& request, const RulerTask& task, const json& wording,
             std::stop_token stop)
      : request_(request),
        task_(task),
        wording_(wording),
        vocabulary_(
            std::max<size_t>((request.length_tokens - task.max_new_tokens) / kTokensPerWord, 8)) {
    Random random(request.seed, request.task + "/pool");
    std::set<std::string> words;
    while (words.size() < 2 * vocabulary_) {
      std::string word = " ";
      for (size_t i = 0; i < kLetters; ++i) word += static_cast<char>('a' + random.below(26));
      words.insert(std::move(word));
    }
    const PieceMeter meter(*request.tokenizer);
    pieces_ = meter.pieces({words.begin(), words.end()}, stop);
    dots_ = meter.piece(" ...");
  }

  Result<Draft> make(size_t index, size_t target) const override {
    Random random = sample_random(request_, index);
    std::vector<uint32_t> order(pieces_.size());
    std::iota(order.begin(), order.end(), 0u);
    random.shuffle(order);
    std::vector<const Piece*> ranks = {&dots_};
    while (ranks.size() < vocabulary_) ranks.push_back(&pieces_[order[ranks.size()]]);

    const std::string head = wording_.at("head").get<std::string>(),
                      tail = wording_.at("question").get<std::string>();
    Draft draft;
    Record& record = draft.record;
    record.id = record_id(task_.id, index + 1);
    record.answer_prefix = wording_.at("prefix").get<std::string>();
    const size_t frame = frame_tokens(request_, head, *ranks[1], tail, record.answer_prefix);
    const size_t words = fitting_words(ranks, frame, target);
    if (occurrences(words, 4) == occurrences(words, 5)) return too_short(request_);
    draft.tokens = frame + tokens(ranks, words);
    record.prompt = head + shuffled(ranks, words, random);
    record.context_end = record.prompt.size();
    for (size_t rank = 2; rank < 2 + kAsked; ++rank) {
      const std::string& word = ranks[rank - 1]->text;
      record.references.push_back(word.substr(1));
      const size_t at = record.prompt.find(word, head.size());
      record.evidence.push_back({at + 1, at + word.size()});
    }
    record.prompt += tail;
    return draft;
  }

 private:
  static size_t occurrences(size_t words, size_t rank) {
    const double share = 1.0 / (static_cast<double>(rank) * static_cast<double>(rank) * kZeta2);
    return static_cast<size_t>(static_cast<double>(words) * share);
  }

  static size_t tokens(const std::vector<const Piece*>& ranks, size_t words) {
    size_t total = 0;
    for (size_t rank = 1; rank <= ranks.size(); ++rank) {
      const size_t count = occurrences(words, rank);
      if (count == 0) break;
      total += count * ranks[rank - 1]->tokens;
    }
    return total;
  }

  static size_t fitting_words(const std::vector<const Piece*>& ranks, size_t frame, size_t target) {
    size_t low = 0, high = target + 1;
    while (high - low > 1) {
      const size_t middle = low + (high - low) / 2;
      (frame + tokens(ranks, middle) <= target ? low : high) = middle;
    }
    return low;
  }

  static std::string shuffled(const std::vector<const Piece*>& ranks, size_t words,
                              Random& random) {
    std::vector<const Piece*> text_words;
    for (size_t rank = 1; rank <= ranks.size(); ++rank)
      text_words.insert(text_words.end(), occurrences(words, rank), ranks[rank - 1]);
    random.shuffle(text_words);
    std::string text;
    text.reserve(text_words.size() * (kLetters + 1));
    for (const Piece* word : text_words) text += word->text;
    return text;
  }

  const TaskRequest& request_;
  const RulerTask& task_;
  const json wording_;
  const size_t vocabulary_;
  std::vector<Piece> pieces_;
  Piece dots_;
};

}  // namespace

Result<RulerMaker> make_ruler_coded_words(const TaskRequest& request, const RulerTask& task,
                                          const json& wording, std::stop_token stop) {
  return RulerMaker{std::make_unique<CodedWords>(request, task, wording, stop), "house data"};
}

}  // namespace loom

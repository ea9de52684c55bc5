#include "core/benchmarks/text_order_records.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/base/random.h"
#include "core/benchmarks/ada_leval.h"
#include "core/benchmarks/fitted_records.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/story_source.h"
#include "core/benchmarks/wording.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

constexpr const char* kFourParts = "four parts";
constexpr size_t kParts = 4;
// A part is a fifth of the text; what stands before them a twelfth, what stands behind the rest.
constexpr size_t kBefore = 12, kPart = 5;
constexpr size_t kUnit = 8;         // no unit is longer than this part of the text
constexpr size_t kLeastText = 200;  // tokens below which four parts say too little

constexpr std::string_view kBeforeHead = "Before:\n\n";
std::string part_head(size_t place) {
  return "\n\nPart " + std::to_string(place + 1) + ":\n\n";
}

// Whole paragraphs; sentences of those that are too long, and halves of such sentences.
class Units {
 public:
  Units(const PieceMeter& meter, size_t longest) : meter_(meter), longest_(longest) {}

  void add_paragraph(const std::string& paragraph) {
    Piece whole = meter_.piece("\n\n" + paragraph);
    if (whole.tokens <= longest_) return push(std::move(whole));
    const char* before = "\n\n";
    for (std::string_view sentence : split_sentences(paragraph)) {
      add(before + std::string(sentence));
      before = " ";
    }
  }
  size_t tokens() const { return tokens_; }
  // At least one more, until those taken so far come as near to `mark` tokens as they can.
  std::string take_until(size_t mark) {
    std::string text;
    for (; next_ < pieces_.size(); ++next_) {
      if (!text.empty() && taken_ + pieces_[next_].tokens / 2 > mark) break;
      text += pieces_[next_].text;
      taken_ += pieces_[next_].tokens;
    }
    const size_t begin = text.find_first_not_of(" \n");
    return begin == std::string::npos ? "" : text.substr(begin);
  }
  std::span<const Piece> rest() const { return std::span(pieces_).subspan(next_); }

 private:
  void push(Piece piece) {
    tokens_ += piece.tokens;
    pieces_.push_back(std::move(piece));
  }
  void add(std::string text) {
    Piece piece = meter_.piece(text);
    const size_t space = piece.tokens > longest_ ? text.find(' ', text.size() / 2) : text.npos;
    if (space == text.npos) return push(std::move(piece));
    add(text.substr(0, space));
    add(text.substr(space));
  }

  const PieceMeter& meter_;
  const size_t longest_;
  std::vector<Piece> pieces_;
  size_t tokens_ = 0, next_ = 0, taken_ = 0;
};

class MixedParts : public SampleMaker {
 public:
  MixedParts(const TaskRequest& request, const Wording& wording, const StorySource& source,
             std::string question, int answer_tokens)
      : request_(request),
        wording_(wording),
        source_(source),
        question_(std::move(question)),
        answer_tokens_(answer_tokens),
        meter_(*request.tokenizer, "Here:") {}

  Result<Draft> make(size_t index, size_t target) const override {
    const size_t frame = tokens_of(write(document("", {}, {}, "")));
    if (target < frame + kLeastText) return ada_leval_too_short(request_, kFourParts);
    const size_t room = target - frame;
    LOOM_TRY(const std::vector<std::string> paragraphs,
             source_.paragraphs(index, room + room / kUnit));
    Units units(meter_, room / kUnit);
    for (const std::string& paragraph : paragraphs) {
      if (units.tokens() >= room + room / kUnit) break;
      units.add_paragraph(paragraph);
    }
    size_t mark = room / kBefore;
    const std::string before = units.take_until(mark);
    std::array<std::string, kParts> parts;
    for (std::string& part : parts) part = units.take_until(mark += room / kPart);
    Random random(request_.seed, request_.task + "/" + std::to_string(request_.length_tokens) +
                                     "/" + std::to_string(index) + "/order");
    std::array<size_t, kParts> shown{0, 1, 2, 3};  // which part stands at each place
    random.shuffle(shown);
    Draft draft;
    const size_t without = tokens_of(write(document(before, parts, shown, "")));
    if (units.rest().empty() || without > target) return ada_leval_too_short(request_, kFourParts);
    const Piece after = beginning(units.rest(), target - without);
    draft.tokens = without + after.tokens;
    draft.record = record(index, document(before, parts, shown, after.text), before, parts, shown);
    return draft;
  }

 private:
  std::string document(const std::string& before, const std::array<std::string, kParts>& parts,
                       const std::array<size_t, kParts>& shown, const std::string& after) const {
    std::string text = std::string(kBeforeHead) + before;
    for (size_t place = 0; place < kParts; ++place) text += part_head(place) + parts[shown[place]];
    return text + "\n\nAfter:" + after;
  }
  // As many words as have at most so many tokens.
  Piece beginning(std::span<const Piece> units, size_t tokens) const {
    Piece text;
    size_t next = 0;
    for (; next < units.size() && text.tokens + units[next].tokens <= tokens; ++next) {
      text.text += units[next].text;
      text.tokens += units[next].tokens;
    }
    if (next == units.size()) return text;
    const std::string& last = units[next].text;
    std::vector<size_t> ends;
    for (std::string_view word : split_words(last))
      ends.push_back(static_cast<size_t>(word.data() + word.size() - last.data()));
    size_t low = 0, high = ends.size();  // words
    while (low < high) {
      const size_t middle = (low + high + 1) / 2;
      if (text.tokens + meter_.tokens(last.substr(0, ends[middle - 1])) <= tokens)
        low = middle;
      else
        high = middle - 1;
    }
    if (low == 0) return text;
    const Piece words = meter_.piece(last.substr(0, ends[low - 1]));
    return {text.text + words.text, text.tokens + words.tokens};
  }
  Record write(const std::string& document) const {
    Record record;
    write_prompt(record, wording_, {{"prompt", document + question_}}, {"prompt"});
    if (record.context_end >= question_.size()) record.context_end -= question_.size();
    return record;
  }
  size_t tokens_of(const Record& record) const {
    return request_.count_prompt(record.prompt, record.answer_prefix);
  }
  Record record(size_t index, const std::string& document, const std::string& before,
                const std::array<std::string, kParts>& parts,
                const std::array<size_t, kParts>& shown) const {
    Record made = write(document);
    made.id = record_id(request_.task, index + 1);
    if (!made.max_new_tokens) made.max_new_tokens = answer_tokens_;
    made.metadata = {{"language", "en"}};
    std::array<ByteSpan, kParts> spans;
    const size_t offset =
        made.context_end >= document.size() ? made.context_end - document.size() : 0;
    size_t at = offset + kBeforeHead.size() + before.size();
    for (size_t place = 0; place < kParts; ++place) {
      at += part_head(place).size();
      const size_t end = at + parts[shown[place]].size();
      spans[shown[place]] = {at, end};
      at = end;
    }
    for (size_t part = 0; part < kParts; ++part) {
      const auto* const place = std::find(shown.begin(), shown.end(), part);
      made.references.push_back(std::to_string(place - shown.begin() + 1));
      if (made.context_end > 0) made.evidence.push_back(spans[part]);
    }
    return made;
  }

  const TaskRequest& request_;
  const Wording& wording_;
  const StorySource& source_;
  const std::string question_;
  const int answer_tokens_;
  const PieceMeter meter_;
};

}  // namespace

Result<TaskRecords> text_order_records(const TaskRequest& request, const Wording& wording,
                                       std::stop_token stop) {
  LOOM_TRY(const AdaLEvalRoom room, ada_leval_room(request, wording, kFourParts));
  const std::string file = "data/ada_leval/order.json";
  LOOM_TRY(const nlohmann::json words, house_json(file));
  const std::string question = words.value("question", "");
  if (question.empty())
    return Error{ErrorKind::corrupt, "holds no question", file, "Install LoomScope again"};
  LOOM_TRY(const auto source, story_source(request, stop));
  const MixedParts maker(request, wording, *source, question, room.answer);
  const size_t count = request.samples > 0 ? request.samples : kAdaLEvalSamples;
  LOOM_TRY(std::vector<Record> records, fitted_records(request, maker, count, room.prompt, stop));
  TaskRecords result = finished(std::move(records), source->label());
  result.wording_label = wording.label;
  return result;
}

}  // namespace loom

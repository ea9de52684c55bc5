#include "core/benchmarks/star_text.h"

#include <algorithm>
#include <unordered_map>

#include "core/text/character_class.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

// What stands before a measured piece: tokenizers part a word from a space, and a Chinese comma
// from the character before it.
const char* before(StarUnit unit) {
  return unit == StarUnit::word ? "Here" : "这里";
}

size_t length_of(const std::string& star, StarUnit unit) {
  if (unit == StarUnit::word)
    return 1 + static_cast<size_t>(std::count(star.begin(), star.end(), ' '));
  return static_cast<size_t>(
      std::count_if(star.begin(), star.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool ends_sentence(std::string_view unit) {
  for (std::string_view mark : {".", "!", "?", "。", "！", "？"})
    if (unit.ends_with(mark)) return true;
  return false;
}

}  // namespace

std::vector<size_t> star_places(StarUnit unit, size_t units,
                                const std::vector<std::string>& stars) {
  const size_t step = stars.empty() ? 0 : units / stars.size();
  std::vector<size_t> places;
  size_t inserted = 0, least = 0;
  for (size_t i = 0; i < stars.size(); ++i) {
    const size_t length = length_of(stars[i], unit);
    const size_t wanted = (i + 1) * step + i * length;
    least = std::clamp(wanted < inserted ? 0 : wanted - inserted, least, units);
    places.push_back(least);
    // A sentence between words joins the word before it and the one behind it.
    inserted += unit == StarUnit::word ? length - std::min<size_t>(length, 2) : length;
  }
  return places;
}

StarText::StarText(const Tokenizer& tokenizer, std::string text, StarUnit unit,
                   std::stop_token stop)
    : text_(std::move(text)),
      unit_(unit),
      meter_(tokenizer, before(unit)),
      opening_meter_(tokenizer, "\n"),
      places_{0} {
  bool letters = false;  // before the byte: a stretch of characters ends where letters end
  for (size_t at = 0; at < text_.size();) {
    const CodePoint point = decode_utf8(text_, at);
    const bool letter = character_class(point.value) == CharacterClass::letter;
    const bool begins = unit == StarUnit::word ? text_[at] == ' ' : letters && !letter;
    if (stretches_.empty() || begins) stretches_.push_back(at);
    if (unit == StarUnit::word && begins) places_.push_back(at);
    letters = letter;
    at += point.bytes;
    if (unit == StarUnit::character) places_.push_back(at);
  }
  if (unit == StarUnit::word && !text_.empty()) places_.push_back(text_.size());
  stretches_.push_back(text_.size());
  measure(stop);
}

void StarText::measure(std::stop_token stop) {
  std::unordered_map<std::string_view, size_t> numbers;
  std::vector<std::string> texts;
  std::vector<size_t> which;
  for (size_t i = 0; i + 1 < stretches_.size(); ++i) {
    const std::string_view stretch =
        std::string_view(text_).substr(stretches_[i], stretches_[i + 1] - stretches_[i]);
    const auto [known, is_new] = numbers.emplace(stretch, texts.size());
    if (is_new) texts.emplace_back(stretch);
    which.push_back(known->second);
  }
  const std::vector<Piece> pieces = meter_.pieces(std::move(texts), stop);
  sums_ = {0};
  for (size_t number : which) sums_.push_back(sums_.back() + pieces[number].tokens);
}

size_t StarText::stretch_at(size_t byte) const {
  return static_cast<size_t>(std::upper_bound(stretches_.begin(), stretches_.end() - 1, byte) -
                             stretches_.begin() - 1);
}

size_t StarText::sentence_start(size_t unit) const {
  for (size_t end = unit; end > 0 && end < units(); ++end)
    if (ends_sentence(
            std::string_view(text_).substr(places_[end - 1], places_[end] - places_[end - 1])))
      return end;
  return unit;
}

std::vector<size_t> StarText::cuts(size_t first, size_t count,
                                   const std::vector<std::string>& stars) const {
  std::vector<size_t> bytes = star_places(unit_, count, stars);
  for (size_t& place : bytes) place = places_[first + place];
  return bytes;
}

size_t StarText::behind(size_t cut) const {
  return cut < text_.size() && unit_ == StarUnit::word && text_[cut] == ' ' ? cut + 1 : cut;
}

// A joint is the text's beginning, a sentence or the tail. One piece is measured for all joints
// that touch the same stretches: from the stretch before the first to the one behind the last.
size_t StarText::tokens(size_t first, size_t count, const std::vector<std::string>& stars,
                        const std::string& tail) const {
  const size_t start = places_[first], last = places_[first + count];
  std::vector<size_t> joints = {start};
  for (size_t cut : cuts(first, count, stars)) joints.push_back(cut);
  joints.push_back(last);
  auto touched_from = [&](size_t joint) {
    return joint <= start ? start : std::max(start, stretches_[stretch_at(joint - 1)]);
  };
  size_t sum = 0, counted = start;
  for (size_t i = 0; i < joints.size();) {
    const bool opening = i == 0;
    size_t from = touched_from(joints[i]);
    if (!opening) sum += sums_[stretch_at(from)] - sums_[stretch_at(counted)];
    std::string piece;
    for (;; ++i) {
      if (joints[i] > from) piece.append(text_, from, joints[i] - from);
      if (i > 0) piece += i <= stars.size() ? stars[i - 1] : tail;
      from = std::max(from, std::min(last, behind(joints[i])));
      if (i + 1 == joints.size()) break;
      counted = std::min(last, stretches_[stretch_at(from) + 1]);
      if (touched_from(joints[i + 1]) >= counted) {
        piece.append(text_, from, counted - from);
        break;
      }
    }
    ++i;
    sum += (opening ? opening_meter_ : meter_).tokens(piece);
  }
  return sum;
}

std::string StarText::write(size_t first, size_t count, const std::vector<std::string>& stars,
                            std::vector<ByteSpan>* spans) const {
  const std::vector<size_t> stand = cuts(first, count, stars);
  const size_t last = places_[first + count];
  std::string text;
  size_t at = behind(places_[first]);
  for (size_t i = 0; i < stars.size(); ++i) {
    if (stand[i] > at) text.append(text_, at, stand[i] - at);
    if (spans) {
      // Without the line ends around it.
      const size_t inner = stars[i].find_first_not_of('\n');
      const size_t end = stars[i].find_last_not_of('\n');
      spans->push_back({text.size() + inner, text.size() + end + 1});
    }
    text += stars[i];
    at = std::max(at, stand[i] < last ? behind(stand[i]) : last);
  }
  if (last > at) text.append(text_, at, last - at);
  return text;
}

}  // namespace loom

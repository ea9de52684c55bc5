// Splitters that ask one character at a time.
#include "core/text/character_class.h"
#include "core/text/utf8.h"
#include "core/tokenizer/split_behaviour.h"

namespace loom {
namespace {

bool is_space(uint32_t c) { return character_class(c) == CharacterClass::space; }

// All that ASCII prints besides letters and digits, and \p{P}.
bool is_mark(uint32_t c) {
  if (c >= 0x80) return is_punctuation(c) && is_old(c);
  return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z');
}

// Each character that the test takes is a match.
class CharacterSplitter : public Splitter {
 public:
  CharacterSplitter(bool (*test)(uint32_t), SplitBehaviour behaviour) : test_(test), behaviour_(behaviour) {}
  void split(std::string_view text, const PieceSink& sink) const override {
    std::vector<Stretch> stretches;
    for (size_t at = 0; at < text.size();) {
      CodePoint point = decode_utf8(text, at);
      bool matched = test_(point.value);
      if (!matched && !stretches.empty() && !stretches.back().matched) {
        stretches.back().end += point.bytes;
      } else {
        stretches.push_back({at, at + point.bytes, matched});
      }
      at += point.bytes;
    }
    emit_stretches(text, stretches, behaviour_, sink);
  }

 private:
  bool (*test_)(uint32_t);
  SplitBehaviour behaviour_;
};

// \w+|[^\w\s]+ : words, and runs of what is neither word nor space.
class WordSplitter : public Splitter {
 public:
  void split(std::string_view text, const PieceSink& sink) const override {
    enum class Kind { space, word, other };
    Kind run = Kind::space;
    size_t begin = 0;
    for (size_t at = 0; at <= text.size();) {
      CodePoint point = at < text.size() ? decode_utf8(text, at) : CodePoint{' ', 1, true};
      Kind kind = is_space(point.value) ? Kind::space : is_word_character(point.value) ? Kind::word : Kind::other;
      if (kind != run) {
        if (run != Kind::space) sink(text.substr(begin, at - begin));
        run = kind, begin = at;
      }
      at += point.bytes;
    }
  }
};

class LengthSplitter : public Splitter {
 public:
  explicit LengthSplitter(size_t characters) : characters_(characters) {}
  void split(std::string_view text, const PieceSink& sink) const override {
    for (size_t at = 0; at < text.size();) {
      size_t begin = at;
      for (size_t n = 0; n < characters_ && at < text.size(); ++n) at += decode_utf8(text, at).bytes;
      sink(text.substr(begin, at - begin));
    }
  }

 private:
  size_t characters_;
};

}  // namespace

std::unique_ptr<Splitter> white_space_splitter() {
  return std::make_unique<CharacterSplitter>(is_space, SplitBehaviour::removed);
}
std::unique_ptr<Splitter> punctuation_splitter(SplitBehaviour behaviour) {
  return std::make_unique<CharacterSplitter>(is_mark, behaviour);
}
std::unique_ptr<Splitter> word_splitter() { return std::make_unique<WordSplitter>(); }
std::unique_ptr<Splitter> length_splitter(size_t characters) { return std::make_unique<LengthSplitter>(characters); }
std::unique_ptr<Splitter> bert_splitter() {
  std::vector<std::unique_ptr<Splitter>> steps;
  steps.push_back(white_space_splitter());
  steps.push_back(punctuation_splitter(SplitBehaviour::isolated));
  return splitter_sequence(std::move(steps));
}

}  // namespace loom

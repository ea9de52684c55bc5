#include "core/tokenizer/splitter.h"

#include "core/text/character_class.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

// One text, read forwards. Classes are looked up in a table held here: a call per character costs
// more than all the rest.
struct Scanner {
  std::string_view text;
  const uint8_t* classes = character_classes();
  struct Character {
    CharacterClass kind;
    uint32_t bytes;
  };
  Character at(size_t i) const {
    auto byte = [this](size_t k) { return static_cast<unsigned char>(text[k]); };
    const uint32_t first = byte(i);
    if (first < 0x80) return {static_cast<CharacterClass>(classes[first]), 1};
    // Texts are valid UTF-8; what is cut short at the end is left to the decoder that checks.
    if (first >= 0xE0 && first < 0xF0 && i + 2 < text.size()) {
      const uint32_t point =
          (first & 0xF) << 12 | (byte(i + 1) & 0x3Fu) << 6 | (byte(i + 2) & 0x3Fu);
      return {static_cast<CharacterClass>(classes[point]), 3};
    }
    CodePoint point = decode_utf8(text, i);
    return {static_cast<CharacterClass>(classes[point.value]), point.bytes};
  }
  CharacterClass kind(size_t i) const { return at(i).kind; }
  bool is(size_t i, CharacterClass wanted) const { return i < text.size() && kind(i) == wanted; }
  // Neither space nor letter nor number: what the patterns write as [^\s\p{L}\p{N}].
  static bool symbol(CharacterClass kind) {
    return kind == CharacterClass::other || kind == CharacterClass::mark;
  }
  bool symbol(size_t i) const { return i < text.size() && symbol(kind(i)); }
  template <typename Test>
  size_t while_kind(size_t i, Test test) const {
    while (i < text.size()) {
      const Character one = at(i);
      if (!test(one.kind)) break;
      i += one.bytes;
    }
    return i;
  }
  size_t while_is(size_t i, CharacterClass wanted) const {
    return while_kind(i, [wanted](CharacterClass kind) { return kind == wanted; });
  }
  size_t letters(size_t i) const { return while_is(i, CharacterClass::letter); }
  size_t numbers(size_t i) const { return while_is(i, CharacterClass::number); }
  size_t symbols(size_t i) const {
    return while_kind(i, [](CharacterClass kind) { return symbol(kind); });
  }
  size_t spaces(size_t i) const { return while_is(i, CharacterClass::space); }
  // \s+(?!\S)|\s+ : all spaces at the end of the text, else all but the last, else the one there
  // is. Numbers that were cut off before end the text too.
  size_t space_run(size_t i, bool numbers_apart = false) const {
    size_t end = spaces(i), last = i;
    if (end == text.size() || (numbers_apart && kind(end) == CharacterClass::number)) return end;
    for (size_t k = i; k < end; k += at(k).bytes) last = k;
    return last > i ? last : end;
  }
  // At an apostrophe: its bytes with what belongs to it.
  size_t contraction(size_t i, bool any_case) const {
    if (i + 1 >= text.size()) return 0;
    auto lower = [&](size_t k) {
      if (k >= text.size()) return '\0';
      char c = text[k];
      return any_case && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    };
    char a = lower(i + 1), b = lower(i + 2);
    if (a == 's' || a == 't' || a == 'm' || a == 'd') return 2;
    if ((a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l')) return 3;
    // Case folding in the reference's expressions lets U+017F stand for s.
    if (any_case && text.substr(i + 1, 2) == "\u017f") return 3;
    return 0;
  }
};

enum class Numbers { with_space, apart, digits_apart };

class Gpt2Splitter : public Splitter {
 public:
  explicit Gpt2Splitter(Numbers numbers) : numbers_(numbers) {}
  Numbers numbers() const { return numbers_; }
  void split(std::string_view text, const PieceSink& sink) const override {
    Scanner scan{text};
    for (size_t i = 0; i < text.size();) {
      size_t end = next(scan, i);
      sink(text.substr(i, end - i));
      i = end;
    }
  }

 private:
  size_t next(const Scanner& scan, size_t i) const {
    if (scan.text[i] == '\'')
      if (size_t bytes = scan.contraction(i, false)) return i + bytes;
    const bool apart = numbers_ != Numbers::with_space;
    const size_t word = scan.text[i] == ' ' ? i + 1 : i;
    if (word == scan.text.size()) return word;
    const auto [kind, bytes] = scan.at(word);
    if (kind == CharacterClass::letter) return scan.letters(word + bytes);
    if (kind == CharacterClass::number && (word == i || !apart))
      return numbers_ == Numbers::digits_apart ? word + bytes : scan.numbers(word + bytes);
    if (Scanner::symbol(kind)) return scan.symbols(word + bytes);
    return scan.space_run(i, apart);
  }
  Numbers numbers_;
};

class Llama3Splitter : public Splitter {
 public:
  explicit Llama3Splitter(int digits) : digits_(digits) {}
  void split(std::string_view text, const PieceSink& sink) const override {
    Scanner scan{text};
    for (size_t i = 0; i < text.size();) {
      size_t end = next(scan, i);
      sink(text.substr(i, end - i));
      i = end;
    }
  }

 private:
  static bool line_end(char c) { return c == '\r' || c == '\n'; }
  size_t next(const Scanner& scan, size_t i) const {
    std::string_view text = scan.text;
    if (text[i] == '\'')
      if (size_t bytes = scan.contraction(i, true)) return i + bytes;
    const auto [kind, bytes] = scan.at(i);
    const size_t after = i + bytes;
    if (kind == CharacterClass::letter) return scan.letters(after);
    if (kind != CharacterClass::number && !line_end(text[i]) &&
        scan.is(after, CharacterClass::letter))
      return scan.letters(after);
    if (kind == CharacterClass::number) {
      for (int n = 0; n < digits_ && scan.is(i, CharacterClass::number); ++n) i += scan.at(i).bytes;
      return i;
    }
    size_t word = text[i] == ' ' ? i + 1 : i;
    if (scan.symbol(word)) {
      size_t end = scan.symbols(word);
      while (end < text.size() && line_end(text[end])) ++end;
      return end;
    }
    // \s*[\r\n]+ reaches to the last line end of the run of spaces.
    size_t end = scan.spaces(i), last = std::string_view::npos;
    for (size_t k = i; k < end; ++k)
      if (line_end(text[k])) last = k;
    if (last != std::string_view::npos) return last + 1;
    return scan.space_run(i);
  }
  int digits_;
};

class DigitsSplitter : public Splitter {
 public:
  explicit DigitsSplitter(bool individual) : individual_(individual) {}
  Numbers numbers() const { return individual_ ? Numbers::digits_apart : Numbers::apart; }
  void split(std::string_view text, const PieceSink& sink) const override {
    Scanner scan{text};
    size_t begin = 0;
    for (size_t i = 0; i < text.size();) {
      // The reference asks char::is_numeric: the whole of \p{N}.
      if (!scan.is(i, CharacterClass::number)) {
        i += scan.at(i).bytes;
        continue;
      }
      if (i > begin) sink(text.substr(begin, i - begin));
      size_t end = individual_ ? i + scan.at(i).bytes : scan.numbers(i);
      sink(text.substr(i, end - i));
      i = begin = end;
    }
    if (begin < text.size()) sink(text.substr(begin));
  }

 private:
  bool individual_;
};

class SplitterSequence : public Splitter {
 public:
  explicit SplitterSequence(std::vector<std::unique_ptr<Splitter>> steps) {
    for (auto& step : steps) {
      // Digits and then GPT-2's words are one pass.
      const auto* digits =
          steps_.empty() ? nullptr : dynamic_cast<const DigitsSplitter*>(steps_.back().get());
      const auto* words = dynamic_cast<const Gpt2Splitter*>(step.get());
      if (digits && words && words->numbers() == Numbers::with_space) {
        steps_.back() = std::make_unique<Gpt2Splitter>(digits->numbers());
      } else {
        steps_.push_back(std::move(step));
      }
    }
  }
  void split(std::string_view text, const PieceSink& sink) const override { run(0, text, sink); }
  void split_start(std::string_view text, const PieceSink& sink) const override {
    run_start(0, text, sink);
  }

 private:
  void run(size_t step, std::string_view text, const PieceSink& sink) const {
    if (step == steps_.size()) return sink(text);
    if (step + 1 == steps_.size()) return steps_[step]->split(text, sink);
    steps_[step]->split(text, [&](std::string_view piece) { run(step + 1, piece, sink); });
  }
  // The first piece begins the input too, unless something before it was removed.
  void run_start(size_t step, std::string_view text, const PieceSink& sink) const {
    if (step == steps_.size()) return sink(text);
    bool first = true;
    steps_[step]->split_start(text, [&](std::string_view piece) {
      bool removed = piece.data() > text.data() && piece.data() < text.data() + text.size();
      bool starts = first && !removed;
      first = false;
      starts ? run_start(step + 1, piece, sink) : run(step + 1, piece, sink);
    });
  }
  std::vector<std::unique_ptr<Splitter>> steps_;
};

}  // namespace

std::unique_ptr<Splitter> gpt2_splitter() {
  return std::make_unique<Gpt2Splitter>(Numbers::with_space);
}
std::unique_ptr<Splitter> llama3_splitter(int digits) {
  return std::make_unique<Llama3Splitter>(digits);
}
std::unique_ptr<Splitter> digits_splitter(bool individual) {
  return std::make_unique<DigitsSplitter>(individual);
}
std::unique_ptr<Splitter> splitter_sequence(std::vector<std::unique_ptr<Splitter>> steps) {
  return std::make_unique<SplitterSequence>(std::move(steps));
}

Result<std::unique_ptr<Splitter>> splitter_for_pattern(const std::string& pattern,
                                                       SplitBehaviour behaviour, bool invert) {
  if (behaviour == SplitBehaviour::isolated && !invert) {
    if (pattern == kGpt2Pattern) return gpt2_splitter();
    if (pattern == kLlama3Pattern) return llama3_splitter(3);
    if (pattern == kQwen2Pattern) return llama3_splitter(1);
  }
  return regex_splitter(pattern, behaviour, invert);
}

}  // namespace loom

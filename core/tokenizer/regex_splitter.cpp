#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "core/tokenizer/splitter.h"

namespace loom {
namespace {

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeMatch {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};

struct Piece {
  size_t begin, end;
  bool matched;
};

class RegexSplitter : public Splitter {
 public:
  RegexSplitter(std::unique_ptr<pcre2_code, FreeCode> code, SplitBehaviour behaviour, bool invert)
      : code_(std::move(code)), behaviour_(behaviour), invert_(invert) {}

  void split(std::string_view text, const PieceSink& sink) const override {
    auto pieces = matches(text);
    auto emit = [&](size_t begin, size_t end) {
      if (end > begin) sink(text.substr(begin, end - begin));
    };
    for (size_t i = 0; i < pieces.size(); ++i) {
      const Piece& piece = pieces[i];
      switch (behaviour_) {
        case SplitBehaviour::removed:
          if (!piece.matched) emit(piece.begin, piece.end);
          break;
        case SplitBehaviour::isolated: emit(piece.begin, piece.end); break;
        case SplitBehaviour::merged_with_previous:
          if (piece.matched && i > 0 && !pieces[i - 1].matched) break;  // went with the one before
          emit(piece.begin, !piece.matched && i + 1 < pieces.size() && pieces[i + 1].matched ? pieces[i + 1].end : piece.end);
          break;
        case SplitBehaviour::merged_with_next: {
          bool joined = i > 0 && pieces[i - 1].matched && !piece.matched;
          if (piece.matched && i + 1 < pieces.size() && !pieces[i + 1].matched) break;
          emit(joined ? pieces[i - 1].begin : piece.begin, piece.end);
          break;
        }
        case SplitBehaviour::contiguous: {
          size_t last = i;
          while (last + 1 < pieces.size() && pieces[last + 1].matched == piece.matched) ++last;
          emit(piece.begin, pieces[last].end);
          i = last;
          break;
        }
      }
    }
  }

 private:
  std::vector<Piece> matches(std::string_view text) const {
    std::vector<Piece> pieces;
    std::unique_ptr<pcre2_match_data, FreeMatch> data(pcre2_match_data_create(4, nullptr));
    auto subject = reinterpret_cast<PCRE2_SPTR>(text.data());
    size_t done = 0, from = 0;
    while (from < text.size()) {
      int found = pcre2_match(code_.get(), subject, text.size(), from, PCRE2_NO_UTF_CHECK, data.get(), nullptr);
      if (found < 0) break;
      const PCRE2_SIZE* span = pcre2_get_ovector_pointer(data.get());
      if (span[1] == span[0]) {
        from = span[1] + 1;
        while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
        continue;
      }
      if (span[0] > done) pieces.push_back({done, span[0], invert_});
      pieces.push_back({span[0], span[1], !invert_});
      done = from = span[1];
    }
    if (done < text.size()) pieces.push_back({done, text.size(), invert_});
    return pieces;
  }

  std::unique_ptr<pcre2_code, FreeCode> code_;
  SplitBehaviour behaviour_;
  bool invert_;
};

}  // namespace

Result<std::unique_ptr<Splitter>> regex_splitter(const std::string& pattern, SplitBehaviour behaviour, bool invert) {
  int number = 0;
  PCRE2_SIZE offset = 0;
  std::unique_ptr<pcre2_code, FreeCode> code(
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), PCRE2_UTF | PCRE2_UCP, &number,
                    &offset, nullptr));
  if (!code) {
    PCRE2_UCHAR message[128];
    pcre2_get_error_message(number, message, sizeof message);
    return Error{ErrorKind::unsupported,
                 std::string("the split pattern cannot be read: ") + reinterpret_cast<const char*>(message),
                 "pre_tokenizer at character " + std::to_string(offset), ""};
  }
  pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
  return std::unique_ptr<Splitter>(std::make_unique<RegexSplitter>(std::move(code), behaviour, invert));
}

}  // namespace loom

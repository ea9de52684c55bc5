#include "core/tokenizer/pattern.h"
#include "core/tokenizer/split_behaviour.h"

namespace loom {
namespace {

class RegexSplitter : public Splitter {
 public:
  RegexSplitter(std::shared_ptr<const Pattern> pattern, SplitBehaviour behaviour, bool invert)
      : pattern_(std::move(pattern)), behaviour_(behaviour), invert_(invert) {}

  void split(std::string_view text, const PieceSink& sink) const override {
    std::vector<Stretch> stretches;
    size_t done = 0;
    pattern_->each_match(text, [&](size_t begin, size_t end) {
      if (begin > done) stretches.push_back({done, begin, invert_});
      stretches.push_back({begin, end, !invert_});
      done = end;
    });
    if (done < text.size()) stretches.push_back({done, text.size(), invert_});
    emit_stretches(text, stretches, behaviour_, sink);
  }

 private:
  std::shared_ptr<const Pattern> pattern_;
  SplitBehaviour behaviour_;
  bool invert_;
};

}  // namespace

Result<std::unique_ptr<Splitter>> regex_splitter(const std::string& pattern, SplitBehaviour behaviour, bool invert) {
  LOOM_TRY(auto compiled, Pattern::compile(pattern));
  return std::unique_ptr<Splitter>(std::make_unique<RegexSplitter>(std::move(compiled), behaviour, invert));
}

}  // namespace loom

// Splitters that also change the text: spaces become visible, a space is put in front, bytes become
// characters.
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/normaliser.h"
#include "core/tokenizer/splitter.h"

namespace loom {
namespace {

class MetaspaceSplitter : public Splitter {
 public:
  MetaspaceSplitter(std::string mark, PrefixSpace prefix, bool splits)
      : mark_(std::move(mark)), prefix_(prefix), splits_(splits) {}
  void split(std::string_view text, const PieceSink& sink) const override { run(text, prefix_ == PrefixSpace::always, sink); }
  void split_start(std::string_view text, const PieceSink& sink) const override {
    run(text, prefix_ != PrefixSpace::never, sink);
  }

 private:
  void run(std::string_view text, bool prefix, const PieceSink& sink) const {
    std::string changed = replace_all(text, " ", mark_);
    if (prefix && !changed.starts_with(mark_)) changed.insert(0, mark_);
    std::string_view rest = changed;
    for (size_t end; splits_ && !rest.empty(); rest.remove_prefix(end)) {
      end = std::min(rest.find(mark_, rest.starts_with(mark_) ? mark_.size() : 0), rest.size());
      sink(rest.substr(0, end));
    }
    if (!splits_ && !changed.empty()) sink(changed);
  }
  std::string mark_;
  PrefixSpace prefix_;
  bool splits_;
};

class PrefixSpaceSplitter : public Splitter {
 public:
  void split(std::string_view text, const PieceSink& sink) const override {
    if (text.starts_with(' ')) return sink(text);
    sink(" " + std::string(text));
  }
};

class ByteLevelSplitter : public Splitter {
 public:
  void split(std::string_view text, const PieceSink& sink) const override { sink(to_byte_level(text)); }
};

// Cuts before each mark that follows something else.
class WordStartSplitter : public Splitter {
 public:
  explicit WordStartSplitter(std::string mark) : mark_(std::move(mark)) {}
  void split(std::string_view text, const PieceSink& sink) const override {
    size_t begin = 0;
    for (size_t at = text.find(mark_); at != std::string_view::npos; at = text.find(mark_, at)) {
      if (at > begin) sink(text.substr(begin, at - begin));
      begin = at;
      while (text.substr(at, mark_.size()) == mark_) at += mark_.size();
    }
    if (begin < text.size()) sink(text.substr(begin));
  }

 private:
  std::string mark_;
};

}  // namespace

std::unique_ptr<Splitter> metaspace_splitter(std::string mark, PrefixSpace prefix, bool splits) {
  return std::make_unique<MetaspaceSplitter>(std::move(mark), prefix, splits);
}
std::unique_ptr<Splitter> prefix_space_splitter() { return std::make_unique<PrefixSpaceSplitter>(); }
std::unique_ptr<Splitter> byte_level_splitter() { return std::make_unique<ByteLevelSplitter>(); }
std::unique_ptr<Splitter> word_start_splitter(std::string mark) {
  return std::make_unique<WordStartSplitter>(std::move(mark));
}

}  // namespace loom

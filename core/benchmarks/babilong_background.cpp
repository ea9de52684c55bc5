#include "core/benchmarks/babilong_background.h"

#include <algorithm>
#include <functional>

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/text_source.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFewestTokens = 10;   // of a sentence, as the authors' sampler wants
constexpr size_t kBytesPerToken = 10;  // of the stretch that is cut out of a book
constexpr size_t kBooksWithout = 200;  // tried in a row, with nothing usable in them

class OwnSentences : public Background {
 public:
  explicit OwnSentences(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {
    auto is_short = [](const Piece& piece) { return piece.tokens < kFewestTokens; };
    if (std::any_of(pieces_.begin(), pieces_.end(), std::not_fn(is_short)))
      std::erase_if(pieces_, is_short);
  }
  Result<std::vector<Piece>> sentences(Random random, size_t tokens) const override {
    std::vector<size_t> order(pieces_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::vector<Piece> taken;
    for (size_t sum = 0; sum < tokens;) {
      random.shuffle(order);
      for (size_t i = 0; i < order.size() && sum < tokens; ++i) {
        taken.push_back(pieces_[order[i]]);
        sum += std::max(1u, taken.back().tokens);
      }
    }
    return taken;
  }
  bool official() const override { return false; }

 private:
  std::vector<Piece> pieces_;
};

class BackgroundBooks : public Background {
 public:
  BackgroundBooks(const Tokenizer& tokenizer, std::vector<fs::path> files)
      : meter_(tokenizer), files_(std::move(files)) {}

  Result<std::vector<Piece>> sentences(Random random, size_t tokens) const override {
    std::vector<Piece> taken;
    size_t sum = 0;
    for (size_t without = 0; sum < tokens && without < kBooksWithout; ++without) {
      const fs::path& file = files_[random.below(files_.size())];
      LOOM_TRY(const std::vector<std::string> texts, read_texts(file));
      const std::string& book = texts.at(0);
      if (book.empty()) continue;
      const std::string stretch = cut(book, random.below(book.size()), tokens * kBytesPerToken);
      const auto whole = split_sentences(stretch);
      // The first and the last are cut off somewhere.
      for (size_t i = 1; i + 1 < whole.size() && sum < tokens; ++i) {
        Piece piece = meter_.piece(" " + std::string(whole[i]));
        if (piece.tokens < kFewestTokens) continue;
        sum += piece.tokens;
        without = 0;
        taken.push_back(std::move(piece));
      }
    }
    if (sum < tokens)
      return Error{ErrorKind::corrupt, "the books hold too few sentences",
                   files_.front().parent_path().string(), "Put more text files there"};
    return taken;
  }
  bool official() const override { return true; }

 private:
  // Whole characters from about `begin` on.
  static std::string cut(const std::string& book, size_t begin, size_t bytes) {
    auto inside = [&](size_t at) { return at < book.size() && (book[at] & 0xC0) == 0x80; };
    while (inside(begin)) ++begin;
    size_t end = std::min(book.size(), begin + bytes);
    while (inside(end)) ++end;
    return book.substr(begin, end - begin);
  }

  const PieceMeter meter_;
  const std::vector<fs::path> files_;
};

}  // namespace

Result<std::unique_ptr<Background>> babilong_background(const TaskRequest& request,
                                                        std::stop_token stop) {
  const auto folder = find_benchmark_file(request, "babilong", {"pg19", "books"});
  if (folder) {
    LOOM_TRY(std::vector<fs::path> files, text_files(*folder));
    return std::unique_ptr<Background>(
        std::make_unique<BackgroundBooks>(*request.tokenizer, std::move(files)));
  }
  LOOM_TRY(std::vector<std::string> sentences, house_sentences());
  for (std::string& sentence : sentences) sentence.insert(0, " ");
  auto pieces = PieceMeter(*request.tokenizer).pieces(std::move(sentences), stop);
  return std::unique_ptr<Background>(std::make_unique<OwnSentences>(std::move(pieces)));
}

}  // namespace loom

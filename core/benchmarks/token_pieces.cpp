#include "core/benchmarks/token_pieces.h"

#include "core/base/for_each_index.h"

namespace loom {
namespace {

constexpr size_t kBlock = 64;

}  // namespace

PieceMeter::PieceMeter(const Tokenizer& tokenizer, std::string before)
    : tokenizer_(tokenizer),
      before_(std::move(before)),
      before_tokens_(tokenizer.encode(before_).size()) {}

uint32_t PieceMeter::tokens(const std::string& piece) const {
  return static_cast<uint32_t>(tokenizer_.encode(before_ + piece).size() - before_tokens_);
}

Piece PieceMeter::piece(std::string text) const {
  const uint32_t count = tokens(text);
  return {std::move(text), count};
}

std::vector<Piece> PieceMeter::pieces(std::vector<std::string> texts, std::stop_token stop) const {
  std::vector<Piece> pieces(texts.size());
  for_each_index((texts.size() + kBlock - 1) / kBlock, all_cores(), stop, [&](size_t block) {
    for (size_t i = block * kBlock; i < std::min((block + 1) * kBlock, texts.size()); ++i)
      pieces[i] = piece(std::move(texts[i]));
  });
  return pieces;
}

}  // namespace loom

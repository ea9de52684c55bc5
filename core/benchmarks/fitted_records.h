// Records of an exact token length: made by arithmetic, checked against the tokenizer.
#pragma once

#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/token_pieces.h"

namespace loom {

struct Draft {
  Record record;
  size_t tokens = 0;  // of the finished prompt, by arithmetic
};

// Makes one task's samples. make() is called from several threads; the same index and target give
// the same draft.
class SampleMaker {
 public:
  virtual ~SampleMaker() = default;
  // A prompt of at most `target` tokens, and as near as its units allow.
  virtual Result<Draft> make(size_t index, size_t target) const = 0;
};

// Tokens of a prompt without its document's pieces: wrapper, head, tail and answer prefix. One
// piece stands in for the document, because text at the seams may join into one token.
size_t frame_tokens(const TaskRequest& request, const std::string& head, const Piece& stand_in,
                    const std::string& tail, const std::string& answer_prefix);

// `budget` is the length without the answer's tokens. Some samples are always counted; when the
// arithmetic is wrong for one of them (it is for some tokenizers), every sample is counted and
// made again until it fits.
Result<std::vector<Record>> fitted_records(const TaskRequest& request, const SampleMaker& maker,
                                           size_t count, size_t budget, std::stop_token stop);

}  // namespace loom

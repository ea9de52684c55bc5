// What BABILong hides its facts in: sentences of the user's books, cut out at random places, or of
// our own essays.
#pragma once

#include <memory>

#include "core/base/random.h"
#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/token_pieces.h"

namespace loom {

class Background {
 public:
  virtual ~Background() = default;
  // One sample's sentences, each with a space in front, at least so many tokens of them.
  virtual Result<std::vector<Piece>> sentences(Random random, size_t tokens) const = 0;
  virtual bool official() const = 0;
};

// Books: text files in the folder pg19 (or books) of the benchmark's folder.
Result<std::unique_ptr<Background>> babilong_background(const TaskRequest& request,
                                                        std::stop_token stop);

}  // namespace loom

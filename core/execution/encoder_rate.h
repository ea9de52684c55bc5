// How fast this machine's processor encodes texts for BERTScore, and what that takes of a run.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>

#include "core/catalog/local_models.h"
#include "core/execution/machine_rate.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

// A text of n tokens takes token_s·n + pair_s·n² seconds.
struct EncoderRate {
  double token_s = 0, pair_s = 0, load_s = 0;
  bool measured = false;
};
// Measured once per encoder, kept in the cache folder.
Result<EncoderRate> encoder_rate(const std::filesystem::path& folder, bool measure_if_missing,
                                 std::stop_token stop);

struct EncoderForEstimate {
  LocalModel local;
  std::shared_ptr<const Tokenizer> tokenizer;
  EncoderRate rate;
};
Result<EncoderForEstimate> load_for_estimate(const std::filesystem::path& folder,
                                             bool measure_if_missing, std::stop_token stop);
// Of an engine with the encoder beside the tested model's, at the longest text it reads.
uint64_t encoder_bytes(const EncoderForEstimate& encoder);

struct EncodingCosts {
  size_t texts = 0, tokens = 0;
  double seconds = 0;
};
// Of answers that are so long and their references, one list for each answer.
EncodingCosts encoding_costs(const std::vector<std::vector<std::string>>& references,
                             double answer_tokens, const EncoderForEstimate& encoder);

}  // namespace loom

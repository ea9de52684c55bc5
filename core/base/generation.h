// What is asked of a model and what comes back: plain values that cross processes and threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

using TokenId = int32_t;

// How tokens are chosen. temperature 0 is greedy and ignores top-k, top-p and min-p. Samplers apply
// in the order repetition penalty, temperature, top-k, top-p, min-p. 0 switches top_k off, 1
// switches top_p off, 0 min_p.
struct DecodingSettings {
  double temperature = 0.0;
  int top_k = 0;
  double top_p = 1.0;
  double min_p = 0.0;
  uint64_t seed = 0;  // per request; the same seed and ids give the same answer
  // Above 1, logits of tokens that prompt or answer hold already are lowered. 0 and 1: as they are;
  // in a plan 0 leaves it to each benchmark.
  double repetition_penalty = 0.0;
};

struct GenerationRequest {
  uint64_t id = 0;           // chosen by the caller, unique within one generate() call
  std::vector<TokenId> ids;  // the whole prompt, special tokens included
  size_t context_end = 0;    // tokens that belong to the shared document; a cut point. 0: none
  int max_new_tokens = 0;
  std::vector<std::string> stop;  // the answer ends before the first of these strings
  bool ignore_eos = false;        // for measurements
  DecodingSettings decoding;
  std::vector<TokenId> end_tokens;  // end the answer as the model's own do
  bool ends_for_several = false;    // only of a model that has several end tokens of its own
  int min_new_tokens = 0;           // no end token is chosen before so many
};

enum class FinishReason { end_of_text, stop_string, token_limit, window_full };
const char* to_string(FinishReason reason);
Result<FinishReason> finish_reason_from(const std::string& name);

// Seconds, read after device synchronisation.
struct Timings {
  double tokenise_s = 0;
  double prefill_new_s = 0;     // running the model over tokens not seen before
  double prefill_reused_s = 0;  // finding and attaching cached prefixes
  double decode_s = 0;
};

struct GenerationResult {
  uint64_t id = 0;
  std::vector<TokenId> ids;  // generated tokens, without the end token
  std::string text;
  FinishReason finish_reason = FinishReason::token_limit;
  size_t tokens_prefilled = 0;  // prompt tokens computed for this request
  size_t tokens_reused = 0;     // prompt tokens taken from the prefix tree
  Timings timings;
  size_t peak_memory_bytes = 0;  // of the engine process or device, measured
  int attempt = 1;               // 2 when the engine had to be restarted
  bool remembered = false;       // taken from an earlier run, with what it took then
};

// Told by a server while generate() blocks; called on the calling thread, one at a time.
struct GenerationObserver {
  std::function<void(uint64_t id)> started = [](uint64_t) {};
  std::function<void(uint64_t id, size_t done, size_t total)> prefilled =
      [](uint64_t, size_t, size_t) {};
  std::function<void(uint64_t id, const std::string& piece)> token =
      [](uint64_t, const std::string&) {};
  std::function<void(uint64_t id, Result<GenerationResult> result)> finished =
      [](uint64_t, Result<GenerationResult>) {};
  // Anything worth telling a user: an engine restart, a step of the out-of-memory ladder.
  std::function<void(const std::string& notice)> notice = [](const std::string&) {};
};

}  // namespace loom

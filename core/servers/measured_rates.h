// What an engine measures of itself with a loaded model, for forecasts.
#pragma once

#include <cstddef>
#include <vector>

namespace loom {

struct PrefillStep {
  size_t depth = 0;   // tokens before those that are computed
  size_t tokens = 0;  // computed at once
  double seconds = 0;
  size_t resident_bytes = 0;  // peak meanwhile, keys and values of all of them left out
};

struct DecodeStep {
  size_t answers = 0;  // decoded together
  size_t depth = 0;    // tokens behind each; several answers share them
  double seconds = 0;  // of one step, which gives every answer its next token
};

struct MeasuredRates {
  std::vector<PrefillStep> prefill;
  std::vector<DecodeStep> decode;
  size_t state_bytes = 0;  // of recurrent layers: kept at every cut, as large at each
};

}  // namespace loom

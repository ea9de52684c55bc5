// What a GGUF file leaves out of a byte-level vocabulary's tokenizer.json and says by a name in
// tokenizer.ggml.pre: how texts are normalised and split, and how pieces are looked up.
#pragma once

#include "core/tokenizer/json_components.h"

namespace loom {

struct GgufPipeline {
  Normaliser normaliser;  // may be empty
  SplitterChoice splitters;
  bool ignore_merges = false;  // a piece that is a token stays whole
  bool adds_bos = false;       // where the file does not say
};

// `pre` as the file has it; `where` names the file in errors.
Result<GgufPipeline> gguf_pipeline(const std::string& pre, const std::string& where);

}  // namespace loom

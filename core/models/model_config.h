// A model's hyper-parameters, read alike from GGUF metadata and from config.json. Fields that would
// change the arithmetic and are not understood are refused.
#pragma once

#include <filesystem>

#include "core/base/generation.h"
#include "core/engine/rope.h"
#include "core/engine/weights.h"

namespace loom {

struct ModelConfig {
  std::string architecture;  // "llama"
  int64_t layers = 0, hidden = 0, heads = 0, kv_heads = 0, head_dim = 0, feed_forward = 0;
  int64_t vocabulary = 0, window_tokens = 0;
  double norm_epsilon = 1e-5;
  RopeSettings rope;
  bool tied_head = false, attention_bias = false, mlp_bias = false;
  bool gguf = false;  // GGUF names, and its order of rotary dimensions
  std::vector<TokenId> end_tokens;
};

struct OpenedModel {
  ModelConfig config;
  Weights weights;
  std::vector<std::filesystem::path> files;  // that hold weights
};

Result<OpenedModel> open_model(const std::filesystem::path& path);

}  // namespace loom

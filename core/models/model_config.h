// A decoder's hyper-parameters as a list of features, read alike from GGUF metadata and from
// config.json. An architecture is a choice of these features; one decoder runs them all.
#pragma once

#include <filesystem>

#include "core/base/generation.h"
#include "core/engine/rope.h"
#include "core/engine/weights.h"
#include "core/models/model_fields.h"
#include "core/models/weight_names.h"

namespace loom {

enum class NormKind { rms, layer };
enum class Activation { silu, gelu_tanh, relu_squared };

struct LayerPlan {
  int64_t window = 0;    // tokens a token sees; 0: all
  int64_t rotation = 0;  // which of ModelConfig::ropes; -1: none
  bool experts = false;  // a mixture of experts instead of one feed-forward block
};

enum class ExpertScore { softmax, sigmoid };

struct ExpertSettings {
  int64_t count = 0, per_token = 0, feed_forward = 0;
  bool normalise = true;  // the chosen experts' weights sum to one
  ExpertScore score = ExpertScore::softmax;
  int64_t groups = 1, groups_used = 1;  // a token's experts come from its best groups
  bool corrected = false;           // a learnt bias helps to choose, groups count by their best two
  double scale = 1;                 // of the routed experts' sum
  bool wide_router = false;         // inputs and weights of the choice are fp32 on every device
  int64_t shared_feed_forward = 0;  // of the block that every token goes through; 0: none
};

// Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434): keys and values of all heads come
// from one vector of `rank` numbers per token, and one key part of `rotary` numbers turns.
struct LatentAttention {
  int64_t query_rank = 0;  // 0: queries come from the hidden state directly
  int64_t rank = 0, plain = 0, rotary = 0, value = 0;
};

// Of encoders.
struct EncoderSettings {
  int64_t token_kinds = 0;     // token types that have an embedding
  int64_t first_position = 0;  // the first token's row among the positions
};

// Of recurrent layers; an architecture's file says which of these it has.
struct RecurrentSettings {
  int64_t inner = 0;      // channels inside a layer
  int64_t state = 0;      // numbers per channel, or keys per head
  int64_t taps = 0;       // tokens that a convolution sees
  int64_t groups = 1;     // of heads that share where they write and read
  int64_t step_rank = 0;  // of the projection to Mamba's steps
  int64_t decay_rank = 0, rate_rank = 0, value_rank = 0, gate_rank = 0;  // of RWKV-7's narrow matrices
  std::optional<double> decay_low;  // the smallest logarithm of GLA's decay
  bool output_gate = false;         // of GLA
  double head_epsilon = 0;  // of the norm over each head's output
  double step_low = 0, step_high = 0;  // bounds of Mamba 2's steps
  bool bias = false, convolution_bias = false;
  double selection_epsilon = 0;  // of norms of Mamba's step, input and output; 0: none
  int64_t halved_every = 0;  // layers, behind which an RWKV-6 file wants the hidden state halved
};

struct ModelConfig {
  std::string architecture;  // as the file spells it
  int64_t layers = 0, hidden = 0, heads = 0, kv_heads = 0, head_dim = 0, feed_forward = 0;
  int64_t vocabulary = 0, window_tokens = 0;
  NormKind norm = NormKind::rms;
  bool norm_bias = false, norm_adds_one = false;  // the stored weight plus one is meant
  bool wide_norms = false;  // weights near one keep their digits in fp32, whatever a device computes in
  double norm_epsilon = 1e-5;
  std::vector<RopeSettings> ropes;
  bool restarts_where_rope_changes = false;  // the reference drops its cache where LongRoPE goes over
  bool interleaved_rope = false;  // stored so that 2i turns with 2i + 1, not i with i + d/2
  std::vector<LayerPlan> plan;    // one per layer
  int64_t unused_layers = 0;      // stored behind the last one, for decoding several tokens at once
  bool parallel_block = false;    // attention and feed-forward read the same normed input
  bool gated = true;              // activation(gate) * up, not activation(up)
  Activation activation = Activation::silu;
  double attention_scale = 0, attention_soft_cap = 0, final_soft_cap = 0;
  double embedding_scale = 1, logit_scale = 1;
  ExpertSettings experts;
  EncoderSettings encoder;
  RecurrentSettings recurrent;
  std::optional<LatentAttention> latent;
  bool tied_head = false, attention_bias = false, output_bias = false, mlp_bias = false;
  bool gguf = false;
  WeightNames names;
  std::vector<TokenId> end_tokens;
  std::vector<std::string> notes;  // what a reader of the settings should know
};

struct OpenedModel {
  ModelConfig config;
  Weights weights;
  std::vector<std::filesystem::path> files;  // that decide what the model answers
};

Result<OpenedModel> open_model(const std::filesystem::path& path);

// Steps that architectures share. Errors stay in `fields`.
void read_sizes(ModelFields& fields, ModelConfig& config);
// The same without the heads' sizes, for models whose heads are described in another way.
void read_outer_sizes(ModelFields& fields, ModelConfig& config);
void check_sizes(ModelFields& fields, const ModelConfig& config);
// By how much YaRN sharpens attention where a window grows by `factor`.
double yarn_growth(double factor, double weight);
void read_rms_norm(ModelFields& fields, ModelConfig& config);
void read_tied_head(ModelFields& fields, ModelConfig& config, bool fallback);
// One rotation for all layers; `partial` is the share of a head that turns where no field says it.
void read_rope(ModelFields& fields, ModelConfig& config, double partial = 1);
// config.json's rotary object, of the newer name or of the older; two that differ are an error.
nlohmann::json rope_object(ModelFields& fields);
// What one of config.json's rotary objects says.
RopeSettings rope_from_object(ModelFields& fields, const nlohmann::json& object,
                              ModelConfig& config, double theta, double partial);
// Windows by "layer_types", or where it is missing by `every`: each such layer sees everything.
void read_local_layers(ModelFields& fields, ModelConfig& config, int64_t window, int64_t every);

}  // namespace loom

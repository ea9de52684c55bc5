// Hyper-parameters of RWKV-5 and RWKV-6.
#include "core/models/architectures.h"
#include "core/models/recurrent_model.h"

namespace loom {
namespace {

// The matrices behind a layer are stored divided by 2 for every time the state is halved before it.
void read_rwkv_gguf(ModelFields& fields, ModelConfig& config) {
  RecurrentSettings& sizes = config.recurrent;
  sizes.halved_every = fields.integer({"", "rescale_every_n_layers"}, 0);
  sizes.rate_rank = fields.integer({"", "time_mix_extra_dim"});
  sizes.decay_rank = fields.integer({"", "time_decay_extra_dim"});
  check_positive(fields, {{"time_mix_extra_dim", sizes.rate_rank},
                          {"time_decay_extra_dim", sizes.decay_rank}});
  fields.only({"", "token_shift_count"}, 2);
  ignore_attention_sizes(fields);
}

}  // namespace

void describe_rwkv5(ModelFields& fields, ModelConfig& config) {
  if (config.architecture == "rwkv5") refuse_gguf(fields);
  read_recurrent_sizes(fields, config);
  config.norm_bias = true;
  config.norm_epsilon = fields.number({"layer_norm_epsilon", "attention.layer_norm_epsilon"}, 1e-5);
  RecurrentSettings& sizes = config.recurrent;
  sizes.inner = fields.integer({"attention_hidden_size"}, config.hidden);
  config.head_dim = fields.integer({"head_size", "wkv.head_size"}, 64);
  config.feed_forward =
      fields.integer({"intermediate_size", "feed_forward_length"}, config.hidden * 7 / 2 / 32 * 32);
  check_positive(fields, {{"attention_hidden_size", sizes.inner},
                          {"head_size", config.head_dim},
                          {"intermediate_size", config.feed_forward}});
  if (config.head_dim > 0) config.heads = sizes.inner / config.head_dim;
  if (config.heads * config.head_dim != sizes.inner)
    fields.fail(ErrorKind::corrupt, "attention_hidden_size is not a multiple of head_size");
  // The reference divides what is normed by this number.
  double divisor = fields.number({"head_size_divisor"}, 8);
  sizes.head_epsilon = 1e-5 * divisor * divisor;
  fields.only({"model_version"}, config.architecture == "rwkv5" ? "5_2" : "6_0");
  // Halving now and then serves fp16 alone; heads follow from the sizes.
  for (const char* name : {"rescale_every", "num_attention_heads", "context_length"})
    fields.ignore({name});
  read_tied_head(fields, config, false);
  if (config.gguf) return read_rwkv_gguf(fields, config);
  config.names.embedding = "rwkv.embeddings";
  config.names.final_norm = "rwkv.ln_out";
  config.names.head = "head";
}

}  // namespace loom

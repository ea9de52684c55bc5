// Mistral 7B (Jiang et al. 2023, arXiv 2310.06825) and Nemo: Llama's layers behind a sliding window.
// GGUF files of it call themselves llama.
#include "core/models/architectures.h"

namespace loom {

void describe_mistral(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config);
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "silu");
  int64_t window = fields.integer({"sliding_window"}, 0);
  for (LayerPlan& layer : config.plan) layer.window = window;
}

}  // namespace loom

// A ModelConfig in words and numbers. Parts that an architecture does not have are null.
#include "core/models/all_models.h"
#include "core/models/describe_model.h"

namespace loom {
namespace {

using nlohmann::json;

const char* name_of(NormKind norm) {
  return norm == NormKind::rms ? "rms" : "layer";
}

const char* name_of(Activation activation) {
  switch (activation) {
    case Activation::silu:
      return "silu";
    case Activation::gelu_tanh:
      return "gelu_tanh";
    case Activation::relu_squared:
      return "relu_squared";
  }
  return "?";
}

// 0 stands for "none" in the settings.
json or_null(double value) {
  return value == 0 ? json() : json(value);
}
json or_null(int64_t value) {
  return value == 0 ? json() : json(value);
}

json scaling_json(const RopeSettings& rope) {
  if (rope.llama3)
    return {{"type", "llama3"},
            {"factor", rope.llama3->factor},
            {"low_frequency_factor", rope.llama3->low_frequency},
            {"high_frequency_factor", rope.llama3->high_frequency},
            {"original_window", rope.llama3->original_window}};
  if (rope.yarn)
    return {{"type", "yarn"},
            {"factor", rope.yarn->factor},
            {"original_window", rope.yarn->original_window},
            {"beta_fast", rope.yarn->beta_fast},
            {"beta_slow", rope.yarn->beta_slow},
            {"truncate", rope.yarn->truncate},
            {"score_weight", rope.yarn->score_weight}};
  if (rope.dynamic)
    return {{"type", "dynamic"},
            {"factor", rope.dynamic->factor},
            {"original_window", rope.dynamic->original_window}};
  if (rope.longrope)
    return {{"type", "longrope"},
            {"original_window", rope.longrope->original_window},
            {"short_divisors", rope.longrope->short_divisors},
            {"long_divisors", rope.longrope->long_divisors}};
  if (rope.linear_factor != 1) return {{"type", "linear"}, {"factor", rope.linear_factor}};
  return nullptr;
}

json ropes_json(const ModelConfig& config) {
  json ropes = json::array();
  for (const RopeSettings& rope : config.ropes)
    ropes.push_back({{"dimensions", rope.dimensions},
                     {"theta", rope.theta},
                     {"magnitude", rope.magnitude},
                     {"scaling", scaling_json(rope)}});
  return ropes;
}

json experts_json(const ModelConfig& config) {
  const ExpertSettings& experts = config.experts;
  if (experts.count == 0) return nullptr;
  return {{"count", experts.count},
          {"per_token", experts.per_token},
          {"feed_forward", experts.feed_forward},
          {"shared_feed_forward", or_null(experts.shared_feed_forward)},
          {"score", experts.score == ExpertScore::softmax ? "softmax" : "sigmoid"},
          {"normalise", experts.normalise},
          {"corrected", experts.corrected},
          {"groups", experts.groups},
          {"groups_used", experts.groups_used},
          {"scale", experts.scale},
          {"wide_router", experts.wide_router}};
}

json latent_json(const ModelConfig& config) {
  if (!config.latent) return nullptr;
  return {{"query_rank", or_null(config.latent->query_rank)},
          {"rank", config.latent->rank},
          {"plain", config.latent->plain},
          {"rotary", config.latent->rotary},
          {"value", config.latent->value}};
}

json recurrent_json(const RecurrentSettings& sizes) {
  return {{"inner", or_null(sizes.inner)},
          {"state", or_null(sizes.state)},
          {"taps", or_null(sizes.taps)},
          {"groups", sizes.groups},
          {"step_rank", or_null(sizes.step_rank)},
          {"decay_rank", or_null(sizes.decay_rank)},
          {"rate_rank", or_null(sizes.rate_rank)},
          {"value_rank", or_null(sizes.value_rank)},
          {"gate_rank", or_null(sizes.gate_rank)},
          {"decay_low", sizes.decay_low ? json(*sizes.decay_low) : json()},
          {"output_gate", sizes.output_gate},
          {"head_epsilon", or_null(sizes.head_epsilon)},
          {"step_low", sizes.step_low},
          {"step_high", sizes.step_high},
          {"bias", sizes.bias},
          {"convolution_bias", sizes.convolution_bias},
          {"selection_epsilon", or_null(sizes.selection_epsilon)},
          {"halved_every", or_null(sizes.halved_every)}};
}

// One entry per layer.
json layers_json(const ModelConfig& config) {
  json windows = json::array(), rotations = json::array(), experts = json::array();
  for (const LayerPlan& layer : config.plan) {
    windows.push_back(or_null(layer.window));
    rotations.push_back(layer.rotation < 0 ? json() : json(layer.rotation));
    experts.push_back(layer.experts);
  }
  return {{"window", windows}, {"rotation", rotations}, {"experts", experts}};
}

}  // namespace

json settings_json(const ModelConfig& config) {
  const ArchitectureEntry* entry = find_architecture(config.architecture);
  const bool recurrent = entry && entry->load, encoder = entry && entry->kind == ModelKind::encoder;
  json settings = {{"container", config.gguf ? "gguf" : "safetensors"},
                   {"layers", config.layers},
                   {"hidden", config.hidden},
                   {"heads", or_null(config.heads)},
                   {"kv_heads", or_null(config.kv_heads)},
                   {"head_dim", or_null(config.head_dim)},
                   {"feed_forward", or_null(config.feed_forward)},
                   {"vocabulary", config.vocabulary},
                   {"window_tokens", recurrent ? json() : json(config.window_tokens)},
                   {"end_tokens", config.end_tokens}};
  // Encoders and recurrent models have these by their kind.
  const bool layer_norm = encoder || (recurrent && std::string(entry->id).starts_with("rwkv"));
  settings.update({{"norm", layer_norm ? "layer" : name_of(config.norm)},
                   {"norm_bias", config.norm_bias},
                   {"norm_adds_one", config.norm_adds_one},
                   {"norm_epsilon", config.norm_epsilon},
                   {"norms_in_fp32", config.wide_norms},
                   {"norms_queries_and_keys", !config.names.q_norm.empty()},
                   {"norms_behind_blocks", !config.names.attention_post_norm.empty()},
                   {"activation", encoder     ? json("gelu")
                                  : recurrent ? json()
                                              : json(name_of(config.activation))},
                   {"gated", recurrent ? json() : json(config.gated && !encoder)},
                   {"parallel_block", config.parallel_block},
                   {"attention_bias", config.attention_bias},
                   {"output_bias", config.output_bias},
                   {"mlp_bias", config.mlp_bias},
                   {"tied_head", config.tied_head}});
  settings.update({{"attention_scale", or_null(config.attention_scale)},
                   {"attention_soft_cap", or_null(config.attention_soft_cap)},
                   {"final_soft_cap", or_null(config.final_soft_cap)},
                   {"embedding_scale", config.embedding_scale},
                   {"logit_scale", config.logit_scale},
                   {"rotations", ropes_json(config)},
                   {"interleaved_rotation", config.interleaved_rope},
                   {"restarts_where_rotation_changes", config.restarts_where_rope_changes},
                   {"unused_layers", config.unused_layers},
                   {"experts", experts_json(config)},
                   {"latent_attention", latent_json(config)},
                   {"recurrent", recurrent ? recurrent_json(config.recurrent) : json()},
                   {"encoder", nullptr},
                   {"by_layer", recurrent || encoder ? json() : layers_json(config)}});
  if (encoder)
    settings["encoder"] = {{"token_kinds", config.encoder.token_kinds},
                           {"first_position", config.encoder.first_position}};
  return settings;
}

}  // namespace loom

// The tensors of feed-forward parts, of experts and of what chooses among them.
#include "core/models/decoder_loader.h"

namespace loom {

Status DecoderLoader::gated_pair(const std::string& prefix, FeedForward& block) {
  int64_t hidden = config_.hidden, size = config_.feed_forward;
  if (names_.gate_up.empty()) {
    LOOM_TRY(block.gate, taker_.linear(prefix + names_.gate, size, hidden, config_.mlp_bias));
    LOOM_TRY(block.up, taker_.linear(prefix + names_.up, size, hidden, config_.mlp_bias));
    return {};
  }
  LOOM_TRY(const Linear fused, taker_.linear(prefix + names_.gate_up, 2 * size, hidden, false));
  block.gate = {fused.weight.narrow(0, 0, size), {}, fused.blocks};
  block.up = {fused.weight.narrow(0, size, size), {}, fused.blocks};
  return {};
}

Status DecoderLoader::feed_forward(const std::string& prefix, FeedForward& block) {
  if (config_.gated) {
    LOOM_CHECK(gated_pair(prefix, block));
  } else {
    LOOM_TRY(block.up, taker_.linear(prefix + names_.up, config_.feed_forward, config_.hidden,
                                     config_.mlp_bias));
  }
  LOOM_TRY(block.down, taker_.linear(prefix + names_.down, config_.hidden, config_.feed_forward,
                                     config_.mlp_bias));
  return {};
}

Status DecoderLoader::shared_expert(const std::string& prefix, FeedForward& block) {
  int64_t size = config_.experts.shared_feed_forward;
  LOOM_TRY(block.gate, taker_.linear(prefix + names_.shared_gate, size, config_.hidden, false));
  LOOM_TRY(block.up, taker_.linear(prefix + names_.shared_up, size, config_.hidden, false));
  LOOM_TRY(block.down, taker_.linear(prefix + names_.shared_down, config_.hidden, size, false));
  return {};
}

Result<std::vector<Linear>> DecoderLoader::expert_parts(const std::string& name, int64_t out,
                                                        int64_t in) {
  std::vector<Linear> parts;
  size_t place = name.find('#');
  if (place == std::string::npos) {
    LOOM_TRY(const StoredWeights all,
             taker_.as_stored(name + ".weight", {config_.experts.count, out, in}));
    for (int64_t e = 0; e < config_.experts.count; ++e)
      parts.push_back({all.data[e], {}, all.blocks});
    return parts;
  }
  for (int64_t e = 0; e < config_.experts.count; ++e) {
    std::string one = name;
    LOOM_TRY(const Linear part,
             taker_.linear(one.replace(place, 1, std::to_string(e)), out, in, false));
    parts.push_back(part);
  }
  return parts;
}

Status DecoderLoader::experts(const std::string& prefix, DecoderLayer& layer) {
  int64_t hidden = config_.hidden, size = config_.experts.feed_forward;
  if (config_.experts.wide_router && !device_.device.is_cpu()) {
    LOOM_TRY(layer.router.weight, taker_.numbers(prefix + names_.router + ".weight", {config_.experts.count, hidden}));
  } else {
    LOOM_TRY(layer.router, taker_.linear(prefix + names_.router, config_.experts.count, hidden, false));
  }
  if (config_.experts.corrected) {
    LOOM_TRY(layer.router_bias,
             weights_.take_fp32(prefix + names_.router_bias, {config_.experts.count}));
  }
  if (config_.experts.shared_feed_forward > 0)
    LOOM_CHECK(shared_expert(prefix, layer.shared.emplace()));
  LOOM_TRY(const auto gates, expert_parts(prefix + names_.expert_gate, size, hidden));
  LOOM_TRY(const auto ups, expert_parts(prefix + names_.expert_up, size, hidden));
  LOOM_TRY(const auto downs, expert_parts(prefix + names_.expert_down, hidden, size));
  for (size_t e = 0; e < gates.size(); ++e) layer.experts.push_back({gates[e], ups[e], downs[e]});
  return {};
}

}  // namespace loom

#include "core/models/decoder.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <array>
#include <functional>

#include "core/engine/operations.h"
#include "core/models/feed_forward.h"
#include "core/models/latent_attention.h"

namespace loom {

struct Decoder::Step {
  std::vector<RopeTable> tables;  // one per rotation
  bool decode;
  // Stores k and v [rows, kv_heads, d] of a layer and gives the attention of q [rows, heads, d].
  std::function<at::Tensor(int64_t layer, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                           const AttentionSettings&)>
      attend;
};

Decoder::Decoder(ModelConfig config, DecoderWeights weights, ComputeDevice device)
    : config_(std::move(config)), weights_(std::move(weights)), device_(std::move(device)) {
  shape_.architecture = config_.architecture;
  shape_.vocabulary = config_.vocabulary;
  shape_.hidden = config_.hidden;
  shape_.window_tokens = config_.window_tokens;
  shape_.kv = {config_.layers, config_.kv_heads, config_.head_dim};
  if (config_.latent) shape_.kv = {config_.layers, 1, config_.latent->rank + config_.latent->rotary, {}, true};
  shape_.kv.devices = weights_.devices;
  shape_.weight_bytes = weights_.bytes;
}

at::Tensor Decoder::embed(std::span<const TokenId> ids) const {
  std::vector<int64_t> wide(ids.begin(), ids.end());
  at::Tensor index = at::tensor(wide, at::kLong).to(device_.device);
  at::Tensor x = rows_of(weights_.embedding.weight, index, weights_.embedding.blocks);
  return config_.embedding_scale == 1 ? x : x * config_.embedding_scale;
}

at::Tensor Decoder::norm(const at::Tensor& x, const Norm& norm) const {
  if (!norm.weight.defined()) return x;
  return config_.norm == NormKind::rms ? rms_norm(x, norm.weight, config_.norm_epsilon)
                                       : layer_norm(x, norm.weight, norm.bias, config_.norm_epsilon);
}

// A table row belongs to one row of the batch: lengths differ among the sequences of a decode step.
std::vector<RopeTable> Decoder::tables(const std::vector<int64_t>& positions, const std::vector<int64_t>& lengths) const {
  std::vector<RopeTable> result;
  for (const RopeSettings& rope : config_.ropes) {
    std::vector<at::Tensor> cosines, sines;
    for (size_t begin = 0, end; begin < positions.size(); begin = end) {
      int64_t kind = rope_variant(rope, lengths[begin]);
      for (end = begin + 1; end < positions.size() && rope_variant(rope, lengths[end]) == kind;) ++end;
      std::vector<int64_t> part(positions.begin() + static_cast<long>(begin), positions.begin() + static_cast<long>(end));
      RopeTable table = rope_table(rope_frequencies(rope, lengths[begin]), part, rope.magnitude);
      cosines.push_back(table.cosine);
      sines.push_back(table.sine);
    }
    result.push_back({at::cat(cosines).to(device_.device), at::cat(sines).to(device_.device)});
  }
  return result;
}

at::Tensor Decoder::attention(const at::Tensor& h, int64_t index, const Step& step) const {
  const DecoderLayer& layer = weights_.layers[static_cast<size_t>(index)];
  const LayerPlan& plan = config_.plan[static_cast<size_t>(index)];
  AttentionSettings settings{config_.attention_scale, config_.attention_soft_cap, plan.window};
  if (layer.latent) {
    auto attend = [&](const at::Tensor& q, const at::Tensor& keys) { return step.attend(index, q, keys, keys, settings); };
    at::Tensor values = latent_attention(h, *layer.latent, config_, step.tables[0], step.decode, attend);
    return layer.o(values, step.decode);
  }
  const auto projected = linear_each(h, std::array<Factor, 3>{layer.q, layer.k, layer.v}, step.decode);
  auto by_head = [&](size_t which, int64_t heads) {
    return projected[which].reshape({h.size(0), heads, config_.head_dim});
  };
  at::Tensor q = norm(by_head(0, config_.heads), layer.q_norm);
  at::Tensor k = norm(by_head(1, config_.kv_heads), layer.k_norm);
  at::Tensor v = by_head(2, config_.kv_heads);
  if (plan.rotation >= 0) {
    const RopeTable& table = step.tables[static_cast<size_t>(plan.rotation)];
    apply_rope(q, table);
    apply_rope(k, table);
  }
  at::Tensor attended = step.attend(index, q, k, v, settings).reshape({h.size(0), config_.heads * config_.head_dim});
  return norm(layer.o(attended, step.decode), layer.attention_post_norm);
}

at::Tensor Decoder::block(const at::Tensor& h, int64_t index, const Step& step) const {
  const DecoderLayer& layer = weights_.layers[static_cast<size_t>(index)];
  at::Tensor y = layer.experts.empty() ? feed_forward(h, layer.feed_forward, config_, step.decode)
                                       : mixed_feed_forward(h, layer, config_, step.decode);
  return norm(y, layer.feed_forward_post_norm);
}

at::Tensor Decoder::run(std::span<const TokenId> ids, const Step& step) const {
  at::Tensor x = embed(ids);
  for (int64_t i = 0; i < config_.layers; ++i) {
    const DecoderLayer& layer = weights_.layers[static_cast<size_t>(i)];
    x = x.to(shape_.kv.device_of(i, device_.device));
    at::Tensor h = norm(x, layer.attention_norm);
    at::Tensor attended = attention(h, i, step);
    if (config_.parallel_block) {
      x = x + attended + block(h, i, step);
    } else {
      x = x + attended;
      x = x + block(norm(x, layer.feed_forward_norm), i, step);
    }
  }
  return norm(x, weights_.final_norm);
}

at::Tensor Decoder::prefill(std::span<const TokenId> ids, KvSequence& sequence) const {
  std::vector<int64_t> positions(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) positions[i] = sequence.next_position() + static_cast<int64_t>(i);
  sequence.reserve(static_cast<int64_t>(ids.size()));
  int64_t length = std::max(sequence.prompt_tokens(), sequence.next_position());
  Step step{tables(positions, std::vector<int64_t>(ids.size(), length)), false, {}};
  step.attend = [&sequence](int64_t layer, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                            const AttentionSettings& settings) {
    sequence.write(layer, k, v);
    return attend_chunk(q, sequence, layer, settings);
  };
  return run(ids, step);
}

at::Tensor Decoder::decode(std::span<const TokenId> ids, std::span<KvSequence* const> sequences) const {
  if (device_.device.is_cpu()) return decode_rows(ids, sequences, ids.size());
  // Always the same number of rows, so that a row's bits do not depend on how many there are.
  constexpr auto kRows = static_cast<size_t>(kDecodeRows);
  std::vector<at::Tensor> blocks;
  for (size_t begin = 0; begin < ids.size(); begin += kRows) {
    size_t taken = std::min(kRows, ids.size() - begin);
    blocks.push_back(decode_rows(ids.subspan(begin, taken), sequences.subspan(begin, taken), kRows));
  }
  return blocks.size() == 1 ? blocks[0] : at::cat(blocks);
}

// `rows` rows are computed; those beyond the sequences repeat the first and attend to nothing.
at::Tensor Decoder::decode_rows(std::span<const TokenId> ids, std::span<KvSequence* const> sequences, size_t rows) const {
  std::vector<int64_t> positions, lengths;
  for (KvSequence* sequence : sequences) {
    positions.push_back(sequence->next_position());
    sequence->reserve(1);
    lengths.push_back(sequence->next_position());
  }
  std::vector<TokenId> filled(ids.begin(), ids.end());
  auto given = static_cast<int64_t>(ids.size()), idle = static_cast<int64_t>(rows) - given;
  filled.resize(rows, ids[0]);
  positions.resize(rows, positions[0]);
  lengths.resize(rows, lengths[0]);
  Step step{tables(positions, lengths), true, {}};
  step.attend = [&](int64_t layer, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                    const AttentionSettings& settings) {
    for (size_t r = 0; r < sequences.size(); ++r) {
      auto row = static_cast<int64_t>(r);
      sequences[r]->write(layer, k.narrow(0, row, 1), v.narrow(0, row, 1));
    }
    if (idle == 0) return attend_step(q, sequences, layer, settings);
    at::Tensor attended = attend_step(q.narrow(0, 0, given), sequences, layer, settings);
    return at::cat({attended, at::zeros({idle, attended.size(1), attended.size(2)}, attended.options())});
  };
  return run(filled, step).narrow(0, 0, given);
}

at::Tensor Decoder::logits(const at::Tensor& hidden) const {
  at::Tensor values = linear_fp32(hidden, weights_.head.weight, hidden.size(0) <= 64, weights_.head.blocks);
  if (config_.logit_scale != 1) values = values * config_.logit_scale;
  return config_.final_soft_cap > 0 ? soft_cap(values, config_.final_soft_cap) : values;
}

int64_t Decoder::variant(int64_t prompt_tokens) const { return rope_variant(config_.ropes[0], prompt_tokens); }

// For Phi-3 the reference drops its cache where LongRoPE goes over to the long divisors. Elsewhere it
// keeps the keys that it has, as it does where a dynamic base grows with every token.
bool Decoder::restarts_at(int64_t tokens) const {
  return config_.restarts_where_rope_changes && std::any_of(config_.ropes.begin(), config_.ropes.end(), [tokens](const RopeSettings& rope) {
    return rope.longrope && tokens == rope.longrope->original_window + 1;
  });
}

Result<std::unique_ptr<CausalModel>> load_decoder(OpenedModel& model, const ComputeDevice& device) {
  LOOM_TRY(DecoderWeights weights, load_decoder_weights(model.weights, model.config, device));
  return std::unique_ptr<CausalModel>(std::make_unique<Decoder>(model.config, std::move(weights), device));
}

}  // namespace loom

#include "core/engine/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/Parallel.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/stack.h>

#include <cmath>
#include <map>

#include "core/engine/attention_mask.h"
#include "core/engine/device_attention.h"
#include "core/engine/kernels.h"
#include "core/engine/operations.h"

namespace loom {
namespace {

// Scores in one matrix, for what the fused kernels cannot express: bent scores.
at::Tensor plain_attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
                           const AttentionSettings& settings) {
  int64_t tokens = q.size(0), heads = q.size(1), d = q.size(2), kv_heads = k.size(0), group = heads / kv_heads;
  at::Tensor rows = q.transpose(0, 1).reshape({kv_heads, group * tokens, d});
  std::vector<at::Tensor> parts;
  for (int64_t h = 0; h < kv_heads; ++h) {
    at::Tensor scores = at::matmul(rows[h], k[h].transpose(0, 1)) * settings.scale;
    scores = soft_cap(scores, settings.soft_cap).reshape({group, tokens, k.size(1)}) + mask;
    parts.push_back(at::matmul(at::softmax(scores, -1), v[h]));
  }
  return at::stack(parts).reshape({heads, tokens, d}).transpose(0, 1).contiguous();
}

struct Partial {
  at::Tensor out, log_sum;
};

Partial flash(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal, double scale) {
  auto [out, log_sum] = at::_scaled_dot_product_flash_attention_for_cpu(q, k, v, 0.0, causal, std::nullopt, scale);
  return {out, log_sum};
}

// Only what the window holds is read; every row sees itself, so no row is empty.
at::Tensor masked_chunk_on_cpu(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                               const AttentionSettings& settings) {
  int64_t tokens = q.size(0), heads = q.size(1), d = q.size(2), kv_heads = sequence.shape().kv_heads;
  int64_t group = heads / kv_heads, total = sequence.stored(), first = first_seen(total, tokens, settings);
  at::Tensor k = sequence.range(layer, true, first, total), v = sequence.range(layer, false, first, total);
  at::Tensor mask = added_mask(first, total, tokens, settings, q.device());
  if (settings.soft_cap > 0) return plain_attention(q, k, v, mask, settings);
  at::Tensor rows = q.transpose(0, 1).reshape({1, kv_heads, group * tokens, d});
  at::Tensor out = std::get<0>(at::_scaled_dot_product_flash_attention_for_cpu(
      rows, k.unsqueeze(0), v.unsqueeze(0), 0.0, false, mask.repeat({group, 1}), settings.scale));
  return out.reshape({heads, tokens, d}).transpose(0, 1).contiguous();
}

at::Tensor chunk_on_cpu(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                        const AttentionSettings& settings) {
  if (settings.soft_cap > 0 || (settings.window > 0 && sequence.stored() > settings.window))
    return masked_chunk_on_cpu(q, sequence, layer, settings);
  double scale = settings.scale;
  int64_t tokens = q.size(0), heads = q.size(1), d = q.size(2), kv_heads = sequence.shape().kv_heads;
  int64_t group = heads / kv_heads, before = sequence.stored() - tokens;
  const KvPage& page = *sequence.pages().back();
  int64_t at = before % kPageTokens;
  auto index = static_cast<size_t>(layer);
  at::Tensor queries = q.transpose(0, 1).contiguous();  // [heads, tokens, d]
  auto widened = [&](const at::Tensor& kv) {
    return kv.narrow(1, at, tokens).unsqueeze(1).expand({kv_heads, group, tokens, d}).reshape({1, heads, tokens, d});
  };
  Partial own = flash(queries.unsqueeze(0), widened(page.keys[index]), widened(page.values[index]), true, scale);
  if (before == 0) return own.out.squeeze(0).transpose(0, 1).contiguous();
  // The prefix needs no mask, so a group's heads become more rows of one key head: keys and values
  // are not repeated.
  at::Tensor rows = queries.reshape({1, kv_heads, group * tokens, d});
  Partial past = flash(rows, sequence.range(layer, true, 0, before).unsqueeze(0),
                       sequence.range(layer, false, 0, before).unsqueeze(0), false, scale);
  at::Tensor past_out = past.out.reshape({1, heads, tokens, d});
  at::Tensor past_sum = past.log_sum.reshape({1, heads, tokens}), own_sum = own.log_sum.reshape({1, heads, tokens});
  at::Tensor most = at::maximum(past_sum, own_sum);
  at::Tensor past_weight = at::exp(past_sum - most), own_weight = at::exp(own_sum - most);
  at::Tensor total = past_weight + own_weight;
  at::Tensor merged = past_out * (past_weight / total).unsqueeze(-1) + own.out * (own_weight / total).unsqueeze(-1);
  return merged.squeeze(0).transpose(0, 1).contiguous();
}

// A page and the rows that read it.
struct PageWork {
  const KvPage* page;
  int64_t first, tokens;  // the part of the page that is read
  std::vector<int64_t> rows;
  std::vector<size_t> slots;  // where each row's partial result goes
};

std::vector<PageWork> shared_pages(std::span<KvSequence* const> sequences, const AttentionSettings& settings,
                                   std::vector<size_t>& first_slot) {
  std::vector<PageWork> work;
  std::map<std::tuple<const KvPage*, int64_t, int64_t>, size_t> known;
  size_t slot = 0;
  for (size_t r = 0; r < sequences.size(); ++r) {
    first_slot.push_back(slot);
    int64_t begin = first_seen(sequences[r]->stored(), 1, settings);
    for (auto p = static_cast<size_t>(begin / kPageTokens); p < sequences[r]->pages().size(); ++p, ++slot) {
      const KvPage* page = sequences[r]->pages()[p].get();
      int64_t first = std::max<int64_t>(0, begin - static_cast<int64_t>(p) * kPageTokens);
      int64_t tokens = sequences[r]->tokens_in(p) - first;
      auto [found, added] = known.emplace(std::tuple(page, first, tokens), work.size());
      if (added) work.push_back({page, first, tokens, {}, {}});
      work[found->second].rows.push_back(static_cast<int64_t>(r));
      work[found->second].slots.push_back(slot);
    }
  }
  first_slot.push_back(slot);
  return work;
}

at::Tensor step_on_cpu(const at::Tensor& q, std::span<KvSequence* const> sequences, int64_t layer,
                       const AttentionSettings& settings) {
  int64_t rows = q.size(0), heads = q.size(1), d = q.size(2), kv_heads = sequences[0]->shape().kv_heads;
  int64_t group = heads / kv_heads;
  std::vector<size_t> first_slot;
  auto work = shared_pages(sequences, settings, first_slot);
  auto slots = static_cast<int64_t>(first_slot.back());
  std::vector<float> partial_out(static_cast<size_t>(slots * heads * d));
  std::vector<kernels::PartialAttention> partial(static_cast<size_t>(slots * heads));
  const float* queries = q.const_data_ptr<float>();
  auto index = static_cast<size_t>(layer);
  at::parallel_for(0, static_cast<int64_t>(work.size()) * kv_heads, 1, [&](int64_t begin, int64_t end) {
    std::vector<float> scratch(4 * kPageTokens);
    for (int64_t item = begin; item < end; ++item) {
      const PageWork& page = work[static_cast<size_t>(item / kv_heads)];
      int64_t kv = item % kv_heads, offset = (kv * kPageTokens + page.first) * d;
      const float* keys = page.page->keys[index].const_data_ptr<float>() + offset;
      const float* values = page.page->values[index].const_data_ptr<float>() + offset;
      for (size_t i = 0; i < page.rows.size(); ++i) {
        size_t place = page.slots[i] * static_cast<size_t>(heads) + static_cast<size_t>(kv * group);
        kernels::table().attend(queries + (page.rows[i] * heads + kv * group) * d, group, keys, values, page.tokens,
                                d, static_cast<float>(settings.scale), static_cast<float>(settings.soft_cap), partial_out.data() + place * static_cast<size_t>(d),
                                partial.data() + place, scratch.data());
      }
    }
  });
  at::Tensor result = at::empty({rows, heads, d}, at::kFloat);
  float* out = result.mutable_data_ptr<float>();
  at::parallel_for(0, rows * heads, 8, [&](int64_t begin, int64_t end) {
    for (int64_t item = begin; item < end; ++item) {
      auto row = static_cast<size_t>(item / heads), head = static_cast<size_t>(item % heads);
      float maximum = -INFINITY, total = 0;
      for (size_t s = first_slot[row]; s < first_slot[row + 1]; ++s)
        maximum = std::max(maximum, partial[s * static_cast<size_t>(heads) + head].maximum);
      float* target = out + item * d;
      std::fill(target, target + d, 0.0f);
      for (size_t s = first_slot[row]; s < first_slot[row + 1]; ++s) {
        size_t place = s * static_cast<size_t>(heads) + head;
        float weight = std::exp(partial[place].maximum - maximum);
        total += weight * partial[place].sum;
        const float* part = partial_out.data() + place * static_cast<size_t>(d);
        for (int64_t c = 0; c < d; ++c) target[c] += weight * part[c];
      }
      for (int64_t c = 0; c < d; ++c) target[c] /= total;
    }
  });
  return result;
}

}  // namespace

at::Tensor attend_chunk(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                        const AttentionSettings& settings) {
  return q.is_cpu() ? chunk_on_cpu(q, sequence, layer, settings) : chunk_on_device(q, sequence, layer, settings);
}

at::Tensor attend_step(const at::Tensor& q, std::span<KvSequence* const> sequences, int64_t layer,
                        const AttentionSettings& settings) {
  if (q.is_cpu()) return step_on_cpu(q.contiguous(), sequences, layer, settings);
  return step_on_device(q, sequences, layer, settings);
}

}  // namespace loom

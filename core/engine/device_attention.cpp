#include "core/engine/device_attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_flash_attention_forward.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/logsumexp.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/stack.h>

#include <algorithm>
#include <map>

#include "core/engine/attention_mask.h"
#include "core/engine/operations.h"

namespace loom {
namespace {

// Attention over a part of the positions: out [rows, heads, d] is complete up to the weight of the
// part, whose logarithm is log_sum [rows, heads].
struct Partial {
  at::Tensor out, log_sum;
};

bool fused(const at::Tensor& q, const AttentionSettings& settings) {
  return q.is_cuda() && q.scalar_type() != at::kFloat && settings.soft_cap == 0 && q.size(2) % 8 == 0 && q.size(2) <= 256;
}

// FlashAttention-2 (Dao 2023, arXiv 2307.08691) through ATen. Its causal mask and its window are
// aligned bottom right, unlike is_causal of scaled_dot_product_attention. q [rows, heads, d],
// k and v [kv_heads, positions, d]; query heads may be a multiple of key heads.
Partial flash(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal, int64_t window, double scale) {
  std::optional<int64_t> left, right;
  if (window > 0) left = window - 1, right = 0;
  auto result = at::_flash_attention_forward(q.unsqueeze(0), k.transpose(0, 1).unsqueeze(0), v.transpose(0, 1).unsqueeze(0),
                                             std::nullopt, std::nullopt, q.size(0), k.size(1), 0.0, causal, false, scale,
                                             left, right);
  return {std::get<0>(result).squeeze(0), std::get<1>(result).squeeze(0).transpose(0, 1)};
}

// [rows, heads, d] → [kv_heads, rows * group, d] and back: a group's heads as more rows of one key head.
at::Tensor folded(const at::Tensor& q, int64_t kv_heads) {
  int64_t rows = q.size(0), group = q.size(1) / kv_heads;
  return q.reshape({rows, kv_heads, group, q.size(2)}).permute({1, 0, 2, 3}).reshape({kv_heads, rows * group, q.size(2)});
}
at::Tensor unfolded(const at::Tensor& x, int64_t rows) {
  int64_t kv_heads = x.size(0), group = x.size(1) / rows, d = x.size(2);
  return x.reshape({kv_heads, rows, group, d}).permute({1, 0, 2, 3}).reshape({rows, kv_heads * group, d});
}

// Scores of so many rows of one key head are held at once, in fp32: 2 GB at 131,072 positions, where
// those of a whole chunk behind a single latent key head would take 250 GB.
constexpr int64_t kScoreRows = 4096;

// The same by matrix products in fp32, one key head after the other and some rows after the others.
// A chunk's length alone says how its rows are cut. `mask` [rows, positions] is added, undefined for
// none.
Partial plain(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask,
              const AttentionSettings& settings) {
  int64_t rows = q.size(0), kv_heads = k.size(0), group = q.size(1) / kv_heads;
  at::Tensor queries = folded(q, kv_heads);
  const int64_t together = std::max<int64_t>(1, kScoreRows / group);
  std::vector<at::Tensor> outs, sums;
  for (int64_t h = 0; h < kv_heads; ++h) {
    at::Tensor keys = k[h].to(at::kFloat).transpose(0, 1), values = v[h].to(at::kFloat);
    std::vector<at::Tensor> out, sum;
    for (int64_t first = 0; first < rows; first += together) {
      int64_t count = std::min(together, rows - first);
      at::Tensor some = queries[h].narrow(0, first * group, count * group).to(at::kFloat);
      at::Tensor scores = at::matmul(some, keys) * settings.scale;
      if (settings.soft_cap > 0) scores = soft_cap(scores, settings.soft_cap);
      if (mask.defined())
        scores = (scores.reshape({count, group, k.size(1)}) + mask.narrow(0, first, count).unsqueeze(1)).reshape(scores.sizes());
      sum.push_back(at::logsumexp(scores, -1).unsqueeze(1));
      out.push_back(at::matmul(at::softmax(scores, -1), values));
    }
    sums.push_back(at::cat(sum));
    outs.push_back(at::cat(out));
  }
  return {unfolded(at::stack(outs), rows).to(q.scalar_type()), unfolded(at::stack(sums), rows).squeeze(2)};
}

// Every row sees every position of the range [begin, end).
Partial see_all(const at::Tensor& q, const KvSequence& sequence, int64_t layer, int64_t begin, int64_t end,
                const AttentionSettings& settings) {
  at::Tensor k = sequence.range(layer, true, begin, end), v = sequence.range(layer, false, begin, end);
  if (!fused(q, settings)) return plain(q, k, v, {}, settings);
  int64_t rows = q.size(0), kv_heads = k.size(0);
  Partial part = flash(folded(q, kv_heads).transpose(0, 1), k, v, false, 0, settings.scale);
  return {unfolded(part.out.transpose(0, 1), rows), unfolded(part.log_sum.transpose(0, 1).unsqueeze(2), rows).squeeze(2)};
}

at::Tensor merged(const Partial& a, const Partial& b) {
  at::Tensor most = at::maximum(a.log_sum, b.log_sum);
  at::Tensor first = at::exp(a.log_sum - most), second = at::exp(b.log_sum - most), total = first + second;
  at::Tensor out = a.out * (first / total).unsqueeze(2) + b.out * (second / total).unsqueeze(2);
  return out.to(a.out.scalar_type());
}

// Rows whose sequences share the pages of the range [begin, end).
struct SharedHead {
  int64_t begin, end;
  std::vector<size_t> rows;
};

std::vector<SharedHead> shared_heads(std::span<KvSequence* const> sequences, const AttentionSettings& settings) {
  std::vector<SharedHead> heads;
  std::map<std::tuple<const KvPage*, int64_t, int64_t>, size_t> known;
  for (size_t r = 0; r < sequences.size(); ++r) {
    int64_t begin = first_seen(sequences[r]->stored(), 1, settings), end = sequences[r]->head_tokens();
    if (begin >= end) continue;
    const KvPage* last = sequences[r]->pages()[static_cast<size_t>((end - 1) / kPageTokens)].get();
    auto [found, added] = known.emplace(std::tuple(last, begin, end), heads.size());
    if (added || heads[found->second].rows.size() == static_cast<size_t>(kDecodeRows)) {
      found->second = heads.size();
      heads.push_back({begin, end, {}});
    }
    heads[found->second].rows.push_back(r);
  }
  return heads;
}

}  // namespace

at::Tensor chunk_on_device(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                           const AttentionSettings& settings) {
  int64_t tokens = q.size(0), total = sequence.stored(), first = first_seen(total, tokens, settings);
  at::Tensor k = sequence.range(layer, true, first, total), v = sequence.range(layer, false, first, total);
  if (fused(q, settings)) return flash(q, k, v, true, settings.window, settings.scale).out;
  return plain(q, k, v, added_mask(first, total, tokens, settings, q.device()), settings).out;
}

at::Tensor step_on_device(const at::Tensor& q, std::span<KvSequence* const> sequences, int64_t layer,
                          const AttentionSettings& settings) {
  std::vector<Partial> tails;
  std::vector<at::Tensor> results;
  for (size_t r = 0; r < sequences.size(); ++r) {
    int64_t total = sequences[r]->stored(), first = first_seen(total, 1, settings);
    tails.push_back(see_all(q.narrow(0, static_cast<int64_t>(r), 1), *sequences[r], layer,
                            std::max(first, sequences[r]->head_tokens()), total, settings));
    results.push_back(tails.back().out);
  }
  for (const SharedHead& head : shared_heads(sequences, settings)) {
    std::vector<at::Tensor> queries, outs, sums;
    for (size_t r : head.rows) {
      queries.push_back(q.narrow(0, static_cast<int64_t>(r), 1));
      outs.push_back(tails[r].out);
      sums.push_back(tails[r].log_sum);
    }
    auto rows = static_cast<int64_t>(head.rows.size());
    // Always the same number of rows: fused kernels split their work by it.
    while (queries.size() < static_cast<size_t>(kDecodeRows)) queries.push_back(queries[0]);
    Partial shared = see_all(at::cat(queries), *sequences[head.rows[0]], layer, head.begin, head.end, settings);
    at::Tensor both = merged({shared.out.narrow(0, 0, rows), shared.log_sum.narrow(0, 0, rows)}, {at::cat(outs), at::cat(sums)});
    for (int64_t i = 0; i < rows; ++i) results[head.rows[static_cast<size_t>(i)]] = both.narrow(0, i, 1);
  }
  return at::cat(results);
}

}  // namespace loom

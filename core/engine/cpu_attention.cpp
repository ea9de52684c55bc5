#include "core/engine/cpu_attention.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/engine/attention_mask.h"
#include "core/engine/kernels.h"
#include "core/engine/tasks.h"

namespace loom {
namespace {

// Panels of keys are read from their beginning; what a window leaves out of one is not seen.
constexpr int64_t kPanelStart = 64;
static_assert(kPageTokens % kPanelStart == 0);

int64_t first_read(int64_t total, int64_t tokens, const AttentionSettings& settings) {
  return first_seen(total, tokens, settings) / kPanelStart * kPanelStart;
}

// Tokens [first, first + tokens) of a page as one key head sees them.
kernels::AttendedPage part_of(const KvPage& page, int64_t layer, int64_t kv_head, int64_t first,
                              int64_t tokens, int64_t d, const AttentionSettings& settings) {
  const auto index = static_cast<size_t>(layer);
  const int64_t offset = (kv_head * kPageTokens + first) * d;
  return {page.keys[index].const_data_ptr<float>() + offset,
          page.values[index].const_data_ptr<float>() + offset,
          tokens,
          d,
          static_cast<float>(settings.scale),
          static_cast<float>(settings.soft_cap),
          page.key_panel > 0};
}

// Partial results of one row, merged one after the other into out [d].
struct Merged {
  float maximum = -INFINITY, sum = 0;
  void add(const kernels::PartialAttention& partial, const float* part, float* out, int64_t d) {
    if (partial.sum == 0) return;
    const float most = std::max(maximum, partial.maximum);
    const float kept = std::exp(maximum - most), added = std::exp(partial.maximum - most);
    if (sum == 0) std::fill(out, out + d, 0.0f);
    for (int64_t c = 0; c < d; ++c) out[c] = out[c] * kept + part[c] * added;
    sum = sum * kept + partial.sum * added;
    maximum = most;
  }
};

// The tokens [begin, end) of a chunk, whose first token stands at `position`, for one key head.
struct ChunkRows {
  int64_t begin, end, position, group, d;
};

// What the rows see of the tokens from `start` on; empty where all rows see all of them.
std::vector<kernels::SeenTokens> seen_of(const ChunkRows& rows, int64_t start, int64_t tokens,
                                         int64_t window) {
  std::vector<kernels::SeenTokens> seen;
  bool all = true;
  for (int64_t t = rows.begin; t < rows.end; ++t) {
    const int64_t position = rows.position + t;
    const int64_t end = std::clamp<int64_t>(position + 1 - start, 0, tokens);
    const int64_t begin =
        window > 0 ? std::clamp<int64_t>(position + 1 - window - start, 0, end) : 0;
    all = all && begin == 0 && end == tokens;
    seen.insert(seen.end(), static_cast<size_t>(rows.group), {begin, end});
  }
  if (all) seen.clear();
  return seen;
}

// queries and out [(end - begin) * group, d].
void attend_rows(const ChunkRows& rows, const float* queries, const KvSequence& sequence,
                 int64_t layer, int64_t kv_head, const AttentionSettings& settings, float* out) {
  const int64_t count = (rows.end - rows.begin) * rows.group, d = rows.d;
  const int64_t last = rows.position + rows.end;
  const int64_t first = first_read(last, rows.end - rows.begin, settings);
  float* part = task_scratch(kernels::attend_scratch(d) + count * d);
  float* work = part + count * d;
  std::vector<kernels::PartialAttention> partial(static_cast<size_t>(count));
  std::vector<Merged> merged(static_cast<size_t>(count));
  for (int64_t at = first; at < last; at = (at / kPageTokens + 1) * kPageTokens) {
    const int64_t tokens = std::min(kPageTokens - at % kPageTokens, last - at);
    const auto page = part_of(*sequence.pages()[static_cast<size_t>(at / kPageTokens)], layer,
                              kv_head, at % kPageTokens, tokens, d, settings);
    const auto seen = seen_of(rows, at, tokens, settings.window);
    kernels::table().attend(page, queries, count, seen.empty() ? nullptr : seen.data(), part,
                            partial.data(), work);
    for (int64_t r = 0; r < count; ++r)
      merged[static_cast<size_t>(r)].add(partial[static_cast<size_t>(r)], part + r * d, out + r * d,
                                         d);
  }
  for (int64_t r = 0; r < count; ++r)
    for (int64_t c = 0; c < d; ++c) out[r * d + c] /= merged[static_cast<size_t>(r)].sum;
}

// A page and the rows that read it.
struct PageWork {
  const KvPage* page;
  int64_t first, tokens;  // the part of the page that is read
  int64_t unseen;         // so many of its first tokens lie before the window
  std::vector<int64_t> rows;
  int64_t place = 0;  // of its partial results, [kv_heads, rows, group]
};

// Where row `row` finds its partial result of a page.
struct Place {
  size_t work;
  int64_t row;
};

std::vector<PageWork> shared_pages(std::span<KvSequence* const> sequences,
                                   const AttentionSettings& settings,
                                   std::vector<std::vector<Place>>& places) {
  std::vector<PageWork> work;
  std::map<std::tuple<const KvPage*, int64_t, int64_t, int64_t>, size_t> known;
  places.resize(sequences.size());
  for (size_t r = 0; r < sequences.size(); ++r) {
    const int64_t stored = sequences[r]->stored(), seen = first_seen(stored, 1, settings);
    for (int64_t at = first_read(stored, 1, settings); at < stored;
         at = (at / kPageTokens + 1) * kPageTokens) {
      const KvPage* page = sequences[r]->pages()[static_cast<size_t>(at / kPageTokens)].get();
      const int64_t first = at % kPageTokens, tokens = std::min(kPageTokens - first, stored - at);
      const int64_t unseen = std::max<int64_t>(0, seen - at);
      auto [found, added] = known.emplace(std::tuple(page, first, tokens, unseen), work.size());
      if (added) work.push_back({page, first, tokens, unseen, {}});
      PageWork& one = work[found->second];
      places[r].push_back({found->second, static_cast<int64_t>(one.rows.size())});
      one.rows.push_back(static_cast<int64_t>(r));
    }
  }
  return work;
}

}  // namespace

at::Tensor chunk_on_cpu(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                        const AttentionSettings& settings) {
  const int64_t tokens = q.size(0), heads = q.size(1), d = q.size(2),
                kv_heads = sequence.shape().kv_heads;
  const int64_t group = heads / kv_heads, before = sequence.stored() - tokens;
  // A group's heads are more rows of one key head.
  const at::Tensor queries = q.reshape({tokens, kv_heads, group * d}).transpose(0, 1).contiguous();
  at::Tensor out = at::empty_like(queries);
  const float* from = queries.const_data_ptr<float>();
  float* to = out.mutable_data_ptr<float>();
  // Few rows are spread as well; how they are cut changes no bit.
  const int64_t wanted =
      std::clamp<int64_t>(kv_heads * tokens * group / 16, 24, kernels::kAttendRows);
  const int64_t block = std::max<int64_t>(1, wanted / group), blocks = (tokens + block - 1) / block;
  for_each_task(kv_heads * blocks, [&](int64_t item) {
    const int64_t kv_head = item / blocks, first = item % blocks * block;
    const int64_t offset = (kv_head * tokens + first) * group * d;
    attend_rows({first, std::min(tokens, first + block), before, group, d}, from + offset, sequence,
                layer, kv_head, settings, to + offset);
  });
  return out.reshape({kv_heads, tokens, group * d}).transpose(0, 1).reshape({tokens, heads, d});
}

at::Tensor step_on_cpu(const at::Tensor& q, std::span<KvSequence* const> sequences, int64_t layer,
                       const AttentionSettings& settings) {
  const int64_t rows = q.size(0), heads = q.size(1), d = q.size(2),
                kv_heads = sequences[0]->shape().kv_heads;
  const int64_t group = heads / kv_heads;
  std::vector<std::vector<Place>> places;
  auto work = shared_pages(sequences, settings, places);
  int64_t partials = 0;
  for (PageWork& page : work) {
    page.place = partials;
    partials += static_cast<int64_t>(page.rows.size()) * heads;
  }
  std::vector<float> parts(static_cast<size_t>(partials * d));
  std::vector<kernels::PartialAttention> partial(static_cast<size_t>(partials));
  const float* queries = q.const_data_ptr<float>();
  for_each_task(static_cast<int64_t>(work.size()) * kv_heads, [&](int64_t item) {
    const PageWork& page = work[static_cast<size_t>(item / kv_heads)];
    const int64_t kv_head = item % kv_heads, count = static_cast<int64_t>(page.rows.size()) * group;
    float* gathered = task_scratch(kernels::attend_scratch(d) + count * d);
    for (size_t i = 0; i < page.rows.size(); ++i) {
      const float* row = queries + (page.rows[i] * heads + kv_head * group) * d;
      std::copy(row, row + group * d, gathered + static_cast<int64_t>(i) * group * d);
    }
    const int64_t place = page.place + kv_head * count;
    std::vector<kernels::SeenTokens> seen;
    if (page.unseen > 0) seen.assign(static_cast<size_t>(count), {page.unseen, page.tokens});
    kernels::table().attend(
        part_of(*page.page, layer, kv_head, page.first, page.tokens, d, settings), gathered, count,
        seen.empty() ? nullptr : seen.data(), parts.data() + place * d, partial.data() + place,
        gathered + count * d);
  });
  at::Tensor result = at::empty({rows, heads, d}, at::kFloat);
  float* out = result.mutable_data_ptr<float>();
  for_each_task(rows, [&](int64_t row) {
    for (int64_t head = 0; head < heads; ++head) {
      float* to = out + (row * heads + head) * d;
      Merged merged;
      for (const Place& found : places[static_cast<size_t>(row)]) {
        const PageWork& page = work[found.work];
        const int64_t count = static_cast<int64_t>(page.rows.size());
        const int64_t place =
            page.place + (head / group * count + found.row) * group + head % group;
        merged.add(partial[static_cast<size_t>(place)], parts.data() + place * d, to, d);
      }
      for (int64_t c = 0; c < d; ++c) to[c] /= merged.sum;
    }
  });
  return result;
}

}  // namespace loom

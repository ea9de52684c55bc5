#include "core/engine/kv_cache.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cassert>

#include "core/engine/kernels.h"

namespace loom {
namespace {

at::TensorOptions options_of(const KvShape& shape, const ComputeDevice& device, int64_t layer) {
  return at::TensorOptions().device(shape.device_of(layer, device.device)).dtype(device.dtype);
}

// A page of the CPU. Where keys serve as values too they stay in rows.
std::shared_ptr<KvPage> new_page(const KvShape& shape, const ComputeDevice& device) {
  auto page = std::make_shared<KvPage>();
  if (!shape.values_are_keys) page->key_panel = kernels::table().panel_outputs;
  const int64_t panel = page->key_panel;
  for (int64_t layer = 0; layer < shape.layers; ++layer) {
    const auto options = options_of(shape, device, layer);
    page->keys.push_back(
        panel > 0
            ? at::empty({shape.kv_heads, kPageTokens / panel, shape.head_dim, panel}, options)
            : at::empty({shape.kv_heads, kPageTokens, shape.head_dim}, options));
    page->values.push_back(shape.values_are_keys
                               ? page->keys.back()
                               : at::empty({shape.kv_heads, kPageTokens, shape.head_dim}, options));
  }
  return page;
}

std::shared_ptr<KvExtent> new_extent(const KvShape& shape, const ComputeDevice& device,
                                     int64_t pages) {
  auto extent = std::make_shared<KvExtent>();
  extent->pages = pages;
  for (int64_t layer = 0; layer < shape.layers; ++layer) {
    const auto options = options_of(shape, device, layer);
    extent->keys.push_back(
        at::empty({shape.kv_heads, pages * kPageTokens, shape.head_dim}, options));
    extent->values.push_back(
        shape.values_are_keys
            ? extent->keys.back()
            : at::empty({shape.kv_heads, pages * kPageTokens, shape.head_dim}, options));
  }
  return extent;
}

std::shared_ptr<KvPage> page_of(std::shared_ptr<KvExtent> extent) {
  auto page = std::make_shared<KvPage>();
  page->slot = extent->used++;
  for (size_t layer = 0; layer < extent->keys.size(); ++layer) {
    page->keys.push_back(extent->keys[layer].narrow(1, page->slot * kPageTokens, kPageTokens));
    page->values.push_back(extent->values[layer].narrow(1, page->slot * kPageTokens, kPageTokens));
  }
  page->extent = std::move(extent);
  return page;
}

void copy_page(const KvPage& from, KvPage& to, const KvShape& shape, int64_t tokens) {
  for (size_t layer = 0; layer < from.keys.size(); ++layer) {
    const int64_t panel = std::max<int64_t>(from.key_panel, 1), places = (tokens + panel - 1) / panel;
    to.keys[layer].narrow(1, 0, places).copy_(from.keys[layer].narrow(1, 0, places));
    if (!shape.values_are_keys)
      to.values[layer].narrow(1, 0, tokens).copy_(from.values[layer].narrow(1, 0, tokens));
  }
}

// What the CPU's kernels read is written by hand: a decode step writes one token for each layer and
// sequence, and a tensor operation for each of them would take longer than the writing.

// `tokens` of k [.., kv_heads, head_dim], beginning with `first`, become the keys from `at` on of a
// page in panels.
void write_panels(const at::Tensor& k, int64_t first, int64_t tokens, int64_t at, int64_t panel,
                  at::Tensor& keys) {
  const int64_t heads = k.size(1), d = k.size(2);
  const at::Tensor whole = k.contiguous();
  const float* from = whole.const_data_ptr<float>() + first * heads * d;
  float* to = keys.mutable_data_ptr<float>();
  for (int64_t head = 0; head < heads; ++head)
    for (int64_t t = 0, some; t < tokens; t += some) {
      const int64_t lane = (at + t) % panel;
      some = std::min(panel - lane, tokens - t);
      const float* rows = from + (t * heads + head) * d;
      float* place = to + head * kPageTokens * d + (at + t - lane) * d + lane;
      for (int64_t c = 0; c < d; ++c)
        for (int64_t i = 0; i < some; ++i) place[c * panel + i] = rows[i * heads * d + c];
    }
}

// Likewise values [kv_heads, kPageTokens, head_dim].
void write_values(const at::Tensor& v, int64_t first, int64_t tokens, int64_t at,
                  at::Tensor& values) {
  const int64_t heads = v.size(1), d = v.size(2);
  const at::Tensor whole = v.contiguous();
  const float* from = whole.const_data_ptr<float>() + first * heads * d;
  float* to = values.mutable_data_ptr<float>() + at * d;
  for (int64_t t = 0; t < tokens; ++t)
    for (int64_t head = 0; head < heads; ++head)
      std::copy_n(from + (t * heads + head) * d, d, to + (head * kPageTokens + t) * d);
}

// Keys or values of a page, [kv_heads, kPageTokens, head_dim]; keys in panels as a copy.
at::Tensor rows_of(const KvPage& page, size_t layer, bool keys) {
  if (!keys) return page.values[layer];
  const at::Tensor& stored = page.keys[layer];
  return page.key_panel == 0 ? stored : stored.transpose(2, 3).flatten(1, 2);
}

using States = std::vector<at::Tensor>;

// States that no other sequence sees: new ones, or a copy of those that a fork shares.
std::shared_ptr<States> own_states(const std::shared_ptr<States>& states, const KvShape& shape,
                                   at::Device device) {
  if (states && states.use_count() == 1) return states;
  auto own = std::make_shared<States>();
  for (size_t i = 0; i < shape.states.size(); ++i) {
    const at::Device where = shape.state_devices.empty() ? device : shape.state_devices[i];
    own->push_back(states ? (*states)[i].clone()
                          : at::zeros(shape.states[i], at::device(where).dtype(at::kFloat)));
  }
  return own;
}

}  // namespace

size_t KvShape::page_bytes(at::ScalarType type) const {
  return static_cast<size_t>((values_are_keys ? 1 : 2) * layers * kv_heads * head_dim *
                             kPageTokens) *
         c10::elementSize(type);
}

size_t KvShape::state_bytes() const {
  size_t numbers = 0;
  for (const auto& state : states) {
    size_t product = 1;
    for (int64_t size : state) product *= static_cast<size_t>(size);
    numbers += product;
  }
  return numbers * sizeof(float);
}

void KvSequence::set_prompt_tokens(int64_t tokens, int64_t context_end) {
  prompt_tokens_ = tokens;
  int64_t shared =
      context_end > 0 && context_end < tokens ? context_end : std::max<int64_t>(0, tokens - 1);
  head_tokens_ = shared / kPageTokens * kPageTokens;
}

// On a device the page goes behind the last one where that place is free; otherwise into a new
// extent with room for the rest of the prompt and some of its answer.
void KvSequence::add_page() {
  if (device_->device.is_cpu()) {
    pages_.push_back(new_page(shape_, *device_));
    return;
  }
  const KvPage* last = pages_.empty() ? nullptr : pages_.back().get();
  if (last && last->slot + 1 == last->extent->used && last->extent->used < last->extent->pages) {
    pages_.push_back(page_of(last->extent));
    return;
  }
  int64_t ahead = prompt_tokens_ - static_cast<int64_t>(pages_.size()) * kPageTokens;
  constexpr int64_t kAnswerPages = 4;
  int64_t wanted = ahead > 0 ? ahead / kPageTokens + 2 : kAnswerPages;
  pages_.push_back(page_of(new_extent(shape_, *device_, wanted)));
}

void KvSequence::reserve(int64_t tokens) {
  int64_t used = stored_ % kPageTokens;
  assert(!device_->device.is_cpu() || used + tokens <= kPageTokens);
  if (used > 0 && pages_.back().use_count() > 1) {
    std::shared_ptr<KvPage> shared = std::move(pages_.back());
    pages_.pop_back();
    add_page();
    copy_page(*shared, *pages_.back(), shape_, used);
  }
  while (static_cast<int64_t>(pages_.size()) * kPageTokens < stored_ + tokens) add_page();
  if (!shape_.states.empty()) states_ = own_states(states_, shape_, device_->device);
  reserved_ = stored_;
  stored_ += tokens;
  next_position_ += tokens;
}

void KvSequence::write(int64_t layer, const at::Tensor& k, const at::Tensor& v) {
  auto index = static_cast<size_t>(layer);
  for (int64_t begin = reserved_, tokens; begin < stored_; begin += tokens) {
    const auto first = static_cast<size_t>(begin / kPageTokens);
    KvPage& page = *pages_[first];
    int64_t at = begin % kPageTokens, from = begin - reserved_;
    if (page.extent) {  // as far as the pages lie side by side, in one piece
      size_t last = first;
      while (last + 1 < pages_.size() && pages_[last + 1]->extent == page.extent &&
             pages_[last + 1]->slot == pages_[last]->slot + 1)
        ++last;
      tokens = std::min(stored_ - begin, static_cast<int64_t>(last - first + 1) * kPageTokens - at);
      const int64_t place = page.slot * kPageTokens + at;
      page.extent->keys[index]
          .narrow(1, place, tokens)
          .copy_(k.narrow(0, from, tokens).transpose(0, 1));
      if (!shape_.values_are_keys)
        page.extent->values[index]
            .narrow(1, place, tokens)
            .copy_(v.narrow(0, from, tokens).transpose(0, 1));
      continue;
    }
    tokens = std::min(stored_ - begin, kPageTokens - at);
    if (page.key_panel > 0) {
      write_panels(k, from, tokens, at, page.key_panel, page.keys[index]);
      write_values(v, from, tokens, at, page.values[index]);
      continue;
    }
    page.keys[index].narrow(1, at, tokens).copy_(k.narrow(0, from, tokens).transpose(0, 1));
    if (!shape_.values_are_keys)
      page.values[index].narrow(1, at, tokens).copy_(v.narrow(0, from, tokens).transpose(0, 1));
  }
}

at::Tensor KvSequence::range(int64_t layer, bool keys, int64_t begin, int64_t end) const {
  auto index = static_cast<size_t>(layer);
  auto first = static_cast<size_t>(begin / kPageTokens),
       last = static_cast<size_t>((end - 1) / kPageTokens);
  const KvPage& start = *pages_[first];
  bool in_place = start.extent != nullptr;
  for (size_t p = first; in_place && p <= last; ++p)
    in_place = pages_[p]->extent == start.extent &&
               pages_[p]->slot == start.slot + static_cast<int64_t>(p - first);
  if (in_place)
    return (keys ? start.extent->keys : start.extent->values)[index].narrow(
        1, start.slot * kPageTokens + begin % kPageTokens, end - begin);
  std::vector<at::Tensor> parts;
  while (begin < end) {
    const KvPage& page = *pages_[static_cast<size_t>(begin / kPageTokens)];
    int64_t at = begin % kPageTokens, take = std::min(end - begin, kPageTokens - at);
    parts.push_back(rows_of(page, index, keys).narrow(1, at, take));
    begin += take;
  }
  return parts.size() == 1 ? parts[0] : at::cat(parts, 1);
}

int64_t KvSequence::tokens_in(size_t page) const {
  return std::min<int64_t>(kPageTokens, stored_ - static_cast<int64_t>(page) * kPageTokens);
}

}  // namespace loom

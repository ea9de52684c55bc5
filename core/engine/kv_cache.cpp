#include "core/engine/kv_cache.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <cassert>

namespace loom {
namespace {

std::shared_ptr<KvPage> new_page(const KvShape& shape, const ComputeDevice& device) {
  auto page = std::make_shared<KvPage>();
  auto options = at::TensorOptions().device(device.device).dtype(device.dtype);
  for (int64_t layer = 0; layer < shape.layers; ++layer) {
    page->keys.push_back(at::empty({shape.kv_heads, kPageTokens, shape.head_dim}, options));
    page->values.push_back(at::empty({shape.kv_heads, kPageTokens, shape.head_dim}, options));
  }
  return page;
}

std::shared_ptr<KvPage> copy_page(const KvPage& page, const KvShape& shape, const ComputeDevice& device,
                                  int64_t tokens) {
  auto copy = new_page(shape, device);
  for (size_t layer = 0; layer < page.keys.size(); ++layer) {
    copy->keys[layer].narrow(1, 0, tokens).copy_(page.keys[layer].narrow(1, 0, tokens));
    copy->values[layer].narrow(1, 0, tokens).copy_(page.values[layer].narrow(1, 0, tokens));
  }
  return copy;
}

using States = std::vector<at::Tensor>;

// States that no other sequence sees: new ones, or a copy of those that a fork shares.
std::shared_ptr<States> own_states(const std::shared_ptr<States>& states, const KvShape& shape) {
  if (states && states.use_count() == 1) return states;
  auto own = std::make_shared<States>();
  for (size_t i = 0; i < shape.states.size(); ++i)
    own->push_back(states ? (*states)[i].clone() : at::zeros(shape.states[i], at::kFloat));
  return own;
}

}  // namespace

size_t KvShape::page_bytes(at::ScalarType type) const {
  return static_cast<size_t>(2 * layers * kv_heads * head_dim * kPageTokens) * c10::elementSize(type);
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

void KvSequence::reserve(int64_t tokens) {
  int64_t used = stored_ % kPageTokens;
  assert(used + tokens <= kPageTokens);
  if (used == 0) {
    pages_.push_back(new_page(shape_, *device_));
  } else if (pages_.back().use_count() > 1) {
    pages_.back() = copy_page(*pages_.back(), shape_, *device_, used);
  }
  if (!shape_.states.empty()) states_ = own_states(states_, shape_);
  reserved_ = stored_;
  stored_ += tokens;
  next_position_ += tokens;
}

void KvSequence::write(int64_t layer, const at::Tensor& k, const at::Tensor& v) {
  KvPage& page = *pages_.back();
  int64_t at = reserved_ % kPageTokens, tokens = stored_ - reserved_;
  auto index = static_cast<size_t>(layer);
  page.keys[index].narrow(1, at, tokens).copy_(k.transpose(0, 1));
  page.values[index].narrow(1, at, tokens).copy_(v.transpose(0, 1));
}

int64_t KvSequence::tokens_in(size_t page) const {
  return std::min<int64_t>(kPageTokens, stored_ - static_cast<int64_t>(page) * kPageTokens);
}

}  // namespace loom

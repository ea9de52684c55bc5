// What a model remembers of one sequence. Attention keeps keys and values in pages of 512 tokens: a
// full page is immutable and shared by reference; the tail belongs to one sequence and is copied
// when a fork writes to it. Recurrent layers keep states of a fixed size, copied in the same way.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <vector>

#include "core/base/cache_budget.h"
#include "core/engine/device.h"

namespace loom {

struct KvShape {
  int64_t layers = 0, kv_heads = 0, head_dim = 0;
  // Sizes of what recurrent layers keep of a sequence, whatever its length: fp32, zero before the
  // first token. A model numbers them as it likes.
  std::vector<std::vector<int64_t>> states;
  // Latent attention: one tensor serves as both, and what write() gets as values is not kept.
  bool values_are_keys = false;
  std::vector<at::Device> devices;  // of each layer; empty: all on the sequence's device
  std::vector<at::Device> state_devices;  // of each of the states, likewise
  at::Device device_of(int64_t layer, at::Device standard) const {
    return devices.empty() ? standard : devices[static_cast<size_t>(layer)];
  }
  size_t page_bytes(at::ScalarType type) const;
  size_t state_bytes() const;  // of one sequence
};

// Memory on a device in which consecutive pages of one sequence lie side by side, so that attention
// reads them in place.
struct KvExtent {
  std::vector<at::Tensor> keys, values;  // per layer [kv_heads, pages * kPageTokens, head_dim]
  int64_t pages = 0, used = 0;
};

struct KvPage {
  std::vector<at::Tensor> keys, values;  // per layer [kv_heads, kPageTokens, head_dim]
  // Keys of the CPU's kernels (kernels.h) are [kv_heads, kPageTokens / key_panel, head_dim,
  // key_panel] instead; 0 where they are not.
  int64_t key_panel = 0;
  std::shared_ptr<KvExtent> extent;      // none on the CPU, where every page is apart
  int64_t slot = 0;                      // its place in the extent
};

// Copying forks: the copies share every page and state until one of them appends.
class KvSequence {
 public:
  KvSequence(const KvShape& shape, const ComputeDevice& device) : shape_(shape), device_(&device) {}

  // Makes room for `tokens` at the end, on the CPU never across a page's end; then write() per
  // layer.
  void reserve(int64_t tokens);
  // k, v [tokens, kv_heads, head_dim] for the positions just reserved.
  void write(int64_t layer, const at::Tensor& k, const at::Tensor& v);
  // A recurrent layer's state, to be changed in place between this reserve() and the next.
  at::Tensor& state(size_t index) { return (*states_)[index]; }

  // Length of the prompt this is filled for; some rotary scalings depend on it. `context_end`:
  // where the document that it shares with others ends, 0 for none.
  void set_prompt_tokens(int64_t tokens, int64_t context_end = 0);
  int64_t prompt_tokens() const { return prompt_tokens_; }
  // Decoding on a device reads [0, head_tokens) and the rest apart and merges them. Depends on the
  // prompt alone, never on what was cached.
  int64_t head_tokens() const { return head_tokens_; }
  // Keys or values of the positions [begin, end) of a layer, [kv_heads, end - begin, head_dim]: in
  // place where the pages lie side by side, a copy where they do not.
  at::Tensor range(int64_t layer, bool keys, int64_t begin, int64_t end) const;

  int64_t next_position() const { return next_position_; }
  int64_t stored() const { return stored_; }
  const std::vector<std::shared_ptr<KvPage>>& pages() const { return pages_; }
  int64_t tokens_in(size_t page) const;  // filled tokens of that page
  const KvShape& shape() const { return shape_; }
  size_t page_bytes() const { return shape_.page_bytes(device_->dtype); }

 private:
  void add_page();
  KvShape shape_;
  const ComputeDevice* device_;
  std::vector<std::shared_ptr<KvPage>> pages_;
  std::shared_ptr<std::vector<at::Tensor>> states_;
  int64_t stored_ = 0, reserved_ = 0, prompt_tokens_ = 0, head_tokens_ = 0;
  // Kept apart from stored(): a method that evicts makes the two differ.
  int64_t next_position_ = 0;
};

}  // namespace loom

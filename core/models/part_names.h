// What one layer's tensors are called in either container, for architectures whose parts are not
// those of WeightNames.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/models/model_config.h"

namespace loom {

struct PartName {
  std::string_view folder, gguf;
};

// `part` itself where the list has no other name for it.
inline std::string gguf_name(std::span<const PartName> parts, std::string_view part) {
  for (const PartName& known : parts)
    if (known.folder == part) return std::string(known.gguf);
  return std::string(part);
}

// The names of a layer's parts in the file at hand, so that errors spell them as the file does.
class LayerNames {
 public:
  LayerNames(const ModelConfig& config, std::string_view folder_prefix,
             std::span<const PartName> parts, int64_t layer)
      : gguf_(config.gguf),
        prefix_((gguf_ ? std::string("blk.") : std::string(folder_prefix)) + std::to_string(layer) +
                "."),
        parts_(parts) {}

  // `part` as folders call it.
  std::string operator()(std::string_view part) const {
    return prefix_ + (gguf_ ? gguf_name(parts_, part) : std::string(part));
  }

 private:
  bool gguf_;
  std::string prefix_;
  std::span<const PartName> parts_;
};

}  // namespace loom

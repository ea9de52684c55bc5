// Safetensors: one file, or a folder's shards through model.safetensors.index.json.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/model_files/mapped_file.h"
#include "core/model_files/tensor_info.h"

namespace loom {

class SafetensorsFile {
 public:
  static Result<SafetensorsFile> open(const std::filesystem::path& file);
  const std::vector<TensorInfo>& tensors() const { return tensors_; }
  // Keeps the tensors' bytes valid on its own.
  const std::shared_ptr<const MappedFile>& mapping() const { return file_; }

 private:
  std::shared_ptr<const MappedFile> file_;
  std::vector<TensorInfo> tensors_;
};

// All tensors of a model folder. Missing shards, a tensor in two shards or not in the shard the
// index names are errors; .bin and .pth weights are refused with the advice to convert them.
Result<std::vector<SafetensorsFile>> open_model_folder(const std::filesystem::path& folder);
// Files of torch.save (.pth, .bin, …) and the error that refuses them.
bool is_pickled(const std::filesystem::path& file);
Error pickled_weights(const std::filesystem::path& file);
// The same of a folder that holds no other weights.
std::optional<Error> only_pickled(const std::filesystem::path& folder);

}  // namespace loom

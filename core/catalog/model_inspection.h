// The two kinds of models on a disk, each described from its headers.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/catalog/local_models.h"
#include "core/model_files/tensor_info.h"

namespace loom {

Result<LocalModel> inspect_gguf(const std::filesystem::path& file);
Result<LocalModel> inspect_hugging_face_folder(const std::filesystem::path& folder);

struct ArchitectureKind {
  bool recurrent = false;  // keeps states instead of keys and values
  bool encoder = false;    // gives embeddings, no answers
};
// By GGUF architecture names and model_type spellings that models-registry/models describes.
Result<std::map<std::string, ArchitectureKind>> supported_architectures();
// Sets `supported` and `problem` from the architecture, unless a problem is known already.
void judge_support(LocalModel& model);

// Counts parameters and bytes over tensors; the weight type is the one most parameters have.
class WeightCount {
 public:
  void add(const TensorInfo& tensor);
  void store(LocalModel& model) const;

 private:
  std::map<WeightType, uint64_t> by_type_;
};

}  // namespace loom

// The two kinds of models on a disk, each described from its headers.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/catalog/local_models.h"
#include "core/model_files/safetensors_file.h"

namespace loom {

Result<LocalModel> inspect_gguf(const std::filesystem::path& file);

struct AdapterParts {
  std::filesystem::path folder;
  std::optional<SafetensorsFile> matrices;
};
// With an adapter its matrices are counted too, what they change as what it becomes, and tokenizer
// and template are the adapter's where it has them.
Result<LocalModel> inspect_hugging_face_folder(const std::filesystem::path& folder,
                                               const AdapterParts* adapter = nullptr);

struct ArchitectureTraits {
  bool recurrent = false;  // keeps states instead of keys and values
  bool answers = true;     // false: an encoder
};
// GGUF architecture names and model_type spellings that models-registry/models describes.
Result<std::map<std::string, ArchitectureTraits>> supported_architectures();
ArchitectureTraits traits_of(const std::string& architecture);  // of an unknown one: the usual
// Sets what follows from the architecture; `supported` and `problem` only where no problem is known
// already.
void judge_support(LocalModel& model);

}  // namespace loom

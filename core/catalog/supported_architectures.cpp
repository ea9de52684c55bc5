#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/catalog/model_inspection.h"

namespace loom {
namespace fs = std::filesystem;

Result<std::map<std::string, ArchitectureKind>> supported_architectures() {
  LOOM_TRY(const fs::path registry, paths::registry());
  std::map<std::string, ArchitectureKind> known;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(registry / "models", failure)) {
    if (entry.path().extension() != ".json") continue;
    LOOM_TRY(const nlohmann::json description, read_json(entry.path()));
    if (!description.is_object()) continue;
    const ArchitectureKind kind{description.value("recurrent", nlohmann::json()) == true,
                                description.value("encoder", nlohmann::json()) == true};
    auto add = [&known, kind](const nlohmann::json& name) {
      if (name.is_string()) known.emplace(name.get<std::string>(), kind);
    };
    add(description.value("id", nlohmann::json()));
    for (const auto& type : description.value("model_types", nlohmann::json::array())) add(type);
  }
  if (failure) return Error{ErrorKind::io, failure.message(), (registry / "models").string(), ""};
  return known;
}

void judge_support(LocalModel& model) {
  if (!model.problem.empty()) return;
  static const Result<std::map<std::string, ArchitectureKind>> known = supported_architectures();
  if (!known) {
    model.problem = describe(known.error());
    return;
  }
  const auto found = known->find(model.architecture);
  const ArchitectureKind kind = found == known->end() ? ArchitectureKind() : found->second;
  model.recurrent = kind.recurrent;
  model.encoder = kind.encoder;
  const bool keeps_keys = !kind.recurrent && !kind.encoder;
  if (!keeps_keys) model.kv_heads = model.head_dim = model.latent_width = 0;
  // Its state is as large whatever it has seen, and whatever its description says of windows.
  if (model.recurrent) model.window_tokens = 0;
  if (found == known->end())
    model.problem = "The architecture " + model.architecture + " is not supported";
  else if (model.layers == 0 || model.hidden == 0 || (model.head_dim == 0 && keeps_keys))
    model.problem = "Layers, hidden size or head size are missing from its description";
  model.supported = model.problem.empty();
}

}  // namespace loom

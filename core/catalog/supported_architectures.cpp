#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/catalog/model_inspection.h"

namespace loom {
namespace fs = std::filesystem;

Result<std::set<std::string>> supported_architectures() {
  LOOM_TRY(const fs::path registry, paths::registry());
  std::set<std::string> names;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(registry / "models", failure)) {
    if (entry.path().extension() != ".json") continue;
    LOOM_TRY(const nlohmann::json description, read_json(entry.path()));
    if (!description.is_object()) continue;
    auto add = [&names](const nlohmann::json& name) {
      if (name.is_string()) names.insert(name.get<std::string>());
    };
    add(description.value("id", nlohmann::json()));
    for (const auto& type : description.value("model_types", nlohmann::json::array())) add(type);
  }
  if (failure) return Error{ErrorKind::io, failure.message(), (registry / "models").string(), ""};
  return names;
}

void judge_support(LocalModel& model) {
  if (!model.problem.empty()) return;
  static const Result<std::set<std::string>> known = supported_architectures();
  if (!known)
    model.problem = describe(known.error());
  else if (!known->contains(model.architecture))
    model.problem = "The architecture " + model.architecture + " is not supported";
  else if (model.layers == 0 || model.hidden == 0 || model.head_dim == 0)
    model.problem = "Layers, hidden size or head size are missing from its description";
  model.supported = model.problem.empty();
}

}  // namespace loom

#include "core/evaluation/model_name.h"

namespace loom {

std::string model_name(const PlanModel& model) {
  if (!model.name.empty()) return model.name;
  std::filesystem::path path(model.path);
  if (!path.has_filename()) path = path.parent_path();  // a folder written with a slash at its end
  return path.extension() == ".gguf" ? path.stem().string() : path.filename().string();
}

}  // namespace loom

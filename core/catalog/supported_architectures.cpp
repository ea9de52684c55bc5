#include <nlohmann/json.hpp>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/catalog/model_inspection.h"

namespace loom {
namespace fs = std::filesystem;

Result<std::map<std::string, ArchitectureTraits>> supported_architectures() {
  LOOM_TRY(const fs::path registry, paths::registry());
  std::map<std::string, ArchitectureTraits> known;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(registry / "models", failure)) {
    if (entry.path().extension() != ".json") continue;
    LOOM_TRY(const nlohmann::json description, read_json(entry.path()));
    if (!description.is_object()) continue;
    const ArchitectureTraits traits{description.value("recurrent", nlohmann::json()) == true,
                                    description.value("answers", nlohmann::json()) != false};
    auto add = [&known, traits](const nlohmann::json& name) {
      if (name.is_string()) known.emplace(name.get<std::string>(), traits);
    };
    add(description.value("id", nlohmann::json()));
    for (const auto& type : description.value("model_types", nlohmann::json::array())) add(type);
  }
  if (failure) return Error{ErrorKind::io, failure.message(), (registry / "models").string(), ""};
  return known;
}

namespace {

using Known = Result<std::map<std::string, ArchitectureTraits>>;

const Known& known_architectures() {
  static const Known known = supported_architectures();
  return known;
}

}  // namespace

ArchitectureTraits traits_of(const std::string& architecture) {
  const Known& known = known_architectures();
  if (!known) return {};
  const auto found = known->find(architecture);
  return found == known->end() ? ArchitectureTraits() : found->second;
}

void judge_support(LocalModel& model) {
  const Known& known = known_architectures();
  if (!known) {
    if (model.problem.empty()) model.problem = describe(known.error());
    return;
  }
  const auto found = known->find(model.architecture);
  if (found != known->end()) {
    model.recurrent = found->second.recurrent;
    model.answers = found->second.answers;
  }
  // Its state is as large whatever it has seen, and whatever its description says of windows.
  if (model.recurrent)
    model.window_tokens = model.kv_heads = model.head_dim = model.latent_width = 0;
  if (!model.problem.empty()) return;
  if (found == known->end())
    model.problem = "The architecture " + model.architecture + " is not supported";
  else if (model.layers == 0 || model.hidden == 0 || (model.head_dim == 0 && !model.recurrent))
    model.problem = "Layers, hidden size or head size are missing from its description";
  model.supported = model.problem.empty();
}

}  // namespace loom

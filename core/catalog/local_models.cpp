#include "core/catalog/local_models.h"

#include <algorithm>

#include "core/base/hub_folders.h"
#include "core/catalog/model_inspection.h"
#include "core/model_files/adapter_folder.h"
#include "core/model_files/safetensors_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return text;
}

// A model may be called by its name, its file's name, or the last part of ORG/NAME.
bool is_called(const LocalModel& model, const std::string& wanted) {
  const std::string name = lower(model.name);
  return name == wanted || lower(model.path.filename().string()) == wanted ||
         name.substr(name.rfind('/') + 1) == wanted;
}

Error not_here(const std::string& name, const std::vector<fs::path>& folders) {
  std::string where;
  for (const fs::path& folder : folders) where += (where.empty() ? "" : ", ") + folder.string();
  return {ErrorKind::not_found, "no model of this name is on this disk", name,
          "Give a path, or put the model into one of: " + where};
}

Error several(const std::string& name, const std::vector<LocalModel>& models) {
  std::string paths;
  for (const LocalModel& model : models) paths += (paths.empty() ? "" : ", ") + model.path.string();
  return {ErrorKind::conflict, "several models have this name", name,
          "Give the path of one of: " + paths};
}

// The single GGUF file of a folder that holds no config.json.
Result<fs::path> only_model_file(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure))
    if (entry.path().extension() == ".gguf") files.push_back(entry.path());
  if (files.size() == 1) return files[0];
  for (const auto& entry : fs::directory_iterator(folder, failure))
    if (files.empty() && is_pickled(entry.path())) return pickled_weights(entry.path());
  return Error{ErrorKind::not_found,
               files.empty() ? "holds neither config.json nor a GGUF file"
                             : "holds several GGUF files and no config.json",
               folder.string(), "Give a GGUF file or the folder of a saved model"};
}

// In the hub's cache a folder is named by its commit.
std::string adapter_name(const fs::path& folder) {
  const fs::path snapshots = folder.parent_path();
  if (snapshots.filename() == "snapshots")
    if (std::string name = hub_name(snapshots.parent_path()); !name.empty()) return name;
  return folder.filename().string();
}

// The base model under the adapter's name; its weights with the adapter's merged into them.
Result<LocalModel> inspect_adapter(const fs::path& given) {
  const fs::path folder = given.has_filename() ? given : given.parent_path();
  LOOM_TRY(const fs::path base, adapter_base(folder));
  const fs::path matrices = folder / "adapter_model.safetensors";
  auto file = SafetensorsFile::open(matrices);
  AdapterParts parts{folder, {}};
  if (file) parts.matrices = *file;
  LOOM_TRY(LocalModel model, inspect_hugging_face_folder(base, &parts));
  std::error_code absent;
  const auto bytes = fs::file_size(matrices, absent);
  if (model.problem.empty() && !file)
    model.problem = absent ? "The folder has no adapter_model.safetensors" : describe(file.error());
  if (!absent) model.file_bytes += bytes;
  model.name = adapter_name(folder);
  model.path = folder;
  model.adapter_base = base;
  model.weight_type += " + LoRA";
  model.supported = model.supported && model.problem.empty();
  return model;
}

}  // namespace

Result<LocalModel> inspect_model(const fs::path& path) {
  std::error_code failure;
  if (!fs::exists(path, failure))
    return Error{ErrorKind::not_found, "does not exist", path.string(),
                 "Check the spelling of the path"};
  if (!fs::is_directory(path, failure))
    return is_pickled(path) ? Result<LocalModel>(pickled_weights(path)) : inspect_gguf(path);
  if (fs::exists(path / "config.json", failure)) return inspect_hugging_face_folder(path);
  if (is_adapter(path)) return inspect_adapter(path);
  const fs::path snapshot = hub_name(path).empty() ? fs::path() : hub_snapshot(path);
  if (!snapshot.empty()) return inspect_model(snapshot);
  LOOM_TRY(const fs::path file, only_model_file(path));
  return inspect_gguf(file);
}

Result<LocalModel> resolve_model(const std::string& name_or_path,
                                 const std::vector<fs::path>& folders) {
  constexpr std::string_view kHub = "hf:";
  const bool from_hub = name_or_path.starts_with(kHub);
  const std::string name = from_hub ? name_or_path.substr(kHub.size()) : name_or_path;
  std::error_code failure;
  if (!from_hub && !name.empty() && fs::exists(name, failure))
    return inspect_model(fs::absolute(name).lexically_normal());
  std::vector<LocalModel> fitting = find_models(folders);
  const std::string wanted = lower(name);
  std::erase_if(fitting, [&](const LocalModel& model) {
    return from_hub ? lower(model.name) != wanted : !is_called(model, wanted);
  });
  if (fitting.empty()) return not_here(name_or_path, folders);
  if (fitting.size() > 1) return several(name_or_path, fitting);
  return fitting.front();
}

const LocalModel* smallest_answering(const std::vector<LocalModel>& models) {
  const LocalModel* smallest = nullptr;
  for (const LocalModel& model : models)
    if (model.can_answer() && (!smallest || model.parameters < smallest->parameters))
      smallest = &model;
  return smallest;
}

Result<LocalModel> resolve_answering_model(const std::string& name_or_path,
                                           const std::vector<fs::path>& folders) {
  LOOM_TRY(LocalModel model, resolve_model(name_or_path, folders));
  if (!model.supported)
    return Error{ErrorKind::unsupported, "the model cannot run: " + model.problem,
                 model.path.string(), "loomscope-cli models ls shows what can"};
  if (!model.answers)
    return Error{ErrorKind::unsupported, "the model is an encoder and gives no answers",
                 model.path.string(),
                 "Choose a model that generates text; encoders serve score --metric bertscore"};
  return model;
}

}  // namespace loom

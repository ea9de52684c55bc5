#include "core/model_files/adapter_folder.h"

#include "core/base/hub_folders.h"
#include "core/base/text_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr const char* kConfig = "adapter_config.json";

bool holds_model(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "config.json", ignored);
}

fs::path in_hub_cache(const std::string& name) {
  const size_t slash = name.find('/');
  if (slash == std::string::npos || name.find("..") != std::string::npos) return {};
  std::string entry = "models--" + name;
  return hub_snapshot(hub_cache_folder() / entry.replace(entry.find('/'), 1, "--"));
}

}  // namespace

bool is_adapter(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / kConfig, ignored) && !holds_model(folder);
}

Result<fs::path> adapter_base(const fs::path& folder) {
  LOOM_TRY(const nlohmann::json config, read_json(folder / kConfig));
  const std::string where = (folder / kConfig).string();
  auto named = config.is_object() ? config.find("base_model_name_or_path") : config.end();
  if (named == config.end() || !named->is_string() || named->get<std::string>().empty())
    return Error{ErrorKind::corrupt, "the field base_model_name_or_path is missing", where,
                 "It names the model that the adapter was trained on"};
  const auto name = named->get<std::string>();
  for (const fs::path& place :
       {fs::path(name), folder / name,
        fs::absolute(folder).parent_path() / fs::path(name).filename(), in_hub_cache(name)})
    if (!place.empty() && holds_model(place)) return place;
  return Error{ErrorKind::not_found, "the adapter's base model " + name + " is not on this disk",
               where,
               "Fetch it with loomscope-cli models add hf:" + name +
                   ", or put its folder beside the adapter's"};
}

Result<fs::path> text_folder(const fs::path& model) {
  if (!is_adapter(model)) return model;
  std::error_code ignored;
  for (const char* name : {"tokenizer.json", "tokenizer.model"})
    if (fs::exists(model / name, ignored)) return model;
  return adapter_base(model);
}

}  // namespace loom

#include "core/models/adapter.h"

#include <ATen/ops/addmm.h>

#include <cmath>

#include "core/base/text_file.h"
#include "core/models/model_fields.h"
#include "core/tokenizer/pattern.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::string_view kPrefix = "base_model.model.", kDown = ".lora_A.weight",
                           kUp = ".lora_B.weight";

// A value for all modules, and others for those whose name fits a pattern.
struct PerModule {
  double standard = 0;
  std::vector<std::pair<std::shared_ptr<const Pattern>, double>> patterns;

  // A pattern fits a module's whole name or its last parts.
  double of(const std::string& module) const {
    for (const auto& [pattern, value] : patterns) {
      bool fits = false;
      pattern->each_match(module, [&](size_t begin, size_t end) {
        fits = fits || (begin == 0 && end == module.size());
      });
      if (fits) return value;
    }
    return standard;
  }
};

void read_per_module(ModelFields& fields, const char* all, const char* some, PerModule& value) {
  constexpr size_t kLongest = 256;
  value.standard = fields.number({all});
  const json patterns = fields.value({some});
  for (const auto& [key, number] : patterns.items()) {
    auto pattern = Pattern::compile("^(.*\\.)?(" + key.substr(key.starts_with('^') ? 1 : 0) + ")$");
    if (!number.is_number() || key.size() > kLongest || !pattern)
      return fields.fail(ErrorKind::corrupt, std::string("the field ") + some + " has " + key +
                                                 ", which is not understood");
    value.patterns.emplace_back(*pattern, number.get<double>());
  }
}

struct Settings {
  PerModule rank, alpha;
  bool stabilised = false;

  double scale(const std::string& module, int64_t r) const {
    const double own = stabilised ? std::sqrt(static_cast<double>(r)) : static_cast<double>(r);
    return alpha.of(module) / own;
  }
};

// What only training, files or other programs need.
void ignore_fields(ModelFields& fields) {
  for (const char* name : {"auto_mapping",       "base_model_name_or_path",
                           "corda_config",       "eva_config",
                           "inference_mode",     "init_lora_weights",
                           "layers_pattern",     "layers_to_transform",
                           "exclude_modules",    "loftq_config",
                           "lora_dropout",       "megatron_config",
                           "megatron_core",      "modules_to_save",
                           "peft_version",       "revision",
                           "runtime_config",     "target_modules",
                           "task_type",          "qalora_group_size",
                           "ensure_weight_tying"})
    fields.ignore({name});
}

Result<Settings> read_settings(const fs::path& folder) {
  const fs::path file = folder / "adapter_config.json";
  LOOM_TRY(json root, read_json(file));
  ModelFields fields(std::move(root), file.string());
  Settings settings;
  ignore_fields(fields);
  fields.only({"peft_type"}, "LORA");
  for (const char* name :
       {"use_dora", "fan_in_fan_out", "lora_bias", "use_qalora", "alora_invocation_tokens"})
    fields.only({name}, false);
  for (const char* name :
       {"layer_replication", "trainable_token_indices", "target_parameters", "arrow_config"}) {
    const json value = fields.value({name});
    if (!value.is_null() && !(value.is_array() && value.empty()))
      fields.fail(ErrorKind::unsupported, std::string("the field ") + name + " is " + value.dump() +
                                              ", which is not known");
  }
  fields.text({"bias"}, "none");  // trained biases are stored whole and take the base's place
  settings.stabilised = fields.boolean({"use_rslora"}, false);
  read_per_module(fields, "r", "rank_pattern", settings.rank);
  read_per_module(fields, "lora_alpha", "alpha_pattern", settings.alpha);
  LOOM_CHECK(fields.finish());
  return settings;
}

Error mismatch(const fs::path& folder, const std::string& tensor, const std::string& why) {
  return {ErrorKind::invalid_input, "the adapter's " + tensor + " " + why, folder.string(),
          "Adapter and base model do not belong together: check base_model_name_or_path"};
}

Status merge_one(const fs::path& folder, const std::string& module, const DerivedTensor& down,
                 const DerivedTensor& up, const Settings& settings, Weights& base) {
  const std::string target = module + ".weight";
  if (!base.has(target))
    return mismatch(folder, module, "changes a tensor that the base does not have");
  LOOM_TRY(DerivedTensor before, base.present(target));
  if (down.shape.size() != 2 || up.shape.size() != 2 || before.shape.size() != 2 ||
      down.shape[0] != up.shape[1] || down.shape[0] < 1 || down.shape[1] != before.shape[1] ||
      up.shape[0] != before.shape[0])
    return mismatch(folder, module, "does not fit the base's shape");
  if (settings.rank.of(module) != static_cast<double>(down.shape[0]))
    return mismatch(folder, module, "has another rank than adapter_config.json says");
  const double scale = settings.scale(module, down.shape[0]);
  auto merged = [before, down, up, scale]() -> Result<at::Tensor> {
    LOOM_TRY(const at::Tensor weight, before.make());
    LOOM_TRY(const at::Tensor a, down.make());
    LOOM_TRY(const at::Tensor b, up.make());
    return at::addmm(weight.to(at::kFloat), b, a, 1, scale);
  };
  base.derive(target, {target}, {before.shape, merged});
  return {};
}

// "base_model.model.model.layers.0.q_proj.lora_A.weight" as "model.layers.0.q_proj".
std::string module_of(const std::string& name, std::string_view ending) {
  return name.substr(kPrefix.size(), name.size() - kPrefix.size() - ending.size());
}

}  // namespace

Status merge_adapter(const fs::path& folder, Weights& base) {
  LOOM_TRY(const Settings settings, read_settings(folder));
  LOOM_TRY(SafetensorsFile file, SafetensorsFile::open(folder / "adapter_model.safetensors"));
  const Weights own = Weights::from({std::move(file)});
  for (const std::string& name : own.stored_names()) {
    if (!name.starts_with(kPrefix)) return mismatch(folder, name, "is not a LoRA matrix");
    LOOM_TRY(DerivedTensor part, own.present(name));
    if (name.ends_with(kUp)) {
      if (!own.has(name.substr(0, name.size() - kUp.size()) + std::string(kDown)))
        return mismatch(folder, name, "has no other half");
    } else if (name.ends_with(kDown)) {
      const std::string module = module_of(name, kDown);
      const std::string other = name.substr(0, name.size() - kDown.size()) + std::string(kUp);
      if (!own.has(other)) return mismatch(folder, name, "has no other half");
      LOOM_TRY(const DerivedTensor up, own.present(other));
      LOOM_CHECK(merge_one(folder, module, part, up, settings, base));
    } else {  // stored whole
      const std::string target = name.substr(kPrefix.size());
      if (!base.has(target)) return mismatch(folder, target, "is no tensor of the base");
      LOOM_TRY(const DerivedTensor before, base.present(target));
      if (before.shape != part.shape)
        return mismatch(folder, target, "does not fit the base's shape");
      base.derive(target, {target}, std::move(part));
    }
  }
  return {};
}

}  // namespace loom

#include "core/models/adapter.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/norm.h>

#include <cmath>
#include <map>

#include "core/base/text_file.h"
#include "core/models/model_fields.h"
#include "core/tokenizer/pattern.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::string_view kPrefix = "base_model.model.";

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
  bool magnitudes = false;  // DoRA

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
  for (const char* name : {"fan_in_fan_out", "lora_bias", "use_qalora", "alora_invocation_tokens"})
    fields.only({name}, false);
  settings.magnitudes = fields.boolean({"use_dora"}, false);
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

// Unmerged, the reference changes what is embedded alone; merged, the head too.
Error shared_embedding(const fs::path& folder, const std::string& name) {
  return {ErrorKind::unsupported,
          "the adapter changes the embedding " + name + ", which the base's head shares",
          folder.string(), "Merge the adapter with the program that trained it"};
}

// What an adapter stores of one module. Of an embedding, A's columns are tokens.
struct ModuleParts {
  std::optional<DerivedTensor> down, up, magnitude;
  bool embedding = false;
};

// DoRA (arXiv 2402.09353): the changed matrix's rows get the lengths that were learnt.
at::Tensor with_magnitudes(const at::Tensor& changed, const at::Tensor& magnitudes) {
  return changed *
         (magnitudes.to(at::kFloat).unsqueeze(1) / changed.norm(2, at::IntArrayRef{1}, true));
}

Status check_module(const fs::path& folder, const std::string& module, const ModuleParts& parts,
                    const DerivedTensor& before, const Settings& settings) {
  const auto &down = parts.down->shape, &up = parts.up->shape;
  if (down.size() != 2 || up.size() != 2 || before.shape.size() != 2 || down[0] != up[1] ||
      down[0] < 1)
    return mismatch(folder, module, "does not fit the base's shape");
  const int64_t rows = parts.embedding ? down[1] : up[0],
                columns = parts.embedding ? up[0] : down[1];
  if (before.shape != std::vector<int64_t>{rows, columns})
    return mismatch(folder, module, "does not fit the base's shape");
  if (settings.rank.of(module) != static_cast<double>(down[0]))
    return mismatch(folder, module, "has another rank than adapter_config.json says");
  if (parts.magnitude.has_value() != settings.magnitudes)
    return mismatch(
        folder, module,
        settings.magnitudes ? "has no magnitudes" : "has magnitudes, and use_dora is off");
  if (!parts.magnitude) return {};
  if (parts.embedding)
    return Error{ErrorKind::unsupported, "the adapter changes the embedding " + module + " by DoRA",
                 folder.string(), "DoRA of other modules is read"};
  if (parts.magnitude->shape != std::vector<int64_t>{rows})
    return mismatch(folder, module, "does not have one magnitude per row");
  return {};
}

Status merge_module(const fs::path& folder, const std::string& module, const ModuleParts& parts,
                    const Settings& settings, Weights& base) {
  const std::string target = module + ".weight";
  if (!parts.down || !parts.up) return mismatch(folder, module, "has no other half");
  if (!base.has(target))
    return mismatch(folder, module, "changes a tensor that the base does not have");
  LOOM_TRY(DerivedTensor before, base.present(target));
  LOOM_CHECK(check_module(folder, module, parts, before, settings));
  const double scale = settings.scale(module, parts.down->shape[0]);
  auto merged = [before, parts, scale]() -> Result<at::Tensor> {
    LOOM_TRY(const at::Tensor weight, before.make());
    LOOM_TRY(at::Tensor right, parts.down->make());
    LOOM_TRY(at::Tensor left, parts.up->make());
    if (parts.embedding) {
      std::swap(left, right);
      left = left.t(), right = right.t();
    }
    at::Tensor changed =
        at::addmm(weight.to(at::kFloat), left.to(at::kFloat), right.to(at::kFloat), 1, scale);
    if (!parts.magnitude) return changed;
    LOOM_TRY(const at::Tensor magnitudes, parts.magnitude->make());
    return with_magnitudes(changed, magnitudes);
  };
  base.derive(target, {target}, {before.shape, merged});
  return {};
}

// Takes a tensor's place whole: what was trained without matrices, or an embedding kept beside
// them.
Status replace_whole(const fs::path& folder, const std::string& name, DerivedTensor part,
                     bool tied_head, Weights& base) {
  constexpr std::string_view kKept = ".base_layer.weight";
  std::string target = name;
  if (target.ends_with(kKept)) target = target.substr(0, target.size() - kKept.size()) + ".weight";
  if (!base.has(target)) return mismatch(folder, target, "is no tensor of the base");
  if (tied_head && target.ends_with("embed_tokens.weight")) return shared_embedding(folder, target);
  LOOM_TRY(const DerivedTensor before, base.present(target));
  if (before.shape != part.shape) return mismatch(folder, target, "does not fit the base's shape");
  base.derive(target, {target}, std::move(part));
  return {};
}

// Where a tensor of this name belongs; nothing where it is stored whole. The module's name is what
// stands before the ending.
std::optional<DerivedTensor>* place_of(const std::string& name,
                                       std::map<std::string, ModuleParts>& modules) {
  struct Ending {
    std::string_view text;
    std::optional<DerivedTensor> ModuleParts::*part;
    bool embedding;
  };
  static constexpr Ending endings[] = {{".lora_A.weight", &ModuleParts::down, false},
                                       {".lora_B.weight", &ModuleParts::up, false},
                                       {".lora_magnitude_vector", &ModuleParts::magnitude, false},
                                       {".lora_embedding_A", &ModuleParts::down, true},
                                       {".lora_embedding_B", &ModuleParts::up, true}};
  for (const Ending& ending : endings) {
    if (!name.ends_with(ending.text)) continue;
    ModuleParts& parts = modules[name.substr(0, name.size() - ending.text.size())];
    parts.embedding = parts.embedding || ending.embedding;
    return &(parts.*ending.part);
  }
  return nullptr;
}

}  // namespace

Status merge_adapter(const fs::path& folder, bool tied_head, Weights& base) {
  LOOM_TRY(const Settings settings, read_settings(folder));
  std::error_code ignored;
  const fs::path matrices = folder / "adapter_model.safetensors", pickled = folder / "adapter_model.bin";
  if (!fs::exists(matrices, ignored) && fs::exists(pickled, ignored)) return pickled_weights(pickled);
  LOOM_TRY(SafetensorsFile file, SafetensorsFile::open(matrices));
  const Weights own = Weights::from({std::move(file)});
  std::map<std::string, ModuleParts> modules;
  for (const std::string& name : own.stored_names()) {
    if (!name.starts_with(kPrefix)) return mismatch(folder, name, "is not a LoRA matrix");
    LOOM_TRY(DerivedTensor part, own.present(name));
    const std::string inside = name.substr(kPrefix.size());
    if (auto* place = place_of(inside, modules)) {
      *place = std::move(part);
    } else {
      LOOM_CHECK(replace_whole(folder, inside, std::move(part), tied_head, base));
    }
  }
  for (const auto& [module, parts] : modules) {
    if (parts.embedding && tied_head) return shared_embedding(folder, module);
    LOOM_CHECK(merge_module(folder, module, parts, settings, base));
  }
  return {};
}

}  // namespace loom

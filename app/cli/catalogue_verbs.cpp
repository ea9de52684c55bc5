// models: what is on this machine.
#include <filesystem>
#include <iostream>

#include "app/cli/catalogue_arguments.h"
#include "app/cli/fetch_verbs.h"
#include "app/cli/inspect_model.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/file_paths.h"
#include "core/catalog/local_models.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

nlohmann::json json_of(const LocalModel& model) {
  return {{"path", model.path.string()},
          {"name", model.name},
          {"architecture", model.architecture},
          {"weight_type", model.weight_type},
          {"supported", model.supported},
          {"problem", model.problem},
          {"answers", model.answers},
          {"parameters", model.parameters},
          {"file_bytes", model.file_bytes},
          {"window_tokens", model.window_tokens},
          {"recurrent", model.recurrent},
          {"layers", model.layers},
          {"kv_heads", model.kv_heads},
          {"head_dim", model.head_dim},
          {"hidden", model.hidden},
          {"vocabulary", model.vocabulary},
          {"has_chat_template", model.has_chat_template}};
}

void print_model(const LocalModel& model) {
  std::cout << model.name << "  " << model.architecture << "  " << model.weight_type << "  "
            << model.file_bytes / 1000000 << " MB  "
            << (model.recurrent ? "no window" : "window " + std::to_string(model.window_tokens))
            << (!model.supported ? "  cannot run: " + model.problem
                : model.answers  ? ""
                                 : "  encoder, gives no answers")
            << "\n    " << model.path.string() << std::endl;
}

Result<int> list_models(const Invocation& invocation) {
  auto found = find_models(model_folders(invocation));
  if (invocation.has("json")) {
    nlohmann::json json = nlohmann::json::array();
    for (const LocalModel& model : found) json.push_back(json_of(model));
    print_json(invocation, {{"models", json}});
    return kFinished;
  }
  if (found.empty()) std::cerr << "No model was found in " << paths::models().string() << std::endl;
  for (const LocalModel& model : found) print_model(model);
  return kFinished;
}

Result<int> add_one(const Invocation& invocation) {
  LOOM_TRY(const LocalModel model, add_model(invocation));
  if (invocation.has("json")) {
    print_json(invocation, {{"model", json_of(model)}});
  } else {
    print_model(model);
  }
  return kFinished;
}

Result<int> inspect_one(const Invocation& invocation) {
  if (invocation.positional.size() < 2) return needs("model", "models inspect", "models");
  const auto model = resolve_model(invocation.positional[1], model_folders(invocation));
  if (!model) return refuse_if_missing(invocation, model.error());
  return inspect_model_in_full(invocation, *model, json_of(*model));
}

Result<int> remove_model(const Invocation& invocation) {
  if (invocation.positional.size() < 2) return needs("model", "models remove", "models");
  const auto model = resolve_model(invocation.positional[1], {paths::models()});
  if (!model) return refuse_if_missing(invocation, model.error());
  std::error_code error;
  const fs::path inside = fs::relative(model->path, paths::models(), error);
  // "." is the folder itself: all models would go with it.
  if (error || inside.empty() || *inside.begin() == ".." || *inside.begin() == ".")
    return Error{ErrorKind::invalid_input, "only models in the program's own folder are removed",
                 model->path.string(), "Remove it where it was put"};
  fs::remove_all(model->path, error);
  if (error)
    return Error{ErrorKind::io, error.message(), model->path.string(),
                 "Give yourself the right to write its folder"};
  if (invocation.has("json"))
    print_json(invocation, {{"removed", model->path.string()}});
  else
    std::cout << "Removed " << model->path.string() << std::endl;
  return kFinished;
}

}  // namespace

Result<int> models(const Invocation& invocation) {
  const std::string action = action_of(invocation);
  Result<int> (*run)(const Invocation&) = action == "ls"        ? list_models
                                          : action == "inspect" ? inspect_one
                                          : action == "remove"  ? remove_model
                                          : action == "add"     ? add_one
                                                                : nullptr;
  if (!run)
    return unknown_action(invocation,
                          "ls, add hf:ORG/NAME[@REVISION], inspect MODEL, remove MODEL");
  LOOM_CHECK(check_count(invocation, action == "ls" ? 1 : 2));
  LOOM_CHECK(check_uses(invocation, {{"file", " add "},
                                     {"offline", " add "},
                                     {"length", " inspect "},
                                     {"no_hash", " inspect "}}));
  return run(invocation);
}

}  // namespace loom::cli

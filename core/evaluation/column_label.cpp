#include "core/evaluation/column_label.h"

#include <algorithm>

#include "core/evaluation/model_name.h"

namespace loom {
namespace {

// With its parameters where the plan has the method with others, too.
std::string label_of_method(const std::vector<PlanMethod>& methods, const PlanMethod& method) {
  const auto same = [&](const PlanMethod& other) { return other.id == method.id; };
  if (std::count_if(methods.begin(), methods.end(), same) < 2) return method.id;
  std::string parameters;
  if (method.parameters.is_object())
    for (const auto& [key, value] : method.parameters.items())
      parameters += (parameters.empty() ? "" : ", ") + key + " " +
                    (value.is_string() ? value.get<std::string>() : value.dump());
  return method.id + " (" + (parameters.empty() ? "as it is" : parameters) + ")";
}

}  // namespace

std::string distinct_name(const std::vector<PlanModel>& models, const PlanModel& model) {
  const std::string name = model_name(model);
  bool other_path = false, other_template = false;
  for (const PlanModel& other : models) {
    if (&other == &model || model_name(other) != name) continue;
    other_path = other_path || other.path != model.path;
    other_template = other_template || other.chat_template != model.chat_template;
  }
  std::string apart = other_path ? model.path : "";
  if (other_template) apart += (apart.empty() ? "template " : ", template ") + model.chat_template;
  return apart.empty() ? name : name + " (" + apart + ")";
}

std::string column_label(const EvaluationPlan& plan, const Job& job) {
  std::string label = distinct_name(plan.models, plan.models.at(static_cast<size_t>(job.model)));
  if (plan.servers.size() > 1)
    label +=
        " · " + label_of_method(plan.servers, plan.servers.at(static_cast<size_t>(job.server)));
  const PlanMethod& augmentation = plan.augmentations.at(static_cast<size_t>(job.augmentation));
  if (augmentation.id != "none") label += " · " + label_of_method(plan.augmentations, augmentation);
  return label;
}

}  // namespace loom

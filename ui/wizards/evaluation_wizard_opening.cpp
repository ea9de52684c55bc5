// Opening a plan that was saved or that an earlier run had, and saying what of it cannot be taken
// over, on the page concerned.
#include <QListWidget>

#include "ui/execution/workspace.h"
#include "ui/shell/field_message.h"
#include "ui/view_models/format.h"
#include "ui/wizards/evaluation_wizard.h"
#include "ui/wizards/models_step.h"

namespace loom::ui {
namespace {

// Where the wizard shows a part of the plan, by the place that a check names.
int step_of(const std::string& place) {
  constexpr const char* parts[] = {"benchmarks", "models", "servers", "augmentations"};
  for (int step = 0; step < 4; ++step)
    if (place.starts_with(parts[step])) return step;
  return 4;  // all others stand among the settings
}

// A list without entries: its page says so itself when it is left.
bool is_about_emptiness(const Error& error) {
  return error.where == "benchmarks" || error.where == "models" || error.where == "servers" ||
         error.where == "augmentations";
}

QString sentence_of(const Error& error) {
  QString sentence = text(error.message);
  if (!error.where.empty()) sentence = text(error.where) + QStringLiteral(": ") + sentence;
  if (!error.remedy.empty()) sentence += QStringLiteral(" (") + text(error.remedy) + u')';
  return sentence;
}

}  // namespace

void EvaluationWizard::open_plan(const EvaluationPlan& plan) {
  set_plan(plan);
  for (const Error& error : check_plan(plan, workspace_.catalog()))
    if (!is_about_emptiness(error)) plan_problems_[step_of(error.where)] << sentence_of(error);
  review_wanted_ = true;
  if (!models_->is_searching()) show_opened();
}

void EvaluationWizard::show_opened() {
  if (!review_wanted_) return;
  for (int i = 0; i < step_count(); ++i)
    if (const QStringList lost = step(i).not_taken(); !lost.isEmpty()) plan_problems_[i] << lost;
  const int last = step_count() - 1;
  int first = 0;
  while (first < last && step(first).is_complete() && !plan_problems_.contains(first)) ++first;
  furthest_ = last;  // every page is filled
  show_step(first);
  if (first < last) step(first).explain();
  take_as_given();
}

void EvaluationWizard::show_plan_problems() {
  const auto found = plan_problems_.find(current_step());
  problems_->set_message(
      found == plan_problems_.end()
          ? QString()
          : tr("Not everything of the opened plan could be taken over as it is:") +
                QStringLiteral("\n• ") + found->second.join(QStringLiteral("\n• ")));
}

}  // namespace loom::ui

#include "ui/wizards/models_step.h"

#include <QFileDialog>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/execution/workspace.h"
#include "ui/shell/field_message.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

size_t longest_prompt(const EvaluationPlan& plan, const Catalog& catalog) {
  size_t longest = 0;
  for (const PlanBenchmark& chosen : plan.benchmarks) {
    const BenchmarkDescription* benchmark = catalog.benchmark(chosen.id);
    if (!benchmark) continue;
    for (size_t length : chosen.lengths.empty() ? benchmark->default_lengths : chosen.lengths)
      longest = std::max(longest, length);
  }
  constexpr size_t kWithoutLength = 4096;
  return longest == 0 ? kWithoutLength : longest;
}

bool is_meant(const PlanModel& wanted, const LocalModel& model) {
  return wanted.path == model.path.string() || wanted.path == model.name ||
         wanted.path == "hf:" + model.name || wanted.path == model.path.stem().string();
}

}  // namespace

ModelsStep::ModelsStep(Workspace& workspace, QWidget* parent)
    : WizardStep(parent),
      workspace_(workspace),
      list_(new QListView(this)),
      state_(help_line(QString(), this)),
      message_(new FieldMessage(this)) {
  list_->setObjectName(QStringLiteral("model_list"));
  list_->setAccessibleName(tr("Models on this machine"));
  list_->setModel(&cards_);
  list_->setItemDelegate(new ModelCardDelegate(list_));
  list_->setUniformItemSizes(true);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  message_->setObjectName(QStringLiteral("models_message"));
  state_->setObjectName(QStringLiteral("models_state"));
  lay_out();
  connect(&finder_, &ModelFinder::found, this, &ModelsStep::show_found);
  connect(&cards_, &ModelCards::choice_changed, this, [this] {
    if (!choosing_) changed_ = true;
    if (is_complete()) message_->set_message({});
    Q_EMIT changed();
  });
  search();
}

void ModelsStep::lay_out() {
  auto* file = new QPushButton(tr("Add file…"), this);
  file->setObjectName(QStringLiteral("add_model_file"));
  file->setToolTip(tr("A GGUF file"));
  connect(file, &QPushButton::clicked, this, &ModelsStep::pick_file);
  auto* folder = new QPushButton(tr("Add folder…"), this);
  folder->setObjectName(QStringLiteral("add_model_folder"));
  folder->setToolTip(tr("A folder with a saved model, or one with several models below it"));
  connect(folder, &QPushButton::clicked, this, &ModelsStep::pick_folder);
  auto* row = new QHBoxLayout;
  row->addWidget(state_, 1);
  row->addWidget(file);
  row->addWidget(folder);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(list_, 1);
  column->addWidget(message_);
  column->addLayout(row);
}

void ModelsStep::search() {
  state_->setText(tr("Looking for models…"));
  finder_.search(workspace_.model_folders(), added_);
}

void ModelsStep::show_found(const std::vector<LocalModel>& models) {
  std::set<std::filesystem::path> chosen;
  for (const LocalModel& model : cards_.chosen()) chosen.insert(model.path);
  const bool wanted = !wanted_.empty();
  if (wanted) take_wanted(models, chosen);
  // Where there is one model only, it is the one that is meant, unless it was unticked before.
  std::vector<std::filesystem::path> answering;
  for (const LocalModel& model : models)
    if (model.can_answer()) answering.push_back(model.path);
  if (!wanted && cards_.models().empty() && answering.size() == 1) chosen.insert(answering.front());
  wanted_.clear();
  cards_.set_devices(finder_.devices());
  cards_.show_models(models);
  choose(chosen);
  QStringList places;
  for (const auto& folder : workspace_.model_folders()) places << text(folder.string());
  state_->setText(models.empty() ? tr("No model was found. Put a GGUF file or the folder of a "
                                      "saved model into one of: %1")
                                       .arg(places.join(QStringLiteral(", ")))
                  : models.size() == 1 ? tr("1 model found")
                                       : tr("%1 models found").arg(format_count(models.size())));
  // What the user adds explains itself here; an opened plan is explained by the wizard.
  if (wanted && changed_ && !not_taken_.isEmpty()) message_->set_message(not_taken_.front());
  Q_EMIT searched();
}

void ModelsStep::take_wanted(const std::vector<LocalModel>& models,
                             std::set<std::filesystem::path>& chosen) {
  not_taken_.clear();
  std::set<std::filesystem::path> taken;
  for (const PlanModel& wanted : wanted_) {
    auto found = std::find_if(models.begin(), models.end(),
                              [&](const LocalModel& model) { return is_meant(wanted, model); });
    if (found == models.end()) {
      not_taken_ << tr("The model %1 is not on this disk. Add its file or folder here, or fetch it "
                       "on the Models page.")
                        .arg(text(wanted.path));
    } else if (!found->can_answer()) {
      not_taken_ << (found->problem.empty()
                         ? tr("The model %1 gives no answers. Tick another.").arg(text(wanted.path))
                         : tr("The model %1 cannot run here: %2")
                               .arg(text(wanted.path), text(found->problem)));
    } else if (!taken.insert(found->path).second) {
      not_taken_ << tr("The model %1 is listed more than once; it is taken as the first time.")
                        .arg(text(wanted.path));
    } else {
      chosen.insert(found->path);
      as_planned_[found->path] = wanted;
    }
  }
}

// Ticks that are set here and not by the user.
void ModelsStep::choose(const std::set<std::filesystem::path>& paths) {
  choosing_ = true;
  cards_.choose(paths);
  choosing_ = false;
}

void ModelsStep::read(const EvaluationPlan& plan) {
  wanted_ = plan.models;
  as_planned_.clear();
  not_taken_.clear();
  for (const PlanModel& model : plan.models)
    if (std::filesystem::path(model.path).is_absolute()) added_.emplace_back(model.path);
  choose({});
  search();
}

void ModelsStep::write(EvaluationPlan& plan) const {
  plan.models.clear();
  for (const LocalModel& model : cards_.chosen()) {
    PlanModel one{model.path.string(), model.name, "auto"};
    if (const auto kept = as_planned_.find(model.path); kept != as_planned_.end()) {
      // A hub name means the same model on other machines too; other short names need not.
      if (kept->second.path.starts_with("hf:")) one.path = kept->second.path;
      if (!kept->second.name.empty()) one.name = kept->second.name;
      one.chat_template = kept->second.chat_template;
    }
    plan.models.push_back(std::move(one));
  }
}

bool ModelsStep::is_complete() const {
  return !cards_.chosen().empty();
}

void ModelsStep::explain() {
  if (is_complete()) return;
  message_->set_message(tr("Tick at least one model."));
  list_->setFocus(Qt::OtherFocusReason);
}

void ModelsStep::entered(const EvaluationPlan& plan) {
  cards_.set_sequence_tokens(longest_prompt(plan, workspace_.catalog()));
  cards_.set_used_devices(plan.devices);
}

void ModelsStep::add_model(const std::filesystem::path& path) {
  changed_ = true;
  added_.push_back(path);
  wanted_.push_back({path.string(), "", "auto"});
  search();
}

void ModelsStep::pick_file() {
  const QString file =
      QFileDialog::getOpenFileName(this, tr("Add a model file"), {}, tr("Models (*.gguf)"));
  if (!file.isEmpty()) add_model(file.toStdString());
}

void ModelsStep::pick_folder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Add a folder with models"));
  if (folder.isEmpty()) return;
  const std::filesystem::path path = folder.toStdString();
  std::error_code unreadable;
  if (std::filesystem::exists(path / "config.json", unreadable)) return add_model(path);
  workspace_.set_added_model_folders(workspace_.added_model_folders() << folder);
  search();
}

}  // namespace loom::ui

#include "ui/wizards/benchmarks_step.h"

#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <set>

#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/add_benchmark_dialog.h"
#include "ui/shell/field_message.h"
#include "ui/shell/icons.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"
#include "ui/view_models/splitter_state.h"
#include "ui/wizards/benchmark_checklist.h"
#include "ui/wizards/benchmark_panel.h"

namespace loom::ui {
namespace {

// Of a plan from elsewhere, what this benchmark can have; the wizard tells what it cannot.
PlanBenchmark usable(PlanBenchmark chosen, const BenchmarkDescription& benchmark) {
  if (benchmark.lengths.empty()) chosen.lengths.clear();
  if (chosen.suite.empty())  // a suite's own files may be shorter
    std::erase_if(chosen.lengths, [&](size_t length) { return length < benchmark.minimum_length; });
  if (!chosen.parameters.is_object()) chosen.parameters = nlohmann::json::object();
  nlohmann::json parameters = nlohmann::json::object();
  for (const auto& [key, value] : chosen.parameters.items()) {
    nlohmann::json alone = nlohmann::json::object();
    alone[key] = value;
    if (complete_parameters(benchmark.parameters, alone)) parameters[key] = value;
  }
  chosen.parameters = std::move(parameters);
  return chosen;
}

// A plan may ask some tasks of a benchmark at other lengths than the rest; here all are asked
// alike.
bool asked_alike(const PlanBenchmark& one, const PlanBenchmark& other) {
  return one.lengths == other.lengths && one.samples == other.samples &&
         one.parameters == other.parameters && one.suite == other.suite;
}

}  // namespace

BenchmarksStep::BenchmarksStep(Workspace& workspace, QWidget* parent)
    : WizardStep(parent),
      workspace_(workspace),
      search_(new QLineEdit(this)),
      tree_(new BenchmarkChecklist(this)),
      panel_(new BenchmarkPanel(workspace, this)),
      message_(new FieldMessage(this)) {
  search_->setObjectName(QStringLiteral("benchmark_search"));
  search_->setAccessibleName(tr("Search benchmarks and tasks"));
  search_->setPlaceholderText(tr("Search"));
  search_->setClearButtonEnabled(true);
  message_->setObjectName(QStringLiteral("benchmarks_message"));
  tree_->show_catalog(catalog(), workspace.data_folder());
  lay_out();
  connect(search_, &QLineEdit::textChanged, this, &BenchmarksStep::filter);
  connect(tree_, &BenchmarkChecklist::choice_changed, this, &BenchmarksStep::choice_changed);
  connect(tree_, &BenchmarkChecklist::benchmark_selected, this, [this](const QString& benchmark) {
    if (benchmark.toStdString() != shown_) select(benchmark.toStdString());
    panel_->show_examples(tree_->current_task());
  });
  connect(&workspace, &Workspace::folders_changed, tree_,
          [this, &workspace] { tree_->show_data(catalog(), workspace.data_folder()); });
  connect(&workspace, &Workspace::catalog_changed, this, &BenchmarksStep::show_new_catalog);
  connect(panel_, &BenchmarkPanel::changed, this, &BenchmarksStep::settings_changed);
}

void BenchmarksStep::lay_out() {
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  auto* row = new QHBoxLayout;
  row->addWidget(search_, 1);
  auto* add = new QToolButton(this);
  add->setObjectName(QStringLiteral("add_benchmark"));
  add->setText(tr("Add benchmark…"));
  add->setIcon(icon(Icon::add));
  add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  add->setAccessibleName(add->text());
  add->setToolTip(tr("From a file with questions, or from your own documents"));
  add->setFocusPolicy(Qt::StrongFocus);
  connect(add, &QToolButton::clicked, this, &BenchmarksStep::add_benchmark);
  create_language_chips(*row);
  create_suite_menu(*row);
  column->addLayout(row);
  column->addWidget(tree_, 1);
  column->addWidget(add, 0, Qt::AlignLeft);
  column->addWidget(message_);
  auto* splitter = new QSplitter(this);
  splitter->addWidget(left);
  splitter->addWidget(panel_);
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 2);
  splitter->setSizes({570, 360});
  splitter->setChildrenCollapsible(false);
  keep_splitter(*splitter, QStringLiteral("wizard/benchmarks"));
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(splitter);
}

void BenchmarksStep::create_language_chips(QHBoxLayout& row) {
  std::set<std::string> languages;
  for (const BenchmarkDescription& benchmark : catalog().benchmarks)
    for (const TaskDescription& task : benchmark.tasks) languages.insert(task.language);
  if (languages.size() < 2) return;
  for (const std::string& language : languages) {
    auto* chip = new QToolButton(this);
    chip->setCheckable(true);
    chip->setText(language_names({language}));
    chip->setToolTip(tr("Show only tasks in the chosen languages"));
    chip->setAccessibleName(tr("Show tasks in %1").arg(chip->text()));
    chip->setObjectName(QStringLiteral("language_") + text(language));
    chip->setProperty("language", text(language));
    connect(chip, &QToolButton::toggled, this, &BenchmarksStep::filter);
    row.addWidget(chip);
    languages_.push_back(chip);
  }
}

// A suite ticks its benchmarks and sets their lengths and samples; all can be changed afterwards.
void BenchmarksStep::create_suite_menu(QHBoxLayout& row) {
  if (catalog().suites.empty()) return;
  auto* button = new QToolButton(this);
  button->setObjectName(QStringLiteral("suites"));
  button->setText(tr("Suites"));
  button->setToolTip(tr("Choose the benchmarks of a suite"));
  button->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(button);
  menu->setToolTipsVisible(true);
  for (const SuiteDescription& suite : catalog().suites) {
    QAction* action = menu->addAction(text(suite.title));
    action->setToolTip(registry_text(suite.summary));
    connect(action, &QAction::triggered, this, [this, &suite] {
      EvaluationPlan plan;
      plan.benchmarks = benchmarks_of(suite, catalog(), workspace_.data_folder());
      read(plan);
      choice_changed();
    });
  }
  button->setMenu(menu);
  row.addWidget(button);
}

// What was chosen stays chosen, and the new benchmark with it.
void BenchmarksStep::add_benchmark() {
  AddBenchmarkDialog dialog(workspace_, this);
  if (dialog.exec() != QDialog::Accepted) return;
  const BenchmarkDescription* added = catalog().benchmark(dialog.benchmark_id());
  if (!added) return;
  std::vector<std::string> tasks;
  for (const TaskDescription& task : added->tasks) tasks.push_back(task.id);
  search_->clear();
  tree_->choose_tasks(added->id, tasks);
  tree_->go_to(added->id);
  choice_changed();
}

void BenchmarksStep::show_new_catalog() {
  EvaluationPlan plan;
  write(plan);
  tree_->show_catalog(catalog(), workspace_.data_folder());
  for (const PlanBenchmark& chosen : plan.benchmarks) {
    const BenchmarkDescription* benchmark = catalog().benchmark(chosen.id);
    if (!benchmark) continue;
    std::vector<std::string> tasks = chosen.tasks;
    if (tasks.empty())
      for (const TaskDescription& task : benchmark->tasks) tasks.push_back(task.id);
    tree_->choose_tasks(chosen.id, tasks);
  }
  filter();
}

const Catalog& BenchmarksStep::catalog() const {
  return workspace_.catalog();
}

void BenchmarksStep::filter() {
  QStringList languages;
  for (const QToolButton* chip : languages_)
    if (chip->isChecked()) languages << chip->property("language").toString();
  tree_->filter(search_->text(), languages);
}

void BenchmarksStep::read(const EvaluationPlan& plan) {
  settings_.clear();
  unfinished_.clear();
  not_taken_.clear();
  tree_->choose_nothing();
  std::set<std::string> from_suite;
  for (const PlanBenchmark& chosen : plan.benchmarks)
    if (!chosen.suite.empty()) from_suite.insert(chosen.id);
  tree_->take_from_suite(std::move(from_suite), catalog(), workspace_.data_folder());
  for (const PlanBenchmark& chosen : plan.benchmarks) {
    const BenchmarkDescription* benchmark = catalog().benchmark(chosen.id);
    if (!benchmark) continue;
    const PlanBenchmark asked = usable(chosen, *benchmark);
    const auto [first, fresh] = settings_.try_emplace(chosen.id, asked);
    if (!fresh && !asked_alike(first->second, asked))
      not_taken_
          << tr("%1 stands in the plan more than once, asked in different ways. All its tasks "
                "are asked as the first ones here; the command line runs the plan as it is.")
                 .arg(registry_text(benchmark->title, benchmark->custom != nullptr));
    std::vector<std::string> tasks = chosen.tasks;
    if (tasks.empty())
      for (const TaskDescription& task : benchmark->tasks) tasks.push_back(task.id);
    for (const std::string& task : tree_->chosen_tasks(chosen.id)) tasks.push_back(task);
    tree_->choose_tasks(chosen.id, tasks);
  }
  if (!plan.benchmarks.empty()) tree_->go_to(plan.benchmarks.front().id);
  select(tree_->current_benchmark());
  panel_->show_examples(tree_->current_task());
}

void BenchmarksStep::write(EvaluationPlan& plan) const {
  plan.benchmarks.clear();
  for (const BenchmarkDescription& benchmark : catalog().benchmarks) {
    std::vector<std::string> tasks = tree_->chosen_tasks(benchmark.id);
    if (tasks.empty()) continue;
    auto kept = settings_.find(benchmark.id);
    PlanBenchmark chosen = kept == settings_.end() ? PlanBenchmark{} : kept->second;
    chosen.id = benchmark.id;
    chosen.tasks = tasks.size() == benchmark.tasks.size() ? std::vector<std::string>{} : tasks;
    plan.benchmarks.push_back(std::move(chosen));
  }
}

bool BenchmarksStep::is_complete() const {
  return tree_->count_chosen() > 0 && first_unfinished().empty() && first_without_data().empty();
}

void BenchmarksStep::explain() {
  message_->set_message({});
  if (tree_->count_chosen() == 0) {
    message_->set_message(tr("Tick at least one task."));
    return tree_->setFocus(Qt::OtherFocusReason);
  }
  const std::string unfinished = first_unfinished();
  const std::string wrong = unfinished.empty() ? first_without_data() : unfinished;
  if (!wrong.empty() && wrong != shown_) tree_->go_to(wrong);
  if (!unfinished.empty()) return panel_->focus_first_problem();
  const BenchmarkDescription* benchmark = catalog().benchmark(wrong);
  if (!benchmark) return;
  message_->set_message(tr("%1 has no data of the ticked tasks at these lengths. Choose others.")
                            .arg(registry_text(benchmark->title, benchmark->custom != nullptr)));
  panel_->focus_lengths();
}

std::string BenchmarksStep::first_unfinished() const {
  for (const auto& [benchmark, draft] : unfinished_)
    if (!tree_->chosen_tasks(benchmark).empty()) return benchmark;
  return {};
}

// By the check that a run begins with.
std::string BenchmarksStep::first_without_data() const {
  EvaluationPlan plan;
  write(plan);
  for (const Error& error : check_plan(plan, catalog()))
    for (size_t i = 0; i < plan.benchmarks.size(); ++i)
      if (error.where == "benchmarks[" + std::to_string(i) + "].lengths")
        return plan.benchmarks[i].id;
  return {};
}

void BenchmarksStep::select(const std::string& benchmark) {
  shown_ = benchmark;
  const BenchmarkDescription* description = catalog().benchmark(benchmark);
  if (!description) return panel_->show_nothing();
  if (auto draft = unfinished_.find(benchmark); draft != unfinished_.end()) {
    panel_->show_draft(*description, draft->second);
  } else {
    panel_->show_benchmark(*description, settings_[benchmark]);
  }
}

void BenchmarksStep::settings_changed() {
  PlanBenchmark settings = panel_->settings();
  if (settings.id.empty()) return;
  if (panel_->is_valid()) {
    settings_[settings.id] = settings;
    unfinished_.erase(settings.id);
    if (tree_->count_chosen() > 0) message_->set_message({});
  } else {
    unfinished_[settings.id] = panel_->draft();
  }
  Q_EMIT changed();
}

void BenchmarksStep::choice_changed() {
  if (tree_->count_chosen() > 0) message_->set_message({});
  Q_EMIT changed();
}

}  // namespace loom::ui

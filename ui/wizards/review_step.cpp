#include "ui/wizards/review_step.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/execution/workspace.h"
#include "ui/shell/field_message.h"
#include "ui/shell/scroll_area.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/wizards/plan_words.h"

namespace loom::ui {
namespace {
const QString kUnknown = QStringLiteral("–");
constexpr int kFiguresPerRow = 3;
}  // namespace

ReviewStep::ReviewStep(const Workspace& workspace, QWidget* parent)
    : WizardStep(parent),
      workspace_(workspace),
      name_(new QLineEdit(this)),
      tags_(new QLineEdit(this)),
      warnings_(new QLabel(this)),
      problem_(new FieldMessage(this)) {
  name_->setObjectName(QStringLiteral("run_name"));
  name_->setAccessibleName(tr("Name of the run"));
  connect(name_, &QLineEdit::textEdited, this, [this](const QString& name) {
    named_by_user_ = !name.trimmed().isEmpty();
    Q_EMIT changed();
  });
  tags_->setObjectName(QStringLiteral("run_tags"));
  tags_->setAccessibleName(tr("Tags of the run"));
  tags_->setPlaceholderText(tr("to find the run again, with commas between"));
  connect(tags_, &QLineEdit::textEdited, this, &ReviewStep::changed);
  warnings_->setObjectName(QStringLiteral("warnings"));
  warnings_->setWordWrap(true);
  warnings_->setTextFormat(Qt::PlainText);
  problem_->setObjectName(QStringLiteral("review_problem"));
  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 12, 0);
  column->setSpacing(16);
  // A form would not ask a long list for its height again when its words come.
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(spacing::large);
  grid->setVerticalSpacing(spacing::small);
  grid->setColumnStretch(1, 1);
  add_row(*grid, tr("Name"), *name_);
  add_row(*grid, tr("Tags"), *tags_);
  add_part(*grid, "benchmarks", tr("Benchmarks"), 0);
  add_part(*grid, "models", tr("Models"), 1);
  add_part(*grid, "server", tr("Server"), 2);
  add_part(*grid, "augmentation", tr("Augmentation"), 3);
  add_part(*grid, "settings", tr("Settings"), 4);
  column->addWidget(create_figures());
  column->addWidget(problem_);
  column->addWidget(warnings_);
  column->addLayout(grid);
  column->addStretch(1);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(scrolled(content, this));
}

QWidget* ReviewStep::create_figures() {
  auto* card = new QFrame(this);
  card->setProperty("card", true);
  card->setFrameShape(QFrame::StyledPanel);
  auto* grid = new QGridLayout(card);
  grid->setContentsMargins(16, 12, 16, 12);
  grid->setHorizontalSpacing(24);
  add_figure(*grid, "jobs", tr("Jobs"));
  add_figure(*grid, "samples", tr("Samples"));
  add_figure(*grid, "tokens", tr("Prompt tokens"));
  add_figure(*grid, "shared", tr("Shared between samples"));
  add_figure(*grid, "time", tr("Predicted time"));
  add_figure(*grid, "memory", tr("Predicted memory"));
  return card;
}

void ReviewStep::add_figure(QGridLayout& grid, const char* id, const QString& title) {
  auto* value = new QLabel(kUnknown, this);
  QFont large = value->font();
  large.setPointSizeF(large.pointSizeF() * 1.4);
  large.setBold(true);
  value->setFont(large);
  value->setObjectName(QStringLiteral("review_") + QLatin1String(id));
  value->setAccessibleName(title);
  const int index = static_cast<int>(figures_.size());
  const int row = index / kFiguresPerRow * 2, column = index % kFiguresPerRow;
  grid.addWidget(value, row, column);
  grid.addWidget(help_line(title, this), row + 1, column);
  figures_[id] = value;
}

void ReviewStep::add_row(QGridLayout& grid, const QString& title, QWidget& field, QWidget* change) {
  auto* label = new QLabel(title, this);
  label->setBuddy(&field);
  label->setMinimumHeight(spacing::control);
  const int row = grid.rowCount();
  grid.addWidget(label, row, 0, Qt::AlignTop);
  grid.addWidget(&field, row, 1, 1, change ? 1 : 2);
  if (change) grid.addWidget(change, row, 2, Qt::AlignTop);
}

void ReviewStep::add_part(QGridLayout& grid, const char* id, const QString& title, int step) {
  auto* words = new QLabel(this);
  // Their first line stands beside the title's and the button's.
  const int above = (spacing::control - words->fontMetrics().height()) / 2;
  words->setContentsMargins(0, above, 0, above);
  words->setObjectName(QStringLiteral("review_") + QLatin1String(id));
  words->setWordWrap(true);
  words->setTextFormat(Qt::PlainText);
  auto* change = new QToolButton(this);
  change->setText(tr("Change"));
  change->setAccessibleName(tr("Change %1").arg(title));
  change->setObjectName(QStringLiteral("change_") + QLatin1String(id));
  connect(change, &QToolButton::clicked, this, [this, step] { Q_EMIT change_wanted(step); });
  add_row(grid, title, *words, change);
  parts_[id] = words;
}

void ReviewStep::set_figure(const char* id, const QString& value) {
  figures_.at(id)->setText(value);
}

void ReviewStep::read(const EvaluationPlan& plan) {
  named_by_user_ = !plan.name.empty();
  name_->setText(text(plan.name));
  tags_->setText(joined(plan.tags));
}

void ReviewStep::write(EvaluationPlan& plan) const {
  const QString name = name_->text().trimmed();
  plan.name =
      (named_by_user_ && !name.isEmpty() ? name : suggested_name(plan, workspace_.catalog()))
          .toStdString();
  plan.tags.clear();
  for (const QString& tag : tags_->text().split(QLatin1Char(',')))
    if (!tag.trimmed().isEmpty()) plan.tags.push_back(tag.trimmed().toStdString());
}

void ReviewStep::entered(const EvaluationPlan& plan) {
  if (!named_by_user_) name_->setText(suggested_name(plan, workspace_.catalog()));
  parts_.at("benchmarks")->setText(benchmark_words(plan, workspace_.catalog()));
  parts_.at("models")->setText(model_words(plan));
  parts_.at("server")->setText(method_words(plan.servers, workspace_.catalog().servers));
  parts_.at("augmentation")
      ->setText(method_words(plan.augmentations, workspace_.catalog().augmentations));
  parts_.at("settings")->setText(settings_words(plan));
  const PlanCounts counts = count_plan(plan, workspace_.catalog());
  set_figure("jobs", format_count(counts.jobs));
  set_figure("samples", format_count(counts.samples));
}

void ReviewStep::show_estimating() {
  problem_->set_message({});
  for (const char* id : {"tokens", "shared", "time", "memory"}) set_figure(id, kUnknown);
  warnings_->setText(tr("Building the prompts and, the first time, measuring this machine…"));
  warnings_->show();
}

void ReviewStep::show_estimate(const RunEstimate& estimate) {
  problem_->set_message({});
  set_figure("samples", format_count(estimate.samples));
  set_figure("tokens", format_count(estimate.tokens));
  set_figure("shared", format_percent(estimate.shared_share));
  set_figure("time", time_words(estimate));
  set_figure("memory", tr("%1 of %2")
                           .arg(format_bytes(estimate.memory_bytes),
                                format_bytes(estimate.memory_free_bytes)));
  QStringList lines;
  if (estimate.remembered > 0)
    lines << (estimate.remembered == 1
                  ? tr("1 answer is there already, of an earlier run to the same request.")
                  : tr("%1 answers are there already, of earlier runs to the same requests.")
                        .arg(format_count(estimate.remembered)));
  lines << scoring_words(estimate);
  for (const std::string& warning : estimate.warnings)
    lines << QStringLiteral("⚠ ") + text(warning);
  warnings_->setText(lines.join(QLatin1Char('\n')));
  warnings_->setVisible(!lines.isEmpty());
}

void ReviewStep::show_problem(const QString& problem) {
  warnings_->hide();
  problem_->set_message(problem);
}

}  // namespace loom::ui

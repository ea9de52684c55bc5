#include "ui/pages/compare/compare_page.h"

#include <QCursor>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include "core/export/figure_caption.h"
#include "ui/charts/score_charts.h"
#include "ui/execution/workspace.h"
#include "ui/pages/compare/difference_view.h"
#include "ui/pages/compare/disagreements.h"
#include "ui/pages/compare/setting_differences.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"
#include "ui/shell/theme_colors.h"
#include "ui/view_models/format.h"
#include "ui/view_models/splitter_state.h"

namespace loom::ui {
namespace {

constexpr size_t kRunsOffered = 30;

QString provenance_words(const RunQueries& queries, const QList<qint64>& runs,
                         const std::vector<RunSummary>& summaries) {
  QStringList words;
  for (qsizetype i = 0; i < runs.size() && static_cast<size_t>(i) < summaries.size(); ++i)
    if (auto provenance = queries.provenance(runs[i]))
      words << QString::fromStdString(
          figure_provenance(summaries[static_cast<size_t>(i)], *provenance));
  return words.join(QStringLiteral("\n\n"));
}

}  // namespace

ComparePage::ComparePage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      history_(new HistoryReader(workspace.store_file(), this)),
      menu_(new QMenu(this)) {
  setObjectName(QStringLiteral("compare_page"));
  add_ = new QAction(tr("Add run…"), this);
  connect(add_, &QAction::triggered, this, [this] { menu_->popup(QCursor::pos()); });
  connect(menu_, &QMenu::aboutToShow, this, &ComparePage::fill_menu);
  create_tabs();
  message_ = new QLabel;
  message_->setAlignment(Qt::AlignCenter);
  message_->setWordWrap(true);
  stack_ = new QStackedWidget;
  stack_->addWidget(message_);
  stack_->addWidget(tabs_);
  shared_ = new QLabel;
  shared_->setObjectName(QStringLiteral("shared"));
  shared_->setWordWrap(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(spacing::page, 0, spacing::page, spacing::page);
  layout->setSpacing(spacing::small);
  layout->addWidget(create_chooser());
  layout->addWidget(create_warning());
  layout->addWidget(shared_);
  layout->addWidget(stack_, 1);
  connect(&workspace, &Workspace::runs_changed, this, &ComparePage::refresh);
  show_runs({});
}

QWidget* ComparePage::create_chooser() {
  auto* bar = new QWidget;
  chips_ = new QHBoxLayout(bar);
  chips_->setContentsMargins(0, 0, 0, 0);
  chips_->setSpacing(spacing::small);
  return bar;
}

QFrame* ComparePage::create_warning() {
  warning_ = new QFrame;
  warning_->setObjectName(QStringLiteral("settings_warning"));
  warning_->setAutoFillBackground(true);
  warning_->setFrameShape(QFrame::StyledPanel);
  auto* sign = new QLabel;
  sign->setPixmap(icon(Icon::warning, IconTone::warning).pixmap(18, 18));
  sign->setAccessibleName(tr("Warning"));
  warning_text_ = new QLabel;
  warning_text_->setTextFormat(Qt::PlainText);
  warning_text_->setWordWrap(true);
  auto* layout = new QHBoxLayout(warning_);
  layout->setContentsMargins(spacing::medium, spacing::small, spacing::medium, spacing::small);
  layout->addWidget(sign, 0, Qt::AlignTop);
  layout->addWidget(warning_text_, 1);
  warning_->hide();
  return warning_;
}

void ComparePage::create_tabs() {
  differences_ = new DifferenceView;
  radar_ = new RadarView;
  disagreements_ = new Disagreements(workspace_);
  connect(differences_, &ChartView::activated, this, &ComparePage::difference_activated);
  connect(disagreements_, &Disagreements::open_sample, this, &Page::open_sample);
  connect(disagreements_, &Disagreements::problem, this, &Page::problem);
  auto* charts = new QSplitter;
  charts->setChildrenCollapsible(false);
  charts->addWidget(differences_);
  charts->addWidget(radar_);
  charts->setSizes({640, 500});
  keep_splitter(*charts, QStringLiteral("pages/compare/charts"));
  tabs_ = new QTabWidget;
  tabs_->setObjectName(QStringLiteral("compare_tabs"));
  tabs_->setAccessibleName(tr("Parts of the comparison"));
  tabs_->setDocumentMode(true);
  tabs_->addTab(charts, tr("Differences"));
  tabs_->addTab(disagreements_, tr("Samples"));
}

void ComparePage::fill_chips() {
  while (QLayoutItem* item = chips_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (qint64 run : runs_) {
    auto row = workspace_.queries().run(run);
    auto* chip = new QToolButton;
    const QString name = row ? text(row->name) : tr("Run %1").arg(run);
    chip->setText(run == runs_.first() ? tr("Baseline: %1").arg(name) : name);
    chip->setIcon(icon(Icon::close));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setToolTip(tr("Take “%1” out of the comparison").arg(name));
    connect(chip, &QToolButton::clicked, this, [this, run] {
      QList<qint64> rest = runs_;
      rest.removeOne(run);
      show_runs(rest);
    });
    chips_->addWidget(chip);
  }
  auto* add = new QToolButton;
  add->setText(tr("Add run"));
  add->setIcon(icon(Icon::add));
  add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  add->setPopupMode(QToolButton::InstantPopup);
  add->setMenu(menu_);
  add->setEnabled(runs_.size() < static_cast<qsizetype>(kMostRuns));
  chips_->addWidget(add);
  chips_->addStretch();
}

void ComparePage::fill_menu() {
  menu_->clear();
  auto rows = workspace_.queries().runs({}, 0, kRunsOffered);
  if (!rows) return;
  for (const RunRow& row : *rows) {
    if (runs_.contains(row.id)) continue;
    QString label = text(row.name) + QStringLiteral(" · ") + format_time(row.created);
    if (row.mean) label += QStringLiteral(" · ") + format_score(row.mean);
    menu_->addAction(label, this, [this, run = row.id] { show_runs(runs_ + QList<qint64>{run}); });
  }
  if (menu_->isEmpty()) menu_->addAction(tr("There is no other run"))->setEnabled(false);
}

void ComparePage::show_runs(const QList<qint64>& runs) {
  runs_ = runs.first(std::min(runs.size(), static_cast<qsizetype>(kMostRuns)));
  add_->setEnabled(runs_.size() < static_cast<qsizetype>(kMostRuns));
  fill_chips();
  if (runs_.size() < 2) {
    warning_->hide();
    shared_->clear();
    message_->setText(runs_.isEmpty() ? tr("Add two to six runs, or select them on the Runs page.")
                                      : tr("Add another run to compare with this one."));
    stack_->setCurrentIndex(0);
    return;
  }
  const std::vector<int64_t> ids(runs_.begin(), runs_.end());
  history_->read<Comparison>(
      [ids](const RunQueries& queries) { return read_comparison(queries, ids); },
      [this](Result<Comparison> comparison) { show_comparison(std::move(comparison)); });
}

void ComparePage::show_comparison(Result<Comparison> result) {
  if (!result) {
    message_->setText(tr("These runs could not be read."));
    stack_->setCurrentIndex(0);
    Q_EMIT problem(result.error());
    return;
  }
  const Comparison& comparison = *result;
  QStringList settings = setting_differences(comparison.plans);
  for (const JudgeDifference& difference : judge_differences(comparison.summaries)) {
    QStringList judges;
    for (const std::string& judge : difference.judges) judges << text(judge);
    settings
        << tr("Judge of %1: %2").arg(text(difference.task), judges.join(QStringLiteral(" ≠ ")));
  }
  warning_->setVisible(!settings.isEmpty());
  QPalette palette = warning_->palette();
  palette.setColor(QPalette::Window, theme_colors(this->palette()).warning_surface);
  warning_->setPalette(palette);
  warning_text_->setText(tr("Settings differ, so scores may not be comparable.\n%1")
                             .arg(settings.join(QLatin1Char('\n'))));
  QString sentence =
      tr("Tasks that all runs share: %1. Paired samples: %2.")
          .arg(format_count(comparison.tasks_shared), format_count(comparison.pairs));
  if (comparison.tasks_left_out > 0)
    sentence += QLatin1Char(' ') + tr("Tasks left out because some runs lack them: %1.")
                                       .arg(format_count(comparison.tasks_left_out));
  shared_->setText(sentence);
  differences_->set_model(comparison.differences);
  radar_->set_model(radar_model(comparison.summaries, RadarAxes::capabilities));
  const QString words = provenance_words(workspace_.queries(), runs_, comparison.summaries);
  differences_->set_provenance(words);
  radar_->set_provenance(words);
  disagreements_->set_comparison(comparison);
  message_->setText(tr("These runs share no task."));
  stack_->setCurrentIndex(comparison.tasks_shared == 0 ? 0 : 1);
  Q_EMIT loaded();
}

void ComparePage::difference_activated(const QString& key) {
  const QStringList parts = key.split(QLatin1Char('/'));
  if (parts.size() != 2) return;
  const size_t row = parts[0].toULongLong(), series = parts[1].toULongLong();
  const auto& rows = differences_->model().rows;
  if (row >= rows.size()) return;
  disagreements_->show_task(rows[row].key, series + 1);
  tabs_->setCurrentWidget(disagreements_);
}

QString ComparePage::warning() const {
  return warning_->isHidden() ? QString() : warning_text_->text();
}

void ComparePage::refresh() {
  if (runs_.size() >= 2) show_runs(runs_);
}

}  // namespace loom::ui

#include "ui/pages/compare/compare_page.h"

#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <algorithm>

#include "core/export/figure_caption.h"
#include "ui/charts/score_charts.h"
#include "ui/execution/workspace.h"
#include "ui/pages/compare/difference_view.h"
#include "ui/pages/compare/disagreements.h"
#include "ui/pages/compare/settings_warning.h"
#include "ui/shell/icons.h"
#include "ui/shell/menu_place.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/splitter_state.h"

namespace loom::ui {
namespace {

constexpr size_t kRunsOffered = 30;
// Six runs with long names do not widen the window.
constexpr int kChipsPerRow = 3, kChipName = 190;

QString provenance_words(const Comparison& comparison) {
  QStringList words;
  for (size_t i = 0; i < comparison.summaries.size(); ++i)
    words << QString::fromStdString(
        figure_provenance(comparison.summaries[i], comparison.compared.provenances[i]));
  return words.join(QStringLiteral("\n\n"));
}

}  // namespace

ComparePage::ComparePage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      history_(new HistoryReader(workspace.store_file(), this)),
      menu_(new QMenu(this)) {
  setObjectName(QStringLiteral("compare_page"));
  menu_->setObjectName(QStringLiteral("add_compared"));
  add_ = new QAction(icon(Icon::add, IconTone::on_accent), tr("Add run…"), this);
  connect(add_, &QAction::triggered, this,
          [this] { menu_->popup(menu_place(*this, QStringLiteral("page_primary"))); });
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
  warning_ = new SettingsWarning;
  layout->addWidget(warning_);
  layout->addWidget(shared_);
  layout->addWidget(stack_, 1);
  connect(&workspace, &Workspace::runs_changed, this, &ComparePage::refresh);
  show_runs({});
}

QWidget* ComparePage::create_chooser() {
  auto* bar = new QWidget;
  chips_ = new QGridLayout(bar);
  chips_->setContentsMargins(0, 0, 0, 0);
  chips_->setSpacing(spacing::small);
  chips_->setColumnStretch(kChipsPerRow, 1);
  return bar;
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
  for (const ComparedPart& part : parts_) {
    auto* chip = new QToolButton;
    const QString name = chip_name(part);
    chip->setObjectName(QStringLiteral("compared_chip"));
    const QString brief = chip->fontMetrics().elidedText(name, Qt::ElideMiddle, kChipName);
    chip->setText(part == parts_.first() ? tr("Baseline: %1").arg(brief) : brief);
    chip->setAccessibleName(tr("Take “%1” out of the comparison").arg(name));
    chip->setIcon(icon(Icon::close));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setToolTip(tr("Take “%1” out of the comparison").arg(name));
    connect(chip, &QToolButton::clicked, this, [this, part] {
      QList<ComparedPart> rest = parts_;
      rest.removeOne(part);
      show_parts(rest);
    });
    const int place = chips_->count();
    chips_->addWidget(chip, place / kChipsPerRow, place % kChipsPerRow, Qt::AlignLeft);
  }
}

// As the charts call them: a name that two runs bear is told apart by their numbers.
QString ComparePage::chip_name(const ComparedPart& part) const {
  auto name_of = [this](qint64 run) {
    auto row = workspace_.queries().run(run);
    return row ? text(row->name) : tr("Run %1").arg(run);
  };
  QString name = name_of(part.run);
  const bool ambiguous =
      std::any_of(parts_.begin(), parts_.end(), [&](const ComparedPart& other) {
        return other.run != part.run && name_of(other.run) == name;
      });
  if (ambiguous) name += QStringLiteral(" #%1").arg(part.run);
  if (!part.column.empty()) name += QStringLiteral(" · ") + text(part.column);
  return name;
}

void ComparePage::fill_menu() {
  menu_->clear();
  qDeleteAll(menu_->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
  auto rows = workspace_.queries().runs({}, 0, kRunsOffered);
  if (!rows) return;
  for (const RunRow& row : *rows) {
    QString label = text(row.name) + QStringLiteral(" · ") + format_time(row.created);
    if (row.mean) label += QStringLiteral(" · ") + format_score(row.mean);
    if (row.models.size() < 2) {
      offer(*menu_, label, {row.id, {}});
      continue;
    }
    // Its columns are read when they are asked for: a history may hold many such runs.
    QMenu* inner = menu_->addMenu(label);
    connect(inner, &QMenu::aboutToShow, this, [this, inner, run = row.id] {
      if (!inner->isEmpty()) return;
      offer(*inner, tr("The whole run"), {run, {}});
      auto columns = columns_of(workspace_.queries(), run);
      for (const ComparedPart& part : columns.value_or(std::vector<ComparedPart>{}))
        if (!part.column.empty()) offer(*inner, text(part.column), part);
    });
  }
  if (menu_->isEmpty()) menu_->addAction(tr("There is no other run"))->setEnabled(false);
}

void ComparePage::offer(QMenu& menu, const QString& label, const ComparedPart& part) {
  if (parts_.contains(part)) return;
  menu.addAction(label, this, [this, part] { show_parts(parts_ + QList<ComparedPart>{part}); });
}

void ComparePage::show_runs(const QList<qint64>& runs) {
  QList<ComparedPart> parts;
  for (qint64 run : runs) parts << ComparedPart{run, {}};
  show_parts(parts);
  if (runs.size() == 1) split(runs.first());
}

// One run is compared with itself where it has several models or augmentations.
void ComparePage::split(qint64 run) {
  history_->read<std::vector<ComparedPart>>(
      [run](const RunQueries& queries) { return columns_of(queries, run); },
      [this, run](Result<std::vector<ComparedPart>> columns) {
        const bool still = parts_ == QList<ComparedPart>{{run, {}}};
        if (columns && columns->size() > 1 && still)
          show_parts(QList<ComparedPart>(columns->begin(), columns->end()));
      });
}

void ComparePage::show_parts(const QList<ComparedPart>& parts) {
  parts_ = parts.first(std::min(parts.size(), static_cast<qsizetype>(kMostParts)));
  const bool full = parts_.size() >= static_cast<qsizetype>(kMostParts);
  add_->setEnabled(!full);
  add_->setToolTip(full ? tr("Six stand beside each other at most")
                        : tr("Puts one more run beside the others"));
  fill_chips();
  if (parts_.size() < 2) {
    warning_->set_differences({}, {});
    shared_->clear();
    message_->setText(parts_.isEmpty()
                          ? tr("Add two to six runs, or select them on the Runs page. A run with "
                               "several models can be compared with itself.")
                          : tr("Add another run to compare with this one."));
    stack_->setCurrentIndex(0);
    return;
  }
  const std::vector<ComparedPart> wanted(parts_.begin(), parts_.end());
  history_->read<Comparison>(
      [wanted](const RunQueries& queries) { return read_comparison(queries, wanted); },
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
  warning_->set_differences(tr("Settings differ, so scores may not be comparable."),
                            differences_that_matter(comparison.compared, comparison.summaries));
  QString sentence =
      tr("Tasks that all runs share: %1. Paired samples: %2.")
          .arg(format_count(comparison.tasks_shared), format_count(comparison.pairs));
  if (comparison.tasks_left_out > 0)
    sentence += QLatin1Char(' ') + tr("Tasks left out because some runs lack them: %1.")
                                       .arg(format_count(comparison.tasks_left_out));
  shared_->setText(sentence);
  differences_->set_model(comparison.differences);
  radar_->set_model(radar_model(comparison.summaries, RadarAxes::capabilities));
  const QString words = provenance_words(comparison);
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
  return warning_->warning();
}

void ComparePage::refresh() {
  if (parts_.size() >= 2) show_parts(parts_);
}

}  // namespace loom::ui

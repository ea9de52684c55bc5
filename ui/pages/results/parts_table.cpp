#include "ui/pages/results/parts_table.h"

#include <algorithm>

#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

constexpr int kMostRowsShown = 9;  // others are scrolled to
constexpr int kFirstNumber = 3;    // of the columns

}  // namespace

PartsTable::PartsTable(QWidget* parent) : QTreeWidget(parent) {
  setObjectName(QStringLiteral("parts_table"));
  setAccessibleName(tr("Scores of groups and parts"));
  setHeaderLabels({tr("Task"), tr("Part"), tr("Model"), tr("Score"), tr("95 % interval"), tr("n")});
  setRootIsDecorated(false);
  setUniformRowHeights(true);
  setAlternatingRowColors(true);
  hide();
}

void PartsTable::add(const QString& of, const QString& part, const QString& model,
                     const GroupScore& score) {
  auto* row = new QTreeWidgetItem(
      this, {of, part, model, format_score(score.score), format_interval(score.low, score.high),
             format_count(score.scored)});
  for (int column = kFirstNumber; column < columnCount(); ++column)
    row->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

void PartsTable::set_summary(const RunSummary& summary) {
  clear();
  for (const RunColumn& column : summary.columns) {
    const QString model = text(column.label);
    for (const GroupScore& group : column.groups)
      add(text(group.key), tr("Together"), model, group);
    for (const BreakdownScores& scores : column.breakdowns)
      for (const GroupScore& part : scores.parts)
        add(text(scores.task), tr("%1: %2").arg(text(scores.title), text(part.key)), model, part);
  }
  setVisible(topLevelItemCount() > 0);
  if (topLevelItemCount() == 0) return;
  for (int column = 0; column < columnCount(); ++column) resizeColumnToContents(column);
  const int rows = std::min(topLevelItemCount(), kMostRowsShown) + 1;  // the header is one
  setMinimumHeight(rows * std::max(sizeHintForRow(0), fontMetrics().height()) + 2 * frameWidth());
}

}  // namespace loom::ui

#include "ui/pages/evaluate/recent_runs.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/shell/allow.h"
#include "ui/shell/column_fit.h"
#include "ui/shell/copy_rows.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/state_icon.h"

namespace loom::ui {
namespace {
constexpr int kRunRole = Qt::UserRole;
}

RecentRuns::RecentRuns(QWidget* parent)
    : QWidget(parent),
      list_(new QTreeWidget(this)),
      empty_(new QLabel(tr("Runs appear here once you have started one."), this)),
      open_(new QPushButton(tr("Open"), this)),
      again_(new QPushButton(tr("Edit and run again…"), this)) {
  list_->setObjectName(QStringLiteral("recent_runs"));
  list_->setAccessibleName(tr("Recent runs"));
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setHeaderLabels({tr("Name"), tr("State"), tr("Models"), tr("Mean"), tr("Started")});
  new ColumnFit(*list_, *list_->header(),
                {{300, 160, true}, {120, 100}, {220, 120, true}, {60, 52}, {165, 160}});
  list_->setTextElideMode(Qt::ElideMiddle);
  copy_rows_on_key(*list_);
  empty_->setForegroundRole(QPalette::PlaceholderText);
  open_->setObjectName(QStringLiteral("open_recent"));
  again_->setObjectName(QStringLiteral("again_recent"));
  forbid_again({});
  auto* row = new QHBoxLayout;
  row->setSpacing(spacing::small);
  row->addStretch(1);
  row->addWidget(again_);
  row->addWidget(open_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, spacing::small, 0, 0);
  column->setSpacing(spacing::small);
  column->addLayout(row);
  empty_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  column->addWidget(empty_, 1);
  column->addWidget(list_, 1);
  column->addStretch();
  connect(open_, &QPushButton::clicked, this, [this] { Q_EMIT open_wanted(chosen()); });
  connect(again_, &QPushButton::clicked, this, [this] { Q_EMIT again_wanted(chosen()); });
  connect(list_, &QTreeWidget::itemActivated, this, [this] { Q_EMIT open_wanted(chosen()); });
  show_runs({});
}

void RecentRuns::show_runs(const std::vector<RunRow>& runs) {
  const qint64 before = chosen();
  list_->clear();
  for (const RunRow& run : runs) {
    auto* item =
        new QTreeWidgetItem(list_, {text(run.name), state_word(run.state), joined(run.models),
                                    format_score(run.mean), format_time(run.created)});
    item->setIcon(1, sign_icon(sign_of(run.state)));
    item->setData(0, kRunRole, static_cast<qlonglong>(run.id));
    item->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
    if (run.id == before) list_->setCurrentItem(item);
  }
  if (!list_->currentItem() && list_->topLevelItemCount() > 0)
    list_->setCurrentItem(list_->topLevelItem(0));
  empty_->setVisible(runs.empty());
  list_->setVisible(!runs.empty());
  open_->setVisible(!runs.empty());
  again_->setVisible(!runs.empty());
}

void RecentRuns::forbid_again(const QString& reason) {
  allow(*again_, true, tr("Opens the wizard with the plan of this run"), reason);
}

qint64 RecentRuns::chosen() const {
  const QTreeWidgetItem* item = list_->currentItem();
  return item ? item->data(0, kRunRole).toLongLong() : 0;
}

}  // namespace loom::ui

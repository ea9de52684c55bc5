#include "ui/pages/evaluate/recent_plans.h"

#include <QDir>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/view_models/state_icon.h"
#include "ui/wizards/plan_files.h"

namespace loom::ui {
namespace {
constexpr int kFileRole = Qt::UserRole, kThereRole = Qt::UserRole + 1;
}

RecentPlans::RecentPlans(QWidget* parent)
    : QWidget(parent),
      list_(new QTreeWidget(this)),
      empty_(new QLabel(tr("Plans that you save in the wizard or open appear here. A plan can also "
                           "be dropped onto the window."),
                        this)),
      open_(new QPushButton(tr("Open"), this)),
      remove_(new QPushButton(tr("Remove from list"), this)) {
  list_->setObjectName(QStringLiteral("recent_plans"));
  list_->setAccessibleName(tr("Recent plans"));
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setHeaderLabels({tr("Name"), tr("Contents"), tr("File")});
  list_->header()->setStretchLastSection(true);
  list_->setColumnWidth(0, 220);
  list_->setColumnWidth(1, 320);
  empty_->setForegroundRole(QPalette::PlaceholderText);
  empty_->setWordWrap(true);
  empty_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  open_->setObjectName(QStringLiteral("open_recent_plan"));
  open_->setAccessibleName(tr("Open the chosen plan"));
  remove_->setObjectName(QStringLiteral("remove_recent_plan"));
  remove_->setToolTip(tr("The file itself stays (Delete)"));
  auto* row = new QHBoxLayout;
  row->setSpacing(spacing::small);
  row->addStretch(1);
  row->addWidget(remove_);
  row->addWidget(open_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, spacing::small, 0, 0);
  column->setSpacing(spacing::small);
  column->addLayout(row);
  column->addWidget(empty_, 1);
  column->addWidget(list_, 1);
  column->addStretch();
  connect(open_, &QPushButton::clicked, this, &RecentPlans::open_current);
  connect(remove_, &QPushButton::clicked, this, &RecentPlans::remove_current);
  connect(list_, &QTreeWidget::itemActivated, this, &RecentPlans::open_current);
  connect(list_, &QTreeWidget::currentItemChanged, this, &RecentPlans::show_state);
  auto* key = new QShortcut(QKeySequence::Delete, list_);
  key->setContext(Qt::WidgetShortcut);
  connect(key, &QShortcut::activated, this, &RecentPlans::remove_current);
  refresh();
}

void RecentPlans::refresh() {
  const QString before = chosen();
  list_->clear();
  for (const PlanFile& plan : recent_plan_files()) {
    const bool there = plan.exists();
    const QString place = QDir::toNativeSeparators(plan.file);
    auto* item = new QTreeWidgetItem(
        list_, {plan.name, plan.contents, there ? place : tr("missing: %1").arg(place)});
    item->setData(0, kFileRole, plan.file);
    item->setData(0, kThereRole, there);
    for (int column = 0; column < list_->columnCount(); ++column) {
      item->setToolTip(column, there ? item->text(column)
                                     : tr("%1 is not there any more, or its disk is not "
                                          "connected.")
                                           .arg(place));
      if (!there) item->setForeground(column, palette().brush(QPalette::Disabled, QPalette::Text));
    }
    if (!there) item->setIcon(0, sign_icon(Sign::attention));
    if (plan.file == before) list_->setCurrentItem(item);
  }
  if (!list_->currentItem() && list_->topLevelItemCount() > 0)
    list_->setCurrentItem(list_->topLevelItem(0));
  const bool any = list_->topLevelItemCount() > 0;
  empty_->setVisible(!any);
  for (QWidget* widget : std::initializer_list<QWidget*>{list_, open_, remove_})
    widget->setVisible(any);
  show_state();
}

void RecentPlans::show_state() {
  const QTreeWidgetItem* item = list_->currentItem();
  open_->setEnabled(item && item->data(0, kThereRole).toBool());
  remove_->setEnabled(item != nullptr);
}

void RecentPlans::open_current() {
  if (open_->isEnabled()) Q_EMIT open_wanted(chosen());
}

void RecentPlans::remove_current() {
  if (chosen().isEmpty()) return;
  forget_plan_file(chosen());
  refresh();
}

QString RecentPlans::chosen() const {
  const QTreeWidgetItem* item = list_->currentItem();
  return item ? item->data(0, kFileRole).toString() : QString();
}

}  // namespace loom::ui

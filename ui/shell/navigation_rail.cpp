#include "ui/shell/navigation_rail.h"

#include <QButtonGroup>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/shell/theme_colors.h"

namespace loom::ui {
namespace {
constexpr int kWidth = 104, kButtonHeight = 52, kRailIcon = 22;
}

NavigationRail::NavigationRail(QWidget* parent)
    : QFrame(parent), buttons_(new QButtonGroup(this)), layout_(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("navigation_rail"));
  setAccessibleName(tr("Pages"));
  setFixedWidth(kWidth);
  layout_->setContentsMargins(spacing::small, spacing::medium, spacing::small, spacing::medium);
  layout_->setSpacing(spacing::hair);
  layout_->addStretch();
  connect(buttons_, &QButtonGroup::buttonClicked, this,
          [this](QAbstractButton* clicked) { Q_EMIT chosen(clicked->objectName()); });
}

void NavigationRail::add(const QString& id, Icon which, const QString& label,
                         const QString& shortcut) {
  auto* entry = new QToolButton(this);
  entry->setObjectName(id);
  entry->setText(label);
  entry->setAccessibleName(label);
  entry->setToolTip(tr("%1 (%2)").arg(label, shortcut));
  entry->setIcon(icon(which, IconTone::secondary));
  entry->setIconSize({kRailIcon, kRailIcon});
  entry->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
  entry->setCheckable(true);
  entry->setFocusPolicy(Qt::StrongFocus);
  entry->setFixedHeight(kButtonHeight);
  entry->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  entry->installEventFilter(this);
  buttons_->addButton(entry);
  bool apart = id == QStringLiteral("settings");
  layout_->insertWidget(apart ? layout_->count() : layout_->count() - 1, entry);
}

void NavigationRail::set_current(const QString& id) {
  if (QToolButton* entry = button(id)) entry->setChecked(true);
}

QToolButton* NavigationRail::button(const QString& id) const {
  return findChild<QToolButton*>(id, Qt::FindDirectChildrenOnly);
}

void NavigationRail::paintEvent(QPaintEvent*) {
  const ThemeColors& colors = theme_colors(palette());
  QPainter painter(this);
  painter.fillRect(rect(), colors.rail);
  painter.fillRect(QRect(width() - 1, 0, 1, height()), colors.border);
}

bool NavigationRail::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
  int key = static_cast<QKeyEvent*>(event)->key();
  if (key == Qt::Key_Return || key == Qt::Key_Enter) {
    static_cast<QToolButton*>(watched)->click();
    return true;
  }
  if (key != Qt::Key_Up && key != Qt::Key_Down) return QFrame::eventFilter(watched, event);
  QList<QAbstractButton*> all = buttons_->buttons();
  qsizetype at = all.indexOf(static_cast<QAbstractButton*>(watched));
  qsizetype next = qBound<qsizetype>(0, at + (key == Qt::Key_Down ? 1 : -1), all.size() - 1);
  all[next]->setFocus(Qt::TabFocusReason);
  return true;
}

}  // namespace loom::ui

#include "ui/pages/benchmarks/columns_button.h"

#include <QMenu>
#include <algorithm>

namespace loom::ui {

ColumnsButton::ColumnsButton(QWidget* parent) : QToolButton(parent) {
  setPopupMode(QToolButton::InstantPopup);
  setToolButtonStyle(Qt::ToolButtonTextOnly);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setFocusPolicy(Qt::StrongFocus);
  setMenu(new QMenu(this));
  show_chosen();
}

void ColumnsButton::set_columns(const std::vector<std::string>& columns) {
  menu()->clear();
  for (const std::string& column : columns) {
    QString shown = QString::fromStdString(column);
    QAction* action = menu()->addAction(shown.replace(QLatin1Char('&'), QLatin1String("&&")));
    action->setData(QString::fromStdString(column));
    action->setCheckable(true);
    connect(action, &QAction::toggled, this, [this] {
      show_chosen();
      Q_EMIT changed();
    });
  }
  setEnabled(!columns.empty());
  show_chosen();
}

void ColumnsButton::choose(const std::vector<std::string>& columns) {
  for (QAction* action : menu()->actions())
    action->setChecked(std::find(columns.begin(), columns.end(),
                                 action->data().toString().toStdString()) != columns.end());
}

std::vector<std::string> ColumnsButton::chosen() const {
  std::vector<std::string> columns;
  for (const QAction* action : menu()->actions())
    if (action->isChecked()) columns.push_back(action->data().toString().toStdString());
  return columns;
}

void ColumnsButton::show_chosen() {
  QStringList names;
  for (const std::string& column : chosen()) names << QString::fromStdString(column);
  QString label = names.isEmpty() ? tr("None") : names.join(QLatin1String(", "));
  setToolTip(label);
  setText(fontMetrics().elidedText(label.replace(QLatin1Char('&'), QLatin1String("&&")),
                                   Qt::ElideRight, 220));
  setAccessibleDescription(names.join(QLatin1String(", ")));
}

}  // namespace loom::ui

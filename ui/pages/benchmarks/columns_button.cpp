#include "ui/pages/benchmarks/columns_button.h"

#include <QMenu>
#include <QStyleOptionComboBox>
#include <QStylePainter>
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
  setToolTip(columns.empty() ? tr("Choose a file to see its columns") : QString());
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
  label_ = names.isEmpty() ? tr("None") : names.join(QLatin1String(", "));
  setToolTip(label_);
  setText(QString(label_).replace(QLatin1Char('&'), QLatin1String("&&")));
  setAccessibleDescription(names.join(QLatin1String(", ")));
}

QStyleOptionComboBox ColumnsButton::as_combo_box() const {
  QStyleOptionComboBox box;
  box.initFrom(this);
  box.frame = true;
  const QRect field =
      style()->subControlRect(QStyle::CC_ComboBox, &box, QStyle::SC_ComboBoxEditField, this);
  box.currentText = fontMetrics().elidedText(label_, Qt::ElideRight, field.width());
  return box;
}

QSize ColumnsButton::sizeHint() const {
  const QStyleOptionComboBox box = as_combo_box();
  const QSize words(fontMetrics().horizontalAdvance(tr("None")), fontMetrics().height());
  return style()->sizeFromContents(QStyle::CT_ComboBox, &box, words, this);
}

void ColumnsButton::paintEvent(QPaintEvent*) {
  QStylePainter painter(this);
  const QStyleOptionComboBox box = as_combo_box();
  painter.drawComplexControl(QStyle::CC_ComboBox, box);
  painter.drawControl(QStyle::CE_ComboBoxLabel, box);
}

}  // namespace loom::ui

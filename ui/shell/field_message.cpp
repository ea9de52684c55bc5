#include "ui/shell/field_message.h"

#include <QAccessible>

#include "ui/shell/theme_tint.h"

namespace loom::ui {

FieldMessage::FieldMessage(QWidget* parent) : QLabel(parent) {
  setWordWrap(true);
  setTextFormat(Qt::PlainText);
  keep_tint(*this, QPalette::WindowText, &ThemeColors::danger);
  hide();
}

void FieldMessage::set_message(const QString& message) {
  if (message == text() && isHidden() == message.isEmpty()) return;
  setText(message);
  setAccessibleName(message);
  setVisible(!message.isEmpty());
  if (message.isEmpty()) return;
  QAccessibleEvent alert(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

QLabel* help_line(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

}  // namespace loom::ui

#include "ui/wizards/field_message.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>

#include "ui/shell/theme_colors.h"

namespace loom::ui {

FieldMessage::FieldMessage(QWidget* parent) : QLabel(parent) {
  setWordWrap(true);
  setTextFormat(Qt::PlainText);
  colour();
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

void FieldMessage::changeEvent(QEvent* event) {
  if (event->type() == QEvent::ApplicationPaletteChange) colour();
  QLabel::changeEvent(event);
}

// What is hidden may not hear of a new palette.
void FieldMessage::showEvent(QShowEvent* event) {
  colour();
  QLabel::showEvent(event);
}

void FieldMessage::colour() {
  QPalette colours;
  colours.setColor(QPalette::WindowText, theme_colors(QApplication::palette()).danger);
  setPalette(colours);
}

QLabel* help_line(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

}  // namespace loom::ui

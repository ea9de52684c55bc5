// One line below a field that says what is wrong with it. Takes no place while nothing is.
#pragma once

#include <QLabel>

namespace loom::ui {

class FieldMessage : public QLabel {
  Q_OBJECT
 public:
  explicit FieldMessage(QWidget* parent = nullptr);
  void set_message(const QString& message);  // empty: nothing is wrong
};

// A line of secondary text that wraps: help, hints, descriptions.
QLabel* help_line(const QString& text, QWidget* parent);

}  // namespace loom::ui

// A card with a title, what it is good for, a line about this machine, and one button.
#pragma once

#include <QFrame>

#include "ui/shell/icons.h"

class QLabel;
class QPushButton;

namespace loom::ui {

class StarterCard : public QFrame {
  Q_OBJECT
 public:
  StarterCard(Icon which, const QString& name, const QString& title, const QString& words,
              const QString& button, QWidget* parent);
  void set_detail(const QString& detail);
  void set_enabled(bool enabled);
  void forbid(const QString& reason);  // stays disabled; empty: nothing speaks against it

 Q_SIGNALS:
  void pressed();

 private:
  QLabel* detail_;
  QPushButton* button_;
  QString reason_;
};

}  // namespace loom::ui

// What a page or a list shows while it has nothing: one sentence and the action that helps.
#pragma once

#include <QWidget>

#include "ui/shell/icons.h"

class QAction;
class QLabel;
class QPushButton;

namespace loom::ui {

class EmptyState : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyState(Icon which, QWidget* parent = nullptr);
  // The action is not owned; none shows no button.
  void set_text(const QString& title, const QString& sentence, QAction* action = nullptr);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void show_icon();
  Icon which_;
  QLabel *picture_ = nullptr, *title_ = nullptr, *sentence_ = nullptr;
  QPushButton* button_ = nullptr;
};

}  // namespace loom::ui

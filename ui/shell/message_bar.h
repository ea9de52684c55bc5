// One sentence at the top of a page with "Details", the action that helps, and a way to close it.
#pragma once

#include <QFrame>

#include "core/base/result.h"

class QAction;
class QLabel;
class QPushButton;
class QTimer;
class QToolButton;

namespace loom::ui {

enum class MessageKind { info, warning, problem };

class MessageBar : public QFrame {
  Q_OBJECT
 public:
  explicit MessageBar(QWidget* parent = nullptr);
  // An empty sentence takes the bar away. The action is not owned; none shows no button.
  void show_message(MessageKind kind, const QString& sentence, const QString& details = {},
                    QAction* action = nullptr);
  void show_error(const Error& error);
  // Goes away by itself after a while: what was done is then final.
  void show_undo(const QString& sentence, QAction* undo);
  QString sentence() const;

 public Q_SLOTS:
  void dismiss();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void create_widgets();
  void show_icon();

  MessageKind kind_ = MessageKind::info;
  QLabel *icon_ = nullptr, *sentence_ = nullptr, *details_ = nullptr;
  QToolButton *more_ = nullptr, *close_ = nullptr;
  QPushButton* action_button_ = nullptr;
  QTimer* fading_ = nullptr;
};

}  // namespace loom::ui

// The pages of the window, one below the other: icon with label. Arrow keys move, Enter opens.
#pragma once

#include <QFrame>

#include "ui/shell/icons.h"

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace loom::ui {

class NavigationRail : public QFrame {
  Q_OBJECT
 public:
  explicit NavigationRail(QWidget* parent = nullptr);
  // The entry with the id "settings" stands apart, at the lower end.
  void add(const QString& id, Icon icon, const QString& label, const QString& shortcut);
  void set_current(const QString& id);

 Q_SIGNALS:
  void chosen(const QString& id);

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QToolButton* button(const QString& id) const;
  QButtonGroup* buttons_ = nullptr;
  QVBoxLayout* layout_ = nullptr;
};

}  // namespace loom::ui

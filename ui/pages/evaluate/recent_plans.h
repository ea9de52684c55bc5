// The plan files that were opened or saved last. One that is gone stays, greyed, until it is taken
// off the list: its disk may come back.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace loom::ui {

class RecentPlans : public QWidget {
  Q_OBJECT
 public:
  explicit RecentPlans(QWidget* parent = nullptr);
  void refresh();  // reads the list again and looks whether the files are there

 Q_SIGNALS:
  void open_wanted(const QString& file);

 private:
  void show_state();
  void open_current();
  void remove_current();
  QString chosen() const;

  QTreeWidget* list_;
  QLabel* empty_;
  QPushButton *open_, *remove_;
};

}  // namespace loom::ui

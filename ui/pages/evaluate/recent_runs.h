// The last few runs with their plans: open one, or set up the same evaluation again.
#pragma once

#include <QWidget>

#include "core/history/run_queries.h"

class QLabel;
class QPushButton;
class QTreeWidget;

namespace loom::ui {

class RecentRuns : public QWidget {
  Q_OBJECT
 public:
  explicit RecentRuns(QWidget* parent = nullptr);
  void show_runs(const std::vector<RunRow>& runs);
  void forbid_again(const QString& reason);  // to set up a run again

 Q_SIGNALS:
  void open_wanted(qint64 run);
  void again_wanted(qint64 run);

 private:
  qint64 chosen() const;
  QTreeWidget* list_;
  QLabel* empty_;
  QPushButton *open_, *again_;
};

}  // namespace loom::ui

// What judges made of a run's answers: scores by task, judge and rubric, and how far each judge is
// to be trusted.
#pragma once

#include <QWidget>

#include "ui/pages/results/run_results.h"

class QLabel;
class QTreeWidget;

namespace loom::ui {

class JudgedTab : public QWidget {
  Q_OBJECT
 public:
  explicit JudgedTab(QWidget* parent = nullptr);
  void set_results(const RunResults& results);

 private:
  void add_job(const JudgedJob& job);

  QLabel* trust_ = nullptr;
  QTreeWidget* scores_ = nullptr;
};

}  // namespace loom::ui

// The samples where runs disagree: a list, and both answers side by side with the words that
// differ marked.
#pragma once

#include <QWidget>

#include "ui/pages/compare/disagreement_model.h"
#include "ui/view_models/history_reader.h"

class QLabel;
class QTableView;
class QTextBrowser;
class QToolButton;

namespace loom::ui {

class Workspace;

class Disagreements : public QWidget {
  Q_OBJECT
 public:
  explicit Disagreements(Workspace& workspace, QWidget* parent = nullptr);
  void set_comparison(const Comparison& comparison);
  // A point of the chart: its task and run.
  void show_task(const std::string& task, size_t other);
  DisagreementModel& model() { return *model_; }

 Q_SIGNALS:
  void open_sample(qint64 run, qint64 sample);
  void problem(const loom::Error& error);

 private:
  struct Side {
    QLabel* heading = nullptr;
    QTextBrowser* answer = nullptr;
    QToolButton* open = nullptr;
    qint64 run = 0, sample = 0;
  };
  QWidget* create_list();
  QWidget* create_side(Side& side, const QString& name);
  void load_current();
  void show_pair(const Disagreement& one, const Sample& a, const Sample& b);
  void show_list_state();

  std::vector<ComparedPart> parts_;
  std::vector<std::string> names_;
  DisagreementModel* model_ = nullptr;
  HistoryReader* history_ = nullptr;
  QTableView* table_ = nullptr;
  QLabel *count_ = nullptr, *reference_ = nullptr;
  QToolButton* all_ = nullptr;
  Side baseline_, other_;
};

}  // namespace loom::ui

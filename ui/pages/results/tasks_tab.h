// Every score of a run as a sortable table, and the mean by the rule the reader chooses.
#pragma once

#include <QWidget>

#include "core/evaluation/mean_rules.h"

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace loom::ui {

class ColumnFit;
class ScoreTableModel;

class TasksTab : public QWidget {
  Q_OBJECT
 public:
  explicit TasksTab(QWidget* parent = nullptr);
  void set_summary(const RunSummary& summary, const std::string& rule_set);
  void set_rule(MeanRule rule);
  QString mean_text() const;
  ScoreTableModel& model() { return *model_; }
  void save_state() const;
  void restore_state();

 Q_SIGNALS:
  void jobs_chosen(const QString& label, const std::vector<int>& jobs);

 private:
  void create_table();
  void show_mean();
  void open_row(const QModelIndex& index);

  std::string rule_set_;
  ScoreTableModel* model_ = nullptr;
  QSortFilterProxyModel* sorted_ = nullptr;
  QTableView* table_ = nullptr;
  ColumnFit* columns_ = nullptr;
  QComboBox* rule_ = nullptr;
  QLabel* mean_ = nullptr;
};

}  // namespace loom::ui

// Times by benchmark and model: a sortable table with a bar in each total for its share of the
// model's sum, sums that stay last, and the devices x wall time below. Its columns fit the width
// there is: names give way first.
#pragma once

#include <QWidget>

#include "core/report/charts.h"

class QLabel;
class QTableView;

namespace loom::ui {

class LatencyTableModel;

class LatencyTableView : public QWidget {
  Q_OBJECT
 public:
  explicit LatencyTableView(QWidget* parent = nullptr);
  void set_model(LatencyModel model);
  // Goes below the caption of an export: model versions, sample counts.
  void set_provenance(const QString& text);
  const LatencyModel& model() const { return model_; }
  QTableView& table() { return *table_; }

 public Q_SLOTS:
  void copy();
  void open_export();

 Q_SIGNALS:
  void activated(const QString& row_key, int column);  // LatencyRow::key, model column

 protected:
  void contextMenuEvent(QContextMenuEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void create_table();
  void create_actions();
  void fit_columns();

  LatencyModel model_;
  QString provenance_;
  LatencyTableModel* rows_ = nullptr;
  QTableView* table_ = nullptr;
  QLabel* caption_ = nullptr;
  QAction *copy_ = nullptr, *export_ = nullptr;
};

}  // namespace loom::ui

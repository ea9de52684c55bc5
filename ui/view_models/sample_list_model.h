// The samples of one run as a table, in the order of the plan. Ids are read at once, rows in
// blocks when they are shown; prompts are never loaded here.
#pragma once

#include <QAbstractTableModel>

#include "core/history/run_queries.h"
#include "ui/view_models/row_blocks.h"

namespace loom::ui {

// How a sample ended, in one word: what list, reader and chips say alike.
// measured: by a metric of which less is better, where nothing is right or wrong.
enum class Verdict { right, partial, wrong, measured, unparsed, failed, cancelled, pending };
Verdict verdict(SampleState state, std::optional<double> score, bool lower_is_better = false);
QString verdict_word(Verdict verdict);

class SampleListModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { State, Task, Length, Score, FirstWords, ColumnCount };

  explicit SampleListModel(const RunQueries& queries, QObject* parent = nullptr);
  void set_run(qint64 run, const SampleFilter& filter);
  qint64 run() const { return run_; }
  const SampleFilter& filter() const { return filter_; }
  void reload();

  qint64 sample_id(int row) const;
  int row_of(qint64 sample) const;  // -1: not in the list
  const SampleRow* sample_row(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 Q_SIGNALS:
  void problem(const loom::Error& error) const;

 private:
  QString display(const SampleRow& row, int column) const;

  const RunQueries& queries_;
  qint64 run_ = 0;
  SampleFilter filter_;
  mutable RowBlocks<SampleRow> rows_;  // ids ascending
};

}  // namespace loom::ui

// The runs of the history as a table, newest first. All ids are read at once, rows in blocks when
// they are shown, so a history of 100,000 runs opens and scrolls like one of ten.
#pragma once

#include <QAbstractTableModel>

#include "core/history/run_queries.h"
#include "ui/view_models/row_blocks.h"

namespace loom::ui {

class RunListModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, State, Mean, Models, Benchmarks, Samples, Created, Time, Tags, ColumnCount };

  explicit RunListModel(const RunQueries& queries, QObject* parent = nullptr);
  void set_filter(const RunFilter& filter);
  const RunFilter& filter() const { return filter_; }
  // Reads again; `problem` tells when that fails.
  void reload();
  // Reads one run again, in place.
  void reload_run(qint64 run);

  qint64 run_id(int row) const;
  int row_of(qint64 run) const;          // -1: not in the list
  const RunRow* run_row(int row) const;  // null when it cannot be read

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void problem(const loom::Error& error) const;
  // Typed into the table; whoever owns the store writes it and calls reload_run.
  void name_edited(qint64 run, const QString& name);
  void tags_edited(qint64 run, const QStringList& tags);

 private:
  QString display(const RunRow& row, int column) const;

  const RunQueries& queries_;
  RunFilter filter_;
  mutable RowBlocks<RunRow> rows_;  // ids descending
};

}  // namespace loom::ui

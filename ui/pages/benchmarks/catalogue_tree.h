// The catalogue as a tree: capability, benchmark, task.
#pragma once

#include <QTreeWidget>

#include "core/catalog/catalog.h"

namespace loom::ui {

class CatalogueTree : public QTreeWidget {
  Q_OBJECT
 public:
  enum Column { name, languages, lengths, samples, data, column_count };
  explicit CatalogueTree(QWidget* parent = nullptr);
  void fill(const Catalog& catalog, const std::filesystem::path& data_folder);
  void go_to(const std::string& benchmark);
  std::string current_benchmark() const;  // empty for a capability
  // Rows whose words do not occur are hidden; returns whether any benchmark is left.
  bool filter(const QString& text);

 Q_SIGNALS:
  // Null where the row is a capability; task is null where it is a benchmark.
  void chosen(const loom::BenchmarkDescription* benchmark, const loom::TaskDescription* task);

 private:
  void add_benchmark(QTreeWidgetItem& parent, const BenchmarkDescription& benchmark,
                     const std::filesystem::path& data_folder);
  void tell_current();
  const Catalog* catalog_ = nullptr;
};

}  // namespace loom::ui

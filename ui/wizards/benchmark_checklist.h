// Capability → benchmark → task with check boxes; a parent shows a third state while only some of
// its tasks are chosen.
#pragma once

#include <QTreeWidget>
#include <set>

#include "core/catalog/catalog.h"

namespace loom::ui {

class BenchmarkChecklist : public QTreeWidget {
  Q_OBJECT
 public:
  explicit BenchmarkChecklist(QWidget* parent = nullptr);
  void show_catalog(const Catalog& catalog, const std::filesystem::path& data_folder);

  // Reads again what is here of their data.
  void show_data(const Catalog& catalog, const std::filesystem::path& data_folder);
  // Records of these come from a suite's own files, and their data is told so.
  void take_from_suite(std::set<std::string> benchmarks, const Catalog& catalog,
                       const std::filesystem::path& data_folder);

  // Chosen tasks of a benchmark in the registry's order.
  std::vector<std::string> chosen_tasks(const std::string& benchmark) const;
  void choose_tasks(const std::string& benchmark, const std::vector<std::string>& tasks);
  void choose_nothing();
  size_t count_chosen() const;
  // Benchmark of the current row, empty for a capability.
  std::string current_benchmark() const;
  std::string current_task() const;  // empty: the row is no task
  void go_to(const std::string& benchmark);
  // Hides tasks that have neither the words nor one of the languages (all when empty).
  void filter(const QString& words, const QStringList& languages);

 Q_SIGNALS:
  void choice_changed();
  void benchmark_selected(const QString& benchmark);  // it or one of its tasks; empty: a capability

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QTreeWidgetItem* add_benchmark(QTreeWidgetItem* capability,
                                 const BenchmarkDescription& benchmark);
  QTreeWidgetItem* find(const std::string& benchmark) const;
  std::vector<QTreeWidgetItem*> benchmarks() const;

  std::set<std::string> from_suite_;
};

}  // namespace loom::ui

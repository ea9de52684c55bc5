// The panel at the right of the benchmarks: what it measures, how, and one example.
#pragma once

#include <QScrollArea>

#include "core/catalog/descriptions.h"
#include "ui/pages/benchmarks/example_finder.h"

class QLabel;
class QPlainTextEdit;

namespace loom::ui {

class BenchmarkFiles;
class FactList;
class Workspace;

class BenchmarkDetails : public QScrollArea {
  Q_OBJECT
 public:
  explicit BenchmarkDetails(Workspace& workspace, QWidget* parent = nullptr);
  // folder: where the benchmark's official files lie or belong.
  void show_benchmark(const BenchmarkDescription& benchmark, const TaskDescription* task,
                      const std::filesystem::path& folder);
  void show_nothing();
  void show_example(const Example& example);
  void show_example_note(const QString& text);

 private:
  QLabel *title_ = nullptr, *summary_ = nullptr, *example_note_ = nullptr;
  QPlainTextEdit* example_ = nullptr;
  BenchmarkFiles* files_ = nullptr;
  FactList *facts_ = nullptr, *reference_ = nullptr;
};

}  // namespace loom::ui

// The panel at the right of the benchmarks: what it measures, how, and its first samples.
#pragma once

#include <QScrollArea>

#include "core/catalog/descriptions.h"

class QLabel;

namespace loom::ui {

class BenchmarkFiles;
class FactList;
class FirstSamples;
class Workspace;

class BenchmarkDetails : public QScrollArea {
  Q_OBJECT
 public:
  explicit BenchmarkDetails(Workspace& workspace, QWidget* parent = nullptr);
  // folder: where the benchmark's official files lie or belong.
  void show_benchmark(const BenchmarkDescription& benchmark, const TaskDescription* task,
                      const std::filesystem::path& folder);
  void show_nothing();
  void look_for_models();  // whose tokenizers can make samples

 private:
  QLabel *title_ = nullptr, *summary_ = nullptr;
  BenchmarkFiles* files_ = nullptr;
  FactList* facts_ = nullptr;
  FirstSamples* samples_ = nullptr;
};

}  // namespace loom::ui

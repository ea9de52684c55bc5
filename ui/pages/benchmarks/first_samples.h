// First samples of a task to look at before any run: the prompt as the chosen model would get it,
// its length in that model's tokens, what would be cut, and the reference.
#pragma once

#include <QWidget>

#include "core/catalog/local_models.h"
#include "ui/pages/benchmarks/sample_finder.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QTimer;
class QToolButton;

namespace loom::ui {

class FactList;
class ModelFinder;
class Workspace;

class FirstSamples : public QWidget {
  Q_OBJECT
 public:
  explicit FirstSamples(Workspace& workspace, QWidget* parent = nullptr);
  // No task: the benchmark's first.
  void show_task(const BenchmarkDescription& benchmark, const TaskDescription* task);
  void show_nothing();
  void look_for_models();

 private:
  void set_models(const std::vector<LocalModel>& models);
  void ask();  // once the choice rests
  void request();
  void show_samples(const std::vector<SamplePreview>& samples);
  void show_sample(size_t index);
  void show_note(const QString& note);
  QToolButton* step_button(const QString& words, int step);

  Workspace& workspace_;
  ModelFinder* models_ = nullptr;
  SampleFinder finder_;
  QTimer* settle_ = nullptr;
  QComboBox* model_ = nullptr;
  QWidget* sample_ = nullptr;  // all of one sample
  QToolButton *previous_ = nullptr, *next_ = nullptr;
  QLabel *position_ = nullptr, *note_ = nullptr;
  QPlainTextEdit* prompt_ = nullptr;
  FactList* facts_ = nullptr;
  PreviewRequest wanted_;
  std::vector<SamplePreview> samples_;
  size_t index_ = 0;
};

}  // namespace loom::ui

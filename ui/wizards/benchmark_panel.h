// The right side of the Benchmarks step: lengths, samples and parameters of the benchmark at hand,
// what it is, and example prompts.
#pragma once

#include <QScrollArea>

#include "core/evaluation/evaluation_plan.h"

class QLabel;
class QVBoxLayout;

namespace loom::ui {

class BenchmarkFiles;
class FirstSamples;
class LengthChooser;
class ParameterField;
class ParameterForm;
class Workspace;

class BenchmarkPanel : public QScrollArea {
  Q_OBJECT
 public:
  explicit BenchmarkPanel(Workspace& workspace, QWidget* parent = nullptr);
  // Lengths, samples and parameters of `settings`; its tasks are the tree's.
  void show_benchmark(const BenchmarkDescription& benchmark, const PlanBenchmark& settings);
  void show_nothing();
  // Example prompts of a task of the benchmark that is shown; no name: of its first.
  void show_examples(const std::string& task);
  PlanBenchmark settings() const;  // empty lengths: the default ones
  // The settings and what was typed, to come back to input that makes no sense yet.
  struct Draft {
    PlanBenchmark settings;
    std::vector<size_t> lengths;
    QString further_lengths;
    QStringList samples, parameters;
  };
  Draft draft() const;
  void show_draft(const BenchmarkDescription& benchmark, const Draft& draft);
  bool is_valid() const;
  void focus_first_problem();
  void focus_lengths();

 Q_SIGNALS:
  void changed();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* create_settings();

  const BenchmarkDescription* benchmark_ = nullptr;
  std::string suite_;  // whose own files are read; then the lengths are theirs
  std::vector<size_t> suite_lengths_;
  QLabel *title_ = nullptr, *summary_ = nullptr, *facts_ = nullptr, *length_label_ = nullptr;
  BenchmarkFiles* files_ = nullptr;
  QWidget *settings_ = nullptr, *examples_title_ = nullptr;
  FirstSamples* examples_ = nullptr;
  LengthChooser* lengths_ = nullptr;
  ParameterForm *samples_ = nullptr, *parameters_ = nullptr;
};

}  // namespace loom::ui

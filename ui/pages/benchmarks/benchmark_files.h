// What is here of a benchmark's data, a button that fetches the rest, and the folder for files of
// one's own. Follows downloads by itself.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace loom {
struct BenchmarkDescription;
}

namespace loom::ui {

class Workspace;

class BenchmarkFiles : public QWidget {
  Q_OBJECT
 public:
  explicit BenchmarkFiles(Workspace& workspace, QWidget* parent = nullptr);
  void show_benchmark(const BenchmarkDescription* benchmark);  // null: hidden

 private:
  void show_state();
  void show_progress();
  void set_button(const QString& label, bool enabled);
  void fetch();
  void open_folder();

  Workspace& workspace_;
  const BenchmarkDescription* benchmark_ = nullptr;
  bool fetching_ = false;
  QLabel* state_;
  QPushButton *fetch_, *open_folder_;
};

}  // namespace loom::ui

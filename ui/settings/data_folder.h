// The folder with the files of benchmarks: the program's own or one that the reader chooses.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace loom::ui {

class Workspace;

class DataFolder : public QWidget {
  Q_OBJECT
 public:
  explicit DataFolder(Workspace& workspace, QWidget* parent = nullptr);

 private:
  void show_folder();
  void choose();

  Workspace& workspace_;
  QLabel* path_ = nullptr;
  QPushButton *choose_ = nullptr, *own_ = nullptr;
};

}  // namespace loom::ui

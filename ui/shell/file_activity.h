// What is being exported or imported, how far it is, and a button that stops it. Hidden when idle.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace loom::ui {

class FileWork;

class FileActivity : public QWidget {
  Q_OBJECT
 public:
  explicit FileActivity(FileWork& work, QWidget* parent = nullptr);

 private:
  void show_work();

  FileWork& work_;
  QLabel* title_ = nullptr;
  QProgressBar* share_ = nullptr;
  QToolButton* cancel_ = nullptr;
};

}  // namespace loom::ui

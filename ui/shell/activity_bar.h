// The lower edge of the window: what the machine has at the left, what runs at the right.
#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace loom {
struct RunProgress;
}

namespace loom::ui {

class EvaluationController;
class FileWork;

class ActivityBar : public QFrame {
  Q_OBJECT
 public:
  ActivityBar(EvaluationController& controller, const QList<FileWork*>& files,
              QWidget* parent = nullptr);

 Q_SIGNALS:
  void run_clicked(qint64 run);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void create_activity();
  void show_devices();
  void show_progress(const RunProgress& progress);
  void show_paused(bool paused);
  void show_ended();
  QToolButton* add_button(const QString& name, const QString& text);

  EvaluationController& controller_;
  QLabel* devices_ = nullptr;
  QWidget* activity_ = nullptr;
  QPushButton* run_ = nullptr;
  QProgressBar* share_ = nullptr;
  QToolButton *pause_ = nullptr, *cancel_ = nullptr;
};

// "RULER · niah_single_1 · 4096 · 37 % · 12 min left"
QString activity_line(const RunProgress& progress, bool paused);

}  // namespace loom::ui

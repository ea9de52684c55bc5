// What leaves the Results page as files: the score table, the whole report, the run itself.
#pragma once

#include <QObject>
#include <filesystem>

#include "core/evaluation/run_summary.h"

class QMenu;
class QWidget;

namespace loom::ui {

class Workspace;

class ResultsExport : public QObject {
  Q_OBJECT
 public:
  enum class Table { csv, markdown, latex };

  ResultsExport(Workspace& workspace, QWidget* window);
  void set_run(qint64 run, const RunSummary& summary);
  QMenu* menu() { return menu_; }

  bool write_table(Table form, const QString& file);
  bool write_folder(const QString& folder);
  bool write_run(const QString& file);

 Q_SIGNALS:
  void problem(const loom::Error& error);

 private:
  void create_menu();
  void choose_table(Table form);
  void choose_folder();
  void choose_run();
  QString asked_file(const QString& title, const QString& ending, const QString& filter);

  Workspace& workspace_;
  QWidget* window_;
  QMenu* menu_ = nullptr;
  qint64 run_ = 0;
  RunSummary summary_;
};

}  // namespace loom::ui

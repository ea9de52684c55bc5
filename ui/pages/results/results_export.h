// What leaves the Results page as files: the score table, the whole report, the run itself. All is
// written behind the window; Workspace::file_work() tells how far it is and how it ended.
#pragma once

#include <QObject>
#include <filesystem>

#include "core/base/work_control.h"
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
  void set_run(qint64 run, const QString& name, const RunSummary& summary,
               const EvaluationPlan& plan);
  QMenu* menu() { return menu_; }

  void write_table(Table form, const QString& file);
  void write_folder(const QString& folder);
  void write_run(const QString& file);

 private:
  void create_menu();
  void begin(const QString& place, std::function<Status(const WorkControl&)> work);
  void choose_table(Table form);
  void choose_folder();
  void choose_run();
  QString asked_file(const QString& title, const QString& ending, const QString& filter);

  Workspace& workspace_;
  QWidget* window_;
  QMenu* menu_ = nullptr;
  qint64 run_ = 0;
  QString name_;
  RunSummary summary_;
  std::string rule_set_, prompt_pack_;
};

}  // namespace loom::ui

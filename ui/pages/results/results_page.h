// The results of one run: overview, lengths, tasks, samples and provenance. Everything on it is
// read from the history.
#pragma once

#include <QPointer>
#include <optional>

#include "ui/pages/page.h"
#include "ui/pages/results/run_results.h"
#include "ui/view_models/history_reader.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace loom::ui {

class JudgeDialog;
class JudgedTab;
class LengthsTab;
class OverviewTab;
class ProvenanceTab;
class ResultsExport;
class SamplesTab;
class TasksTab;
class Workspace;

class ResultsPage : public Page {
  Q_OBJECT
 public:
  explicit ResultsPage(Workspace& workspace, QWidget* parent = nullptr);

  QString title() const override;
  QString help_topic() const override { return QStringLiteral("results"); }
  QString search_hint() const override { return tr("Search prompts, answers, references"); }
  void search(const QString& text) override;
  QAction* primary_action() override { return export_; }
  QAction* export_action() override { return export_; }
  void refresh() override;
  void save_state() const override;
  void restore_state() override;

  void show_run(qint64 run);
  void show_sample(qint64 run, qint64 sample);
  void show_job(qint64 run, int job);  // its samples
  qint64 run() const { return run_; }

  OverviewTab& overview() { return *overview_; }
  LengthsTab& lengths() { return *lengths_; }
  TasksTab& tasks() { return *tasks_; }
  SamplesTab& samples() { return *samples_; }
  ResultsExport& exports() { return *exports_; }
  void judge_answers();  // opens the dialog

 Q_SIGNALS:
  void loaded(qint64 run);

 private:
  void create_tabs();
  void create_buttons();
  QWidget* create_partial_bar();
  void show_partial(const RunRow& row);
  void connect_tabs();
  void show_results(Result<RunResults> results);
  void show_jobs(const QString& label, const std::vector<int>& jobs);

  Workspace& workspace_;
  HistoryReader* history_ = nullptr;
  qint64 run_ = 0, wanted_sample_ = 0;
  std::optional<int> wanted_job_;
  QString name_;
  QStackedWidget* stack_ = nullptr;
  QLabel* message_ = nullptr;
  QWidget* partial_bar_ = nullptr;  // of a run that is not finished, or whose samples failed
  QLabel *partial_icon_ = nullptr, *partial_ = nullptr;
  QPushButton* progress_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  QAction* export_ = nullptr;
  OverviewTab* overview_ = nullptr;
  LengthsTab* lengths_ = nullptr;
  TasksTab* tasks_ = nullptr;
  SamplesTab* samples_ = nullptr;
  JudgedTab* judged_ = nullptr;
  ProvenanceTab* provenance_ = nullptr;
  QToolButton *again_ = nullptr, *judge_ = nullptr;
  QPointer<JudgeDialog> judge_dialog_;
  RunSummary summary_;
  ResultsExport* exports_ = nullptr;
};

}  // namespace loom::ui

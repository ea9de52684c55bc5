// The browser of samples: a list to filter, a reader beside it. J and K walk, W shows only wrong
// answers, / searches, E jumps to the evidence.
#pragma once

#include <QWidget>

#include "core/evaluation/run_summary.h"
#include "ui/view_models/history_reader.h"
#include "ui/view_models/sample_list_model.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QTableView;

namespace loom::ui {

class ColumnFit;
class SampleReader;
class Workspace;

class SamplesTab : public QWidget {
  Q_OBJECT
 public:
  enum class Only { all, wrong, truncated, failed, unparsed };

  explicit SamplesTab(Workspace& workspace, QWidget* parent = nullptr);
  void set_run(qint64 run, const RunSummary& summary);
  // What a point of a chart stands for; the list shows these jobs' samples.
  void show_jobs(const QString& label, const std::vector<int>& jobs,
                 const std::optional<std::pair<double, double>>& depths = std::nullopt);
  void show_only(Only only);
  void show_sample(qint64 sample);
  void search(const QString& words);
  void save_state() const;
  void restore_state();

  SampleListModel& model() { return *model_; }
  SampleReader& reader() { return *reader_; }
  int current_row() const;

 Q_SIGNALS:
  void problem(const loom::Error& error);

 private:
  struct Scope {
    QString label;
    std::vector<int> jobs;
    std::optional<std::pair<double, double>> depths;
  };
  QWidget* create_list();
  QWidget* create_filters();
  void create_shortcuts();
  void add_shortcut(const QKeySequence& key, std::function<void()> action);
  void fill_scopes(const RunSummary& summary);
  void apply();
  void count_samples();
  void step(int rows);
  void load_current();

  std::vector<Scope> scopes_;
  std::vector<Job> jobs_;
  qint64 run_ = 0;
  SampleListModel* model_ = nullptr;
  HistoryReader* history_ = nullptr;
  QComboBox* scope_ = nullptr;
  QButtonGroup* only_ = nullptr;
  QLineEdit* search_ = nullptr;
  QLabel* count_ = nullptr;
  QTableView* table_ = nullptr;
  ColumnFit* columns_ = nullptr;
  SampleReader* reader_ = nullptr;
  QSplitter* splitter_ = nullptr;
};

}  // namespace loom::ui

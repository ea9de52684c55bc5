#include "ui/pages/results/results_export.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include "core/base/text_file.h"
#include "core/export/run_export.h"
#include "ui/execution/file_work.h"
#include "ui/execution/workspace.h"

namespace loom::ui {
namespace {

std::string table_text(ResultsExport::Table form, const RunSummary& summary,
                       const std::string& rule_set, const std::string& prompt_pack) {
  switch (form) {
    case ResultsExport::Table::csv:
      return score_table_csv(summary, rule_set, prompt_pack);
    case ResultsExport::Table::markdown:
      return score_table_markdown(summary, rule_set, prompt_pack);
    case ResultsExport::Table::latex:
      return score_table_latex(summary, rule_set, prompt_pack);
  }
  return {};
}

}  // namespace

ResultsExport::ResultsExport(Workspace& workspace, QWidget* window)
    : QObject(window), workspace_(workspace), window_(window), menu_(new QMenu(window)) {
  create_menu();
}

void ResultsExport::create_menu() {
  menu_->addAction(tr("Score table as CSV…"), this, [this] { choose_table(Table::csv); });
  menu_->addAction(tr("Score table as Markdown…"), this, [this] { choose_table(Table::markdown); });
  menu_->addAction(tr("Score table as LaTeX…"), this, [this] { choose_table(Table::latex); });
  menu_->addSeparator();
  menu_->addAction(tr("Report folder…"), this, &ResultsExport::choose_folder);
  menu_->addAction(tr("Run as .loomrun…"), this, &ResultsExport::choose_run);
}

void ResultsExport::set_run(qint64 run, const QString& name, const RunSummary& summary,
                            const EvaluationPlan& plan) {
  run_ = run;
  name_ = name;
  summary_ = summary;
  rule_set_ = plan.rule_set;
  prompt_pack_ = prompt_pack_name(plan);
}

void ResultsExport::begin(const QString& place, std::function<Status(const WorkControl&)> work) {
  FileWork::Job job;
  job.title = tr("Exporting “%1”").arg(name_);
  job.work = std::move(work);
  job.sentence = tr("Exported “%1” to %2.").arg(name_, QFileInfo(place).fileName());
  job.place = place;
  workspace_.file_work().begin(std::move(job));
}

void ResultsExport::write_table(Table form, const QString& file) {
  begin(file, [text = table_text(form, summary_, rule_set_, prompt_pack_),
               path = file.toStdString()](const WorkControl&) { return write_file(path, text); });
}

void ResultsExport::write_folder(const QString& folder) {
  begin(folder,
        [&workspace = workspace_, run = run_,
         path = folder.toStdString()](const WorkControl& control) -> Status {
          LOOM_TRY(auto queries, workspace.open_queries());
          LOOM_TRY(auto files, write_report(*queries, run, path, control));
          return {};
        });
}

void ResultsExport::write_run(const QString& file) {
  begin(file, [&store = workspace_.store(), run = run_, path = file.toStdString()](
                  const WorkControl& control) { return write_bundle(store, run, path, control); });
}

QString ResultsExport::asked_file(const QString& title, const QString& ending,
                                  const QString& filter) {
  const QString name = QStringLiteral("run-%1%2").arg(run_).arg(ending);
  return QFileDialog::getSaveFileName(window_, title, name, filter);
}

void ResultsExport::choose_table(Table form) {
  const QString endings[] = {QStringLiteral(".csv"), QStringLiteral(".md"), QStringLiteral(".tex")};
  const QString filters[] = {tr("CSV (*.csv)"), tr("Markdown (*.md)"), tr("LaTeX (*.tex)")};
  const auto at = static_cast<size_t>(form);
  const QString file = asked_file(tr("Export score table"), endings[at], filters[at]);
  if (!file.isEmpty()) write_table(form, file);
}

void ResultsExport::choose_folder() {
  const QString folder = QFileDialog::getExistingDirectory(window_, tr("Folder for the report"));
  if (!folder.isEmpty()) write_folder(folder);
}

void ResultsExport::choose_run() {
  const QString file =
      asked_file(tr("Export run"), QStringLiteral(".loomrun"), tr("LoomScope run (*.loomrun)"));
  if (!file.isEmpty()) write_run(file);
}

}  // namespace loom::ui

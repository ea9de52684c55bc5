#include "ui/pages/results/results_export.h"

#include <QFileDialog>
#include <QMenu>

#include "core/base/text_file.h"
#include "core/export/run_export.h"
#include "ui/execution/workspace.h"

namespace loom::ui {
namespace {

std::string table_text(ResultsExport::Table form, const RunSummary& summary) {
  switch (form) {
    case ResultsExport::Table::csv:
      return score_table_csv(summary);
    case ResultsExport::Table::markdown:
      return score_table_markdown(summary);
    case ResultsExport::Table::latex:
      return score_table_latex(summary);
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

void ResultsExport::set_run(qint64 run, const RunSummary& summary) {
  run_ = run;
  summary_ = summary;
}

bool ResultsExport::write_table(Table form, const QString& file) {
  Status status = write_file(file.toStdString(), table_text(form, summary_));
  if (!status) Q_EMIT problem(status.error());
  return status.has_value();
}

bool ResultsExport::write_folder(const QString& folder) {
  auto files = write_report(workspace_.queries(), run_, folder.toStdString());
  if (!files) Q_EMIT problem(files.error());
  return files.has_value();
}

bool ResultsExport::write_run(const QString& file) {
  Status status = write_bundle(workspace_.store(), run_, file.toStdString());
  if (!status) Q_EMIT problem(status.error());
  return status.has_value();
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

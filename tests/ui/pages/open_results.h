// The Results page on a stored run of two models.
#pragma once

#include <QLabel>
#include <QSignalSpy>
#include <QTabWidget>
#include <QtTest>

#include "tests/ui/pages/open_workspace.h"
#include "tests/ui/stored_runs.h"
#include "ui/pages/results/results_page.h"
#include "ui/pages/results/samples_tab.h"

namespace loom::testing {

class OpenResults {
 public:
  OpenResults() {
    if (!workspace_.is_open()) return;
    RunRecipe recipe;
    recipe.models = {"tiny", "small"};
    recipe.score = [](const Job& job, int index) {
      return (index + job.index + job.model) % 3 == 0 ? 0.0 : 1.0;
    };
    run_ = store_run(workspace_->store(), recipe);
    page_ = std::make_unique<ui::ResultsPage>(*workspace_);
    page_->resize(1200, 700);
    page_->show();
    is_loaded_ = open(run_);
  }
  bool is_loaded() const { return is_loaded_; }
  // Shows a run, or the same one anew.
  bool open(qint64 run) {
    run_ = run;
    QSignalSpy loaded(page_.get(), &ui::ResultsPage::loaded);
    page_->show_run(run);
    return run > 0 && loaded.wait(20'000);
  }

  OpenWorkspace& workspace() { return workspace_; }
  ui::ResultsPage& page() { return *page_; }
  qint64 run() const { return run_; }
  QTabWidget* tabs() { return page_->findChild<QTabWidget*>(QStringLiteral("results_tabs")); }
  QString label(const char* name) {
    return page_->samples().findChild<QLabel*>(QString::fromLatin1(name))->text();
  }

 private:
  OpenWorkspace workspace_;
  std::unique_ptr<ui::ResultsPage> page_;
  qint64 run_ = 0;
  bool is_loaded_ = false;
};

}  // namespace loom::testing

#include "ui/shell/main_window.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QUrl>
#include <algorithm>

#include "ui/execution/downloads.h"
#include "ui/execution/evaluation_controller.h"
#include "ui/execution/file_work.h"
#include "ui/execution/judgings.h"
#include "ui/execution/workspace.h"
#include "ui/pages/page.h"
#include "ui/shell/activity_bar.h"
#include "ui/shell/help_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/navigation_rail.h"
#include "ui/shell/page_header.h"
#include "ui/shell/theme.h"

namespace loom::ui {

MainWindow::MainWindow(Workspace& workspace, QWidget* parent)
    : QMainWindow(parent), workspace_(workspace) {
  setWindowTitle(QStringLiteral("LoomScope"));
  setMinimumSize(960, 600);
  setAcceptDrops(true);
  create_layout();
  create_shortcuts();
  restore_window();
}

void MainWindow::create_layout() {
  auto* center = new QWidget(this);
  rail_ = new NavigationRail(center);
  header_ = new PageHeader(center);
  message_bar_ = new MessageBar(center);
  stack_ = new QStackedWidget(center);
  activity_ = new ActivityBar(workspace_.controller(), file_works(), center);

  auto* bar_row = new QHBoxLayout;
  bar_row->setContentsMargins(spacing::page, 0, spacing::page, spacing::medium);
  bar_row->addWidget(message_bar_);
  auto* page_column = new QVBoxLayout;
  page_column->setContentsMargins(0, 0, 0, 0);
  page_column->setSpacing(0);
  page_column->addWidget(header_);
  page_column->addLayout(bar_row);
  page_column->addWidget(stack_, 1);
  auto* upper = new QHBoxLayout;
  upper->setSpacing(0);
  upper->addWidget(rail_);
  upper->addLayout(page_column, 1);
  auto* whole = new QVBoxLayout(center);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->setSpacing(0);
  whole->addLayout(upper, 1);
  whole->addWidget(activity_);
  setCentralWidget(center);

  connect(&workspace_.controller(), &EvaluationController::run_ended, message_bar_,
          [this](qint64, RunState, const QString& error) {
            if (!error.isEmpty())
              message_bar_->show_message(MessageKind::problem, tr("The evaluation failed."), error);
          });
  for (FileWork* work : file_works()) connect_file_work(*work);
  connect(rail_, &NavigationRail::chosen, this, &MainWindow::show_page);
  connect(header_, &PageHeader::back_requested, this, &MainWindow::go_back);
  connect(activity_, &ActivityBar::run_clicked, this, &MainWindow::run_requested);
}

QList<FileWork*> MainWindow::file_works() const {
  return {&workspace_.file_work(), &workspace_.downloads().work(), &workspace_.judgings().work()};
}

// Exports and downloads end when another page may be shown, so the window itself says how they
// ended.
void MainWindow::connect_file_work(FileWork& work) {
  connect(&work, &FileWork::succeeded, this, [this](const QString& sentence, const QString& place) {
    auto* open = place.isEmpty() ? nullptr : new QAction(tr("Open folder"), message_bar_);
    if (open)
      connect(open, &QAction::triggered, open, [place, open] {
        const QFileInfo written(place);
        const QString folder = written.isDir() ? place : written.absolutePath();
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
        open->deleteLater();
      });
    message_bar_->show_message(MessageKind::info, sentence, place, open);
  });
  connect(&work, &FileWork::failed, message_bar_, &MessageBar::show_error);
  connect(&work, &FileWork::stopped, message_bar_,
          [this](const QString& title, const QString& if_stopped) {
            message_bar_->show_message(MessageKind::info,
                                       tr("Stopped: %1. %2").arg(title, if_stopped));
          });
}

void MainWindow::add_page(const QString& id, Icon which, const QString& label, MakePage make) {
  entries_.push_back({id, {}, std::move(make)});
  auto place = std::count_if(entries_.begin(), entries_.end(),
                             [](const Entry& entry) { return entry.from.isEmpty(); });
  QString keys = tr("Ctrl+%1").arg(place);
  rail_->add(id, which, label, keys);
  add_shortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(place)), [this, id] { show_page(id); });
}

void MainWindow::add_inner_page(const QString& id, const QString& from, MakePage make) {
  entries_.push_back({id, from, std::move(make)});
}

MainWindow::Entry* MainWindow::entry(const QString& id) {
  auto found = std::find_if(entries_.begin(), entries_.end(),
                            [&id](const Entry& entry) { return entry.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

Page* MainWindow::page(const QString& id) {
  Entry* wanted = entry(id);
  if (!wanted) return nullptr;
  if (!wanted->page) {
    Page* made = wanted->make();
    if (made->objectName().isEmpty()) made->setObjectName(id);
    stack_->addWidget(made);
    connect_page(*made);
    made->restore_state();
    entry(id)->page = made;
  }
  return entry(id)->page;
}

void MainWindow::connect_page(Page& made) {
  connect(&made, &Page::problem, message_bar_, [this, &made](const Error& error) {
    if (stack_->currentWidget() == &made)
      error.message.empty() ? message_bar_->dismiss() : message_bar_->show_error(error);
  });
  connect(&made, &Page::undo_offered, message_bar_, &MessageBar::show_undo);
  connect(&made, &Page::open_run, this, &MainWindow::run_requested);
  connect(&made, &Page::open_progress, this, &MainWindow::progress_requested);
  connect(&made, &Page::open_results, this, &MainWindow::results_requested);
  connect(&made, &Page::open_sample, this, &MainWindow::sample_requested);
  connect(&made, &Page::open_compare, this, &MainWindow::comparison_requested);
  connect(&made, &Page::open_together, this, &MainWindow::together_requested);
  connect(&made, &Page::new_evaluation, this, &MainWindow::evaluation_requested);
  connect(&made, &Page::set_up_again, this, &MainWindow::again_requested);
}

void MainWindow::show_page(const QString& id) {
  Page* wanted = page(id);
  if (!wanted) return;
  if (id != current_) message_bar_->dismiss();
  const Entry& shown = *entry(id);
  if (shown.from.isEmpty())
    trail_.clear();
  else if (!current_.isEmpty() && current_ != id)
    trail_ << current_;
  current_ = id;
  rail_->set_current(shown.from.isEmpty() ? id : shown.from);
  stack_->setCurrentWidget(wanted);
  header_->show_page(*wanted, !shown.from.isEmpty());
  wanted->refresh();
}

void MainWindow::go_back() {
  Entry* here = entry(current_);
  if (!here || here->from.isEmpty()) return;
  QString to = trail_.isEmpty() ? here->from : trail_.takeLast();
  QStringList rest = trail_;
  show_page(to);
  trail_ = entry(to)->from.isEmpty() ? QStringList() : rest;
}

}  // namespace loom::ui

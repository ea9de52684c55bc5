// Shortcuts, what is kept between starts, and closing.
#include <QAction>
#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QSettings>

#include "ui/execution/evaluation_controller.h"
#include "ui/execution/file_work.h"
#include "ui/execution/workspace.h"
#include "ui/pages/page.h"
#include "ui/shell/help_window.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page_header.h"
#include "ui/shell/reading_order.h"

namespace loom::ui {
namespace {

const QString kGeometry = QStringLiteral("window/geometry");
const QString kPage = QStringLiteral("window/page");

void trigger(QAction* action) {
  if (action && action->isEnabled()) action->trigger();
}

}  // namespace

void MainWindow::add_shortcut(const QKeySequence& keys, std::function<void()> act) {
  auto* action = new QAction(this);
  action->setShortcut(keys);
  action->setShortcutContext(Qt::WindowShortcut);
  connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
  addAction(action);
}

void MainWindow::create_shortcuts() {
  auto here = [this] { return page(current_); };
  add_shortcut(QKeySequence(QStringLiteral("Ctrl+N")), [this] { Q_EMIT evaluation_requested(); });
  add_shortcut(QKeySequence(QStringLiteral("Ctrl+O")), [this] { Q_EMIT plan_requested(); });
  add_shortcut(QKeySequence(QStringLiteral("Ctrl+E")), [here] {
    if (Page* shown = here()) trigger(shown->export_action());
  });
  add_shortcut(QKeySequence(QStringLiteral("Ctrl+F")), [this] { header_->focus_search(); });
  add_shortcut(QKeySequence(Qt::Key_F5), [here] {
    if (Page* shown = here()) shown->refresh();
  });
  add_shortcut(QKeySequence(QStringLiteral("Ctrl+,")),
               [this] { show_page(QStringLiteral("settings")); });
  add_shortcut(QKeySequence(Qt::Key_F1), [this] { show_help(); });
  add_shortcut(QKeySequence(QStringLiteral("Alt+Left")), [this] { go_back(); });
}

void MainWindow::show_help() {
  if (!help_) help_ = new HelpWindow(this);
  Page* shown = page(current_);
  help_->show_topic(shown ? shown->help_topic() : QString());
}

void MainWindow::show_last_page() {
  QString last = QSettings().value(kPage).toString();
  if (Entry* known = entry(last); known && known->from.isEmpty()) return show_page(last);
  if (!entries_.empty()) show_page(entries_.front().id);
}

void MainWindow::restore_window() {
  // A window larger than the screen would hide its right and lower edge; what the desktop draws
  // around it is not known before it is shown.
  constexpr QSize kFrame(8, 40);
  const QSize room = screen()->availableSize() - kFrame;
  resize(QSize(1280, 800).boundedTo(room).expandedTo(minimumSize()));
  restoreGeometry(QSettings().value(kGeometry).toByteArray());
}

void MainWindow::save_window() const {
  QSettings settings;
  settings.setValue(kGeometry, saveGeometry());
  for (const Entry& known : entries_) {
    if (known.page) known.page->save_state();
    if (known.id == current_)
      settings.setValue(kPage, known.from.isEmpty() ? known.id : known.from);
  }
}

// Each with what closing leaves of it.
QStringList MainWindow::work_that_closing_stops() {
  QStringList at_work;
  if (workspace_.controller().current_run())
    at_work << tr("Evaluation: finished samples are stored. The sample at work is computed again.");
  for (FileWork* work : file_works()) {
    if (!work->is_busy()) continue;
    QString line = tr("%1: %2").arg(work->title(), work->if_stopped());
    if (work->waiting() > 0)
      line += u' ' + tr("What waits behind it is dropped (%1).").arg(work->waiting());
    at_work << line;
  }
  return at_work;
}

bool MainWindow::may_close() {
  const QStringList at_work = work_that_closing_stops();
  if (at_work.isEmpty()) return true;
  const bool evaluating = workspace_.controller().current_run().has_value();
  QMessageBox question(
      QMessageBox::NoIcon, tr("Work is going on"),
      evaluating && at_work.size() == 1
          ? tr("An evaluation is running. Close and go on with it at the next start?")
          : tr("Close and stop what is at work?"),
      QMessageBox::NoButton, this);
  question.setObjectName(QStringLiteral("closing_question"));
  QString details;
  for (const QString& line : at_work)
    details += QStringLiteral("<p>%1</p>").arg(line.toHtmlEscaped());
  question.setInformativeText(details);
  QPushButton* close = question.addButton(tr("Close"), QMessageBox::AcceptRole);
  QPushButton* stay = question.addButton(tr("Keep running"), QMessageBox::RejectRole);
  question.setDefaultButton(stay);
  question.setEscapeButton(stay);
  question.exec();
  return question.clickedButton() == close;
}

// Pages are made one after another, and their fields come and go.
bool MainWindow::focusNextPrevChild(bool next) {
  return focus_in_reading_order(*this, next);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!may_close()) return event->ignore();
  save_window();
  event->accept();
}

}  // namespace loom::ui

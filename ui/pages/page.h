// A page of the window. The shell draws title, search field, primary action and message bar; the
// page fills what is below.
#pragma once

#include <QAction>
#include <QWidget>

#include "core/base/result.h"

namespace loom::ui {

class Page : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;
  virtual QString title() const = 0;
  virtual QString help_topic() const = 0;             // file stem in resources/docs
  virtual QString search_hint() const { return {}; }  // empty: the page has no search
  virtual void search(const QString& text) { (void)text; }
  virtual QAction* primary_action() { return nullptr; }
  virtual QAction* export_action() { return nullptr; }  // Ctrl+E
  virtual void refresh() {}                             // F5, and when the page is shown
  // Widths of columns and splitters, kept between starts under this page's name.
  virtual void save_state() const {}
  virtual void restore_state() {}

 Q_SIGNALS:
  void title_changed();
  // One sentence at the top of the page; an empty message takes the bar away.
  void problem(const loom::Error& error);
  // Requests that the shell answers by changing the page.
  void open_run(qint64 run);       // progress of a running one, else results
  void open_progress(qint64 run);  // also of one that was stopped
  // What there is so far, finished or not. job: whose samples to show; -1: the whole run.
  void open_results(qint64 run, int job);
  void open_sample(qint64 run, qint64 sample);
  void open_compare(const QList<qint64>& runs);
  void open_together(const QList<qint64>& runs);  // their results on one page
  void new_evaluation();
  void set_up_again(qint64 run);  // the wizard with its plan
  void undo_offered(const QString& sentence, QAction* undo);
};

}  // namespace loom::ui

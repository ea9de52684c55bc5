// The window: navigation at the left, one page with its header and message bar, activity below.
// Knows pages by their interface only; app/desktop says which there are and what requests open.
#pragma once

#include <QHash>
#include <QMainWindow>
#include <functional>
#include <vector>

#include "ui/shell/icons.h"

class QStackedWidget;
class QVBoxLayout;

namespace loom {
struct Error;
}

namespace loom::ui {

class ActivityBar;
class FileWork;
class HelpWindow;
class MessageBar;
class NavigationRail;
class Page;
class PageHeader;
class Workspace;

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  using MakePage = std::function<Page*()>;
  explicit MainWindow(Workspace& workspace, QWidget* parent = nullptr);

  // Pages are made when they are first shown. The n-th has the shortcut Ctrl+n.
  void add_page(const QString& id, Icon icon, const QString& label, MakePage make);
  // A page without an entry of its own, reached from the page `from`, with a way back.
  void add_inner_page(const QString& id, const QString& from, MakePage make);
  void show_page(const QString& id);
  void show_last_page();  // of the start before; the first page when there is none
  QString current_page_id() const { return current_; }
  Page* page(const QString& id);  // made when it was not yet; null for an unknown id
  MessageBar& message_bar() { return *message_bar_; }

 public Q_SLOTS:
  void go_back();
  void show_help();

 Q_SIGNALS:
  void run_requested(qint64 run);
  void progress_requested(qint64 run);
  void results_requested(qint64 run, int job);
  void sample_requested(qint64 run, qint64 sample);
  void comparison_requested(const QList<qint64>& runs);
  void together_requested(const QList<qint64>& runs);
  void evaluation_requested();
  void again_requested(qint64 run);
  void plan_requested();  // to be asked for
  void plan_dropped(const QString& file);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  bool focusNextPrevChild(bool next) override;

 private:
  struct Entry {
    QString id, from;  // from: empty for an entry of the rail
    MakePage make;
    Page* page = nullptr;
  };
  void create_layout();
  void create_shortcuts();
  void add_shortcut(const QKeySequence& keys, std::function<void()> act);
  void connect_page(Page& page);
  void connect_file_work(FileWork& work);
  Entry* entry(const QString& id);
  QList<FileWork*> file_works() const;
  QStringList work_that_closing_stops();
  bool may_close();
  void save_window() const;
  void restore_window();

  Workspace& workspace_;
  std::vector<Entry> entries_;
  QString current_;
  QStringList trail_;  // pages that "back" leads to
  NavigationRail* rail_ = nullptr;
  PageHeader* header_ = nullptr;
  MessageBar* message_bar_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  ActivityBar* activity_ = nullptr;
  HelpWindow* help_ = nullptr;
};

}  // namespace loom::ui

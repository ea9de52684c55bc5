// What the Runs page does to the history: each step tells the window, and deleting can be undone.
#pragma once

#include <QAction>
#include <QObject>
#include <filesystem>

#include "core/base/result.h"

namespace loom::ui {

class Workspace;

class RunChanges : public QObject {
  Q_OBJECT
 public:
  explicit RunChanges(Workspace& workspace, QObject* parent = nullptr);

  void rename(qint64 run, const QString& name);
  void set_tags(qint64 run, const QStringList& tags);
  // Hides the runs and offers to take that back. Runs at work, paused or not, are refused; those
  // that wait leave the line.
  void remove(const QList<qint64>& runs);
  // Both go on behind the window; Workspace::file_work() tells how far they are.
  void export_bundle(qint64 run, const std::filesystem::path& file);
  // Opens a .loomrun file as a new run.
  void import_bundle(const std::filesystem::path& file);

 Q_SIGNALS:
  void changed(qint64 run);
  void imported(qint64 run);
  void undo_offered(const QString& sentence, QAction* undo);
  void problem(const loom::Error& error);

 private:
  Status set_deleted(const QList<qint64>& runs, bool deleted);
  Result<QString> name_of(qint64 run);

  Workspace& workspace_;
};

}  // namespace loom::ui

#include "ui/pages/runs/run_changes.h"

#include <QCursor>
#include <QGuiApplication>

#include "core/export/run_export.h"
#include "ui/execution/workspace.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

// Files of a run are copied on this thread; the pointer says so.
class BusyPointer {
 public:
  BusyPointer() { QGuiApplication::setOverrideCursor(Qt::WaitCursor); }
  ~BusyPointer() { QGuiApplication::restoreOverrideCursor(); }
  BusyPointer(const BusyPointer&) = delete;
  BusyPointer& operator=(const BusyPointer&) = delete;
};

}  // namespace

RunChanges::RunChanges(Workspace& workspace, QObject* parent)
    : QObject(parent), workspace_(workspace) {}

void RunChanges::rename(qint64 run, const QString& name) {
  if (Status status = workspace_.store().rename(run, name.toStdString()); !status) {
    Q_EMIT problem(status.error());
    return;
  }
  Q_EMIT changed(run);
  Q_EMIT workspace_.runs_changed();
}

void RunChanges::set_tags(qint64 run, const QStringList& tags) {
  std::vector<std::string> list;
  for (const QString& tag : tags) list.push_back(tag.toStdString());
  if (Status status = workspace_.store().set_tags(run, list); !status) {
    Q_EMIT problem(status.error());
    return;
  }
  Q_EMIT changed(run);
  Q_EMIT workspace_.runs_changed();
}

Status RunChanges::set_deleted(const QList<qint64>& runs, bool deleted) {
  for (qint64 run : runs) {
    LOOM_CHECK(workspace_.store().set_deleted(run, deleted));
  }
  return {};
}

Result<QString> RunChanges::name_of(qint64 run) {
  LOOM_TRY(RunRow row, workspace_.queries().run(run));
  if (row.state == RunState::running)
    return Error{ErrorKind::conflict, tr("A run at work cannot be deleted").toStdString(), row.name,
                 tr("Cancel it first; what is finished stays.").toStdString()};
  return text(row.name);
}

void RunChanges::remove(const QList<qint64>& runs) {
  if (runs.isEmpty()) return;
  QString name;
  for (qint64 run : runs) {
    auto found = name_of(run);
    if (!found) {
      Q_EMIT problem(found.error());
      return;
    }
    name = *found;
  }
  if (Status status = set_deleted(runs, true); !status) {
    Q_EMIT problem(status.error());
    return;
  }
  auto* undo = new QAction(tr("Undo"), this);
  connect(undo, &QAction::triggered, this, [this, runs, undo] {
    if (Status status = set_deleted(runs, false); !status) Q_EMIT problem(status.error());
    Q_EMIT workspace_.runs_changed();
    undo->deleteLater();
  });
  Q_EMIT workspace_.runs_changed();
  Q_EMIT undo_offered(runs.size() == 1
                          ? tr("Deleted “%1”.").arg(name)
                          : tr("Deleted %n runs.", nullptr, static_cast<int>(runs.size())),
                      undo);
}

void RunChanges::export_bundle(qint64 run, const std::filesystem::path& file) {
  BusyPointer busy;
  if (Status status = write_bundle(workspace_.store(), run, file); !status) {
    Q_EMIT problem(status.error());
    return;
  }
  Q_EMIT exported(QString::fromStdString(file.string()));
}

void RunChanges::import_bundle(const std::filesystem::path& file) {
  BusyPointer busy;
  auto run = read_bundle(workspace_.store(), file);
  if (!run) {
    Q_EMIT problem(run.error());
    return;
  }
  Q_EMIT workspace_.runs_changed();
  Q_EMIT imported(*run);
}

}  // namespace loom::ui

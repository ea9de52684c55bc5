#include "ui/pages/runs/run_changes.h"

#include <memory>

#include "core/export/run_export.h"
#include "ui/execution/evaluation_controller.h"
#include "ui/execution/file_work.h"
#include "ui/execution/workspace.h"
#include "ui/view_models/format.h"

namespace loom::ui {
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
  if (row.state == RunState::running || workspace_.controller().current_run() == run)
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
  for (qint64 run : runs) workspace_.controller().take_from_line(run);
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
  auto row = workspace_.queries().run(run);
  if (!row) {
    Q_EMIT problem(row.error());
    return;
  }
  const QString name = text(row->name);
  FileWork::Job job;
  job.title = tr("Exporting “%1”").arg(name);
  job.work = [&store = workspace_.store(), run, file](const WorkControl& control) {
    return write_bundle(store, run, file, control);
  };
  job.sentence = tr("Exported “%1” to %2.").arg(name, text(file.filename().string()));
  job.place = text(file.string());
  workspace_.file_work().begin(std::move(job));
}

void RunChanges::import_bundle(const std::filesystem::path& file) {
  auto imported_run = std::make_shared<int64_t>(0);
  FileWork::Job job;
  job.title = tr("Importing %1").arg(text(file.filename().string()));
  job.work = [&store = workspace_.store(), imported_run,
              file](const WorkControl& control) -> Status {
    LOOM_TRY(*imported_run, read_bundle(store, file, control));
    return {};
  };
  job.asker = this;
  job.done = [this, imported_run] {
    Q_EMIT workspace_.runs_changed();
    Q_EMIT imported(*imported_run);
  };
  job.sentence = tr("Imported %1.").arg(text(file.filename().string()));
  workspace_.file_work().begin(std::move(job));
}

}  // namespace loom::ui

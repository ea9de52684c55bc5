#include "ui/execution/workspace.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTimer>

#include "core/base/file_paths.h"
#include "core/catalog/local_models.h"
#include "ui/execution/downloads.h"
#include "ui/execution/evaluation_controller.h"
#include "ui/execution/file_work.h"
#include "ui/execution/judgings.h"
#include "ui/execution/key_ring.h"

namespace loom::ui {
namespace {
constexpr int kPurgePauseMs = 1000;  // the window comes first
const QString kModelFolders = QStringLiteral("folders/models");
const QString kEndpoint = QStringLiteral("hub/endpoint"), kOffline = QStringLiteral("hub/offline");
const QString kDataFolder = QStringLiteral("folders/benchmarks");
}  // namespace

Workspace::Workspace() = default;
Workspace::~Workspace() = default;

Result<std::unique_ptr<Workspace>> Workspace::open(const std::filesystem::path& store) {
  std::unique_ptr<Workspace> workspace(new Workspace);
  workspace->store_file_ = store;
  LOOM_CHECK(workspace->read_catalog_again());
  LOOM_TRY(workspace->store_, RunStore::open_as_allowed(store));
  LOOM_TRY(workspace->queries_, RunQueries::open(store));
  if (!workspace->is_read_only()) {
    LOOM_CHECK(workspace->store_->pause_abandoned());
    LOOM_CHECK(workspace->purge_later());
  }
  workspace->controller_ = std::make_unique<EvaluationController>(*workspace);
  workspace->file_work_ = std::make_unique<FileWork>();
  workspace->key_ring_ = std::make_unique<KeyRing>();
  workspace->downloads_ = std::make_unique<Downloads>(*workspace);
  workspace->judgings_ = std::make_unique<Judgings>(*workspace);
  return workspace;
}

QString Workspace::read_only_reason() const {
  if (!is_read_only()) return {};
  return QCoreApplication::translate(
      "loom::ui::RunsPage",
      "This history can only be read: its runs are shown, and nothing new is kept.");
}

Status Workspace::read_catalog_again() {
  LOOM_TRY(auto registry, paths::registry());
  LOOM_TRY(Catalog catalog, load_catalog(registry, paths::benchmarks()));
  catalogs_.push_back(std::make_unique<const Catalog>(std::move(catalog)));
  Q_EMIT catalog_changed();
  return {};
}

// Large runs take seconds to remove, and nobody waits for it. What is deleted from now on can still
// be brought back.
Status Workspace::purge_later() {
  LOOM_TRY(auto runs, store_->deleted_runs());
  if (runs.empty()) return {};
  QTimer::singleShot(kPurgePauseMs, this, [this, runs = std::move(runs)] {
    purge_ = std::jthread([this, runs](std::stop_token stop) {
      for (int64_t run : runs) {
        if (stop.stop_requested()) return;  // the rest at the next start
        (void)store_->purge({run});
      }
    });
  });
  return {};
}

std::vector<std::filesystem::path> Workspace::model_folders() const {
  auto folders = default_model_folders();
  for (const QString& folder : added_model_folders()) folders.emplace_back(folder.toStdString());
  return folders;
}

QStringList Workspace::added_model_folders() const {
  return QSettings().value(kModelFolders).toStringList();
}

void Workspace::set_added_model_folders(const QStringList& folders) {
  if (folders == added_model_folders()) return;
  QSettings().setValue(kModelFolders, folders);
  Q_EMIT folders_changed();
}

HubSettings Workspace::hub_settings() const {
  HubSettings settings = hub_settings_from_environment();
  const QSettings stored;
  const QString endpoint = stored.value(kEndpoint).toString();
  if (!endpoint.isEmpty() && qEnvironmentVariableIsEmpty("HF_ENDPOINT"))
    settings.endpoint = endpoint.toStdString();
  settings.offline = settings.offline || stored.value(kOffline).toBool();
  return settings;
}

void Workspace::set_hub(const QString& endpoint, bool offline) {
  QSettings stored;
  stored.setValue(kEndpoint, endpoint);
  stored.setValue(kOffline, offline);
}

std::filesystem::path Workspace::data_folder() const {
  const QString chosen = QSettings().value(kDataFolder).toString();
  return chosen.isEmpty() ? paths::benchmarks() : std::filesystem::path(chosen.toStdString());
}

void Workspace::set_data_folder(const QString& folder) {
  if (folder == QSettings().value(kDataFolder).toString()) return;
  QSettings().setValue(kDataFolder, folder);
  Q_EMIT folders_changed();
}

}  // namespace loom::ui

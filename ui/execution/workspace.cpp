#include "ui/execution/workspace.h"

#include <QSettings>

#include "core/base/file_paths.h"
#include "core/catalog/local_models.h"
#include "ui/execution/evaluation_controller.h"

namespace loom::ui {
namespace {
const QString kModelFolders = QStringLiteral("folders/models");
const QString kDataFolder = QStringLiteral("folders/benchmarks");
}  // namespace

Workspace::Workspace() = default;
Workspace::~Workspace() = default;

Result<std::unique_ptr<Workspace>> Workspace::open(const std::filesystem::path& store) {
  std::unique_ptr<Workspace> workspace(new Workspace);
  workspace->store_file_ = store;
  LOOM_TRY(auto registry, paths::registry());
  LOOM_TRY(workspace->catalog_, load_catalog(registry));
  LOOM_TRY(workspace->store_, RunStore::open(store));
  LOOM_TRY(workspace->queries_, RunQueries::open(store));
  workspace->controller_ = std::make_unique<EvaluationController>(*workspace);
  return workspace;
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

std::filesystem::path Workspace::data_folder() const {
  const QString chosen = QSettings().value(kDataFolder).toString();
  return chosen.isEmpty() ? paths::benchmarks() : std::filesystem::path(chosen.toStdString());
}

}  // namespace loom::ui

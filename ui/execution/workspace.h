// What every page works on: the catalogue, the history, the folders and the one place that runs
// evaluations. Made once by app/desktop, outlives the window, used from the GUI thread only.
#pragma once

#include <QObject>
#include <QStringList>
#include <memory>
#include <thread>

#include "core/catalog/catalog.h"
#include "core/history/run_queries.h"
#include "core/history/run_store.h"
#include "core/hub/hub_settings.h"

namespace loom::ui {

class EvaluationController;
class Downloads;
class FileWork;
class Judgings;
class KeyRing;

class Workspace : public QObject {
  Q_OBJECT
 public:
  // Reads the registry and opens the history. An Error when one of them cannot be used.
  static Result<std::unique_ptr<Workspace>> open(const std::filesystem::path& store);
  ~Workspace() override;

  // A later one may take its place; this one stays valid as long as the workspace.
  const Catalog& catalog() const { return *catalogs_.back(); }
  // After custom benchmarks came or went.
  Status read_catalog_again();
  const std::filesystem::path& store_file() const { return store_file_; }
  RunStore& store() { return *store_; }
  bool is_read_only() const { return store_->is_read_only(); }  // nothing new is kept
  QString read_only_reason() const;  // against every change of the history; empty: it may change
  const RunQueries& queries() const { return *queries_; }
  // For work on another thread: a connection of its own.
  Result<std::unique_ptr<RunQueries>> open_queries() const { return RunQueries::open(store_file_); }
  EvaluationController& controller() { return *controller_; }
  FileWork& file_work() { return *file_work_; }
  Downloads& downloads() { return *downloads_; }
  Judgings& judgings() { return *judgings_; }
  KeyRing& key_ring() { return *key_ring_; }

  // The program's model folder, the Hugging Face cache, and what the user added in Settings.
  std::vector<std::filesystem::path> model_folders() const;
  QStringList added_model_folders() const;
  void set_added_model_folders(const QStringList& folders);
  std::filesystem::path data_folder() const;
  void set_data_folder(const QString& folder);  // empty: the program's own
  // The hub as Settings have it; what the environment says goes first.
  HubSettings hub_settings() const;
  void set_hub(const QString& endpoint, bool offline);

 Q_SIGNALS:
  // A run was created, renamed, tagged, deleted, restored or finished: pages read it again.
  void runs_changed();
  void folders_changed();  // or what lies in them: models and data came
  void catalog_changed();

 private:
  Workspace();
  Status purge_later();
  std::filesystem::path store_file_;
  std::vector<std::unique_ptr<const Catalog>> catalogs_;  // runs and pages hold on to older ones
  std::unique_ptr<RunStore> store_;
  std::unique_ptr<RunQueries> queries_;
  std::unique_ptr<EvaluationController> controller_;
  std::unique_ptr<FileWork> file_work_;
  std::unique_ptr<KeyRing> key_ring_;
  std::unique_ptr<Downloads> downloads_;
  std::unique_ptr<Judgings> judgings_;
  std::jthread purge_;  // last: uses the store
};

}  // namespace loom::ui

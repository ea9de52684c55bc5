// Benchmarks and models brought from the hub behind the window, one after another. What came before
// a break or Cancel stays on the disk and is gone on with.
#pragma once

#include "core/catalog/descriptions.h"
#include "core/hub/fetch_files.h"
#include "ui/execution/file_work.h"

namespace loom::ui {

class Workspace;

class Downloads : public QObject {
  Q_OBJECT
 public:
  explicit Downloads(Workspace& workspace);

  void fetch(const BenchmarkDescription& benchmark);
  // file: which of several GGUF files, a part of its name; may be empty.
  void fetch(const HubRepo& model, const QString& file);
  bool is_fetching(const BenchmarkDescription& benchmark) const;  // at work or in line
  bool is_at_work(const BenchmarkDescription& benchmark) const;
  FileWork& work() { return work_; }
  const FileWork& work() const { return work_; }

 private:
  using Fetch = std::function<Status(const HubSettings&, const WatchFetch&, std::stop_token)>;
  void begin(const QString& title, const QString& sentence, Fetch fetch);

  Workspace& workspace_;
  FileWork work_;
};

}  // namespace loom::ui

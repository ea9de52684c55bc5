// Makes the first samples of a task, on a thread of its own: as a run would send them to a model.
#pragma once

#include <QObject>
#include <list>
#include <thread>

#include "core/execution/sample_preview.h"

namespace loom::ui {

class SampleFinder : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  void request(const PreviewRequest& request);  // the newest request wins
  void cancel();

 Q_SIGNALS:
  void found(const std::vector<loom::SamplePreview>& samples);
  void failed(const QString& reason);

 private:
  void deliver(int number, const Result<std::vector<SamplePreview>>& made);
  // Work that was overtaken ends at its next stop point; the window does not wait for it.
  std::list<std::jthread> threads_;
  int newest_ = 0;
};

}  // namespace loom::ui

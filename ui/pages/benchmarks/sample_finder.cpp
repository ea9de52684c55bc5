#include "ui/pages/benchmarks/sample_finder.h"

namespace loom::ui {

void SampleFinder::request(const PreviewRequest& request) {
  cancel();
  threads_.emplace_back([this, request, number = newest_](std::stop_token stop) {
    auto made = preview_samples(request, stop);
    auto end = [this, number, made = std::move(made), self = std::this_thread::get_id()] {
      threads_.remove_if([self](const std::jthread& thread) { return thread.get_id() == self; });
      deliver(number, made);
    };
    QMetaObject::invokeMethod(this, end, Qt::QueuedConnection);
  });
}

void SampleFinder::deliver(int number, const Result<std::vector<SamplePreview>>& made) {
  if (number != newest_) return;
  if (!made)
    Q_EMIT failed(QString::fromStdString(describe(made.error())));
  else if (made->empty())
    Q_EMIT failed(tr("The task gave no sample."));
  else
    Q_EMIT found(*made);
}

void SampleFinder::cancel() {
  ++newest_;
  for (std::jthread& thread : threads_) thread.request_stop();
}

}  // namespace loom::ui

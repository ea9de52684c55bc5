#include "ui/view_models/history_reader.h"

namespace loom::ui {

HistoryReader::HistoryReader(std::filesystem::path store, QObject* parent)
    : QObject(parent), store_(std::move(store)) {
  pool_.setMaxThreadCount(1);
}

HistoryReader::~HistoryReader() {
  pool_.clear();
  pool_.waitForDone();
}

Result<const RunQueries*> HistoryReader::connection() {
  if (!queries_) {
    LOOM_TRY(queries_, RunQueries::open(store_));
  }
  return static_cast<const RunQueries*>(queries_.get());
}

void HistoryReader::start(std::function<void(quint64)> job) {
  const quint64 question = ++asked_;
  pool_.clear();
  pool_.start([job = std::move(job), question] { job(question); });
}

void HistoryReader::deliver(quint64 question, std::function<void()> done) {
  QMetaObject::invokeMethod(
      this,
      [this, question, done = std::move(done)] {
        if (question != asked_) return;
        answered_ = question;
        done();
      },
      Qt::QueuedConnection);
}

}  // namespace loom::ui

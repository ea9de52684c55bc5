// Reads the history on a thread of its own and hands the answer to the window's thread. The newest
// question wins: an answer that came too late is dropped.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/history/run_queries.h"

namespace loom::ui {

class HistoryReader : public QObject {
  Q_OBJECT
 public:
  explicit HistoryReader(std::filesystem::path store, QObject* parent = nullptr);
  ~HistoryReader() override;  // waits for the question at work

  // `work` runs on the reader's thread, `done` on the thread of this object.
  template <typename T>
  void read(std::function<Result<T>(const RunQueries&)> work, std::function<void(Result<T>)> done) {
    start([this, work = std::move(work), done = std::move(done)](quint64 question) {
      auto answer = std::make_shared<Result<T>>(ask<T>(work));
      deliver(question, [answer, done] { done(std::move(*answer)); });
    });
  }
  bool is_busy() const { return answered_ != asked_; }

 private:
  template <typename T>
  Result<T> ask(const std::function<Result<T>(const RunQueries&)>& work) {
    LOOM_TRY(const RunQueries* queries, connection());
    return work(*queries);
  }
  Result<const RunQueries*> connection();
  void start(std::function<void(quint64 question)> job);
  void deliver(quint64 question, std::function<void()> done);

  std::filesystem::path store_;
  std::unique_ptr<RunQueries> queries_;  // used on the pool's single thread only
  quint64 asked_ = 0, answered_ = 0;
  QThreadPool pool_;
};

}  // namespace loom::ui

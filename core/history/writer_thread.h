// The one thread that writes to the history. Tasks wait in a line; what stands in it is done in one
// transaction, each task in its own savepoint, so a burst of samples costs one sync of the disk and
// a task that fails takes only its own changes back.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "core/history/database.h"

namespace loom {

class WriterThread {
 public:
  explicit WriterThread(std::unique_ptr<Database> database);
  ~WriterThread();  // finishes what waits

  // Runs the task on the thread; returns when its changes are on disk, or with its Error.
  Status run(std::function<Status(Database&)> task);

  // A task that has a result.
  template <typename T>
  Result<T> value(std::function<Result<T>(Database&)> task) {
    std::optional<T> value;
    Status status = run([&](Database& database) -> Status {
      auto result = task(database);
      if (!result) return result.error();
      value = std::move(*result);
      return {};
    });
    if (!status) return status.error();
    return std::move(*value);
  }

 private:
  struct Task {
    std::function<Status(Database&)> work;
    std::promise<Status> done;
    Status status;
  };
  void loop();
  void commit(std::deque<Task>& tasks);

  std::unique_ptr<Database> database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> waiting_;
  bool closing_ = false;
  std::thread thread_;  // last: starts when the rest stands
};

}  // namespace loom

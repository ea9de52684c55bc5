#include "core/history/writer_thread.h"

namespace loom {

WriterThread::WriterThread(std::unique_ptr<Database> database)
    : database_(std::move(database)), thread_([this] { loop(); }) {}

WriterThread::~WriterThread() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

Status WriterThread::run(std::function<Status(Database&)> task) {
  std::future<Status> done;
  {
    std::lock_guard lock(mutex_);
    waiting_.push_back({std::move(task), {}, {}});
    done = waiting_.back().done.get_future();
  }
  changed_.notify_one();
  return done.get();
}

void WriterThread::loop() {
  for (;;) {
    std::deque<Task> tasks;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      tasks.swap(waiting_);
    }
    commit(tasks);
    for (Task& task : tasks) task.done.set_value(std::move(task.status));
  }
}

void WriterThread::commit(std::deque<Task>& tasks) {
  Status opened = database_->script(database_->is_read_only() ? "BEGIN" : "BEGIN IMMEDIATE");
  if (!opened) {
    for (Task& task : tasks) task.status = opened;
    return;
  }
  for (Task& task : tasks) {
    task.status = database_->script("SAVEPOINT task");
    if (task.status) task.status = task.work(*database_);
    // A full disk may have ended the whole transaction already; then this fails too, harmlessly.
    if (!task.status) (void)database_->script("ROLLBACK TO task");
    (void)database_->script("RELEASE task");
  }
  Status committed = database_->script("COMMIT");
  if (committed) return;
  (void)database_->script("ROLLBACK");
  for (Task& task : tasks)
    if (task.status) task.status = committed;
}

}  // namespace loom

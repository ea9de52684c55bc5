#include "ui/execution/file_work.h"

#include <algorithm>
#include <utility>

namespace loom::ui {
namespace {
constexpr int kNewsMs = 100;
}

FileWork::FileWork() {
  clock_.setInterval(kNewsMs);
  connect(&clock_, &QTimer::timeout, this, &FileWork::changed);
}

FileWork::~FileWork() = default;

void FileWork::begin(Job job) {
  line_.push_back(std::move(job));
  if (is_busy()) {
    Q_EMIT changed();
  } else {
    begin_next();
  }
}

void FileWork::cancel() {
  thread_.request_stop();
}

QString FileWork::if_stopped() const {
  return current_.if_stopped.isEmpty() ? tr("Nothing half done is kept.") : current_.if_stopped;
}

bool FileWork::has(const QString& title) const {
  auto is_it = [&title](const Job& job) { return job.title == title; };
  return is_it(current_) || std::any_of(line_.begin(), line_.end(), is_it);
}

void FileWork::say(const QString& detail) {
  std::lock_guard lock(saying_);
  detail_ = detail;
}

QString FileWork::detail() const {
  std::lock_guard lock(saying_);
  return detail_;
}

void FileWork::begin_next() {
  current_ = std::move(line_.front());
  line_.pop_front();
  share_ = 0;
  say({});
  thread_ = std::jthread([this, work = current_.work](std::stop_token stop) {
    Status status = work({stop, [this](double share) { share_ = share; }});
    QMetaObject::invokeMethod(
        this, [this, status = std::move(status)] { end(status); }, Qt::QueuedConnection);
  });
  clock_.start();
  Q_EMIT changed();
}

void FileWork::end(const Status& status) {
  thread_.join();
  thread_ = {};
  const QString left = if_stopped();
  const Job job = std::exchange(current_, {});
  if (line_.empty()) {
    clock_.stop();
    Q_EMIT changed();
  } else {
    begin_next();
  }
  if (status) {
    if (job.asker && job.done) job.done();
    if (!job.sentence.isEmpty()) Q_EMIT succeeded(job.sentence, job.place);
  } else if (status.error().kind == ErrorKind::cancelled) {
    Q_EMIT stopped(job.title, left);
  } else {
    Q_EMIT failed(status.error());
  }
}

}  // namespace loom::ui

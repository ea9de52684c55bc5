// Work on files behind the window (exports, imports, downloads): one job after another, on a thread
// of its own.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "core/base/work_control.h"

namespace loom::ui {

class FileWork : public QObject {
  Q_OBJECT
 public:
  struct Job {
    QString title;  // "Exporting “Baseline”"
    std::function<Status(const WorkControl&)> work;
    QPointer<QObject> asker;     // `done` is dropped when it is gone
    std::function<void()> done;  // on this object's thread, when the work succeeded
    QString sentence;            // "Exported “Baseline”."; empty: `done` says it
    QString place;               // a file or folder to show; may be empty
    QString if_stopped = {};     // what Cancel leaves behind; empty: nothing is kept
  };

  FileWork();
  ~FileWork() override;  // stops the job at work and waits for it

  void begin(Job job);
  void cancel();  // the job at work
  bool is_busy() const { return thread_.joinable(); }
  size_t waiting() const { return line_.size(); }
  QString title() const { return current_.title; }
  double share() const { return share_; }
  QString if_stopped() const;
  bool has(const QString& title) const;  // at work or in line
  // What the work says of itself while it goes on: "12 of 98 MB". From any thread.
  void say(const QString& detail);
  QString detail() const;

 Q_SIGNALS:
  // Something began, went on (ten times a second) or ended.
  void changed();
  void succeeded(const QString& sentence, const QString& place);
  void failed(const loom::Error& error);
  void stopped(const QString& title, const QString& if_stopped);

 private:
  void begin_next();
  void end(const Status& status);

  Job current_;
  std::deque<Job> line_;
  std::atomic<double> share_ = 0;
  mutable std::mutex saying_;
  QString detail_;
  QTimer clock_;
  std::jthread thread_;
};

}  // namespace loom::ui

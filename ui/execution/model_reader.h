// Reads all that is known of one model on a thread of its own: an engine is started for it, and a
// tokenizer loaded. A new request stops the one at work; only the newest is answered. What was read
// once is remembered.
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <thread>

#include "core/execution/model_report.h"

namespace loom::ui {

class ModelReader : public QObject {
  Q_OBJECT
 public:
  ModelReader();
  ~ModelReader() override;  // stops and waits
  void read(const LocalModel& model);

 Q_SIGNALS:
  void finished(const loom::ModelReport& report);

 private:
  void begin();
  void deliver(int number, ModelReport report);

  QTimer pause_;  // who walks through the list does not start an engine at every step
  LocalModel wanted_;
  bool waiting_ = false, working_ = false;  // these and newest_: window's thread only
  int newest_ = 0;
  std::map<std::filesystem::path, ModelReport> known_;
  std::jthread thread_;
};

}  // namespace loom::ui

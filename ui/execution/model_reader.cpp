#include "ui/execution/model_reader.h"

#include <chrono>
#include <utility>

namespace loom::ui {
namespace {

constexpr std::chrono::milliseconds kPause{300};

// A folder that was filled or changed since is another model.
bool same_files(const LocalModel& a, const LocalModel& b) {
  return a.file_bytes == b.file_bytes && a.problem == b.problem;
}

}  // namespace

ModelReader::ModelReader() {
  pause_.setSingleShot(true);
  pause_.setInterval(kPause);
  connect(&pause_, &QTimer::timeout, this, &ModelReader::begin);
}

ModelReader::~ModelReader() = default;

void ModelReader::read(const LocalModel& model) {
  ++newest_;
  thread_.request_stop();
  pause_.stop();
  waiting_ = false;
  const auto known = known_.find(model.path);
  if (known != known_.end() && same_files(known->second.model, model)) {
    Q_EMIT finished(known->second);
    return;
  }
  wanted_ = model;
  waiting_ = true;
  pause_.start();
}

void ModelReader::begin() {
  if (working_) return;  // it has been told to stop; what waits begins when it has ended
  waiting_ = false;
  working_ = true;
  thread_ = std::jthread([this, model = wanted_, number = newest_](std::stop_token stop) {
    ModelReport report = report_model(model, {false, true}, stop);
    QMetaObject::invokeMethod(
        this, [this, number, report = std::move(report)] { deliver(number, report); },
        Qt::QueuedConnection);
  });
}

void ModelReader::deliver(int number, ModelReport report) {
  working_ = false;
  if (waiting_ && !pause_.isActive()) begin();
  if (number != newest_) return;
  const ModelReport& kept = known_[report.model.path] = std::move(report);
  Q_EMIT finished(kept);
}

}  // namespace loom::ui

// Makes one real sample of a task, on a thread of its own: the benchmark's own code with the
// tokenizer of a model on this machine, as a run would.
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "core/catalog/descriptions.h"

namespace loom::ui {

struct ExampleRequest {
  const BenchmarkDescription* benchmark = nullptr;  // outlives the request
  std::string task;
  size_t length_tokens = 0;
  std::filesystem::path data_folder;  // of this benchmark
  std::vector<std::filesystem::path> model_folders;
};
struct Example {
  QString head, tail;  // of the prompt; tail is empty when head is all of it
  QString reference;
};

class ExampleFinder : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  void request(const ExampleRequest& request);  // the newest request wins
  void cancel();

 Q_SIGNALS:
  void found(const loom::ui::Example& example);
  void failed(const QString& reason);

 private:
  std::jthread thread_;
  int newest_ = 0;
};

Result<Example> make_example(const ExampleRequest& request, std::stop_token stop);

}  // namespace loom::ui

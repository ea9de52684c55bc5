#include "ui/pages/benchmarks/example_finder.h"

#include "core/benchmarks/custom.h"
#include "core/catalog/local_models.h"

namespace loom::ui {
namespace {

constexpr qsizetype kHead = 700, kTail = 500;  // characters

Result<std::shared_ptr<const Tokenizer>> any_tokenizer(
    const std::vector<std::filesystem::path>& folders, std::stop_token stop) {
  for (const LocalModel& model : find_models(folders)) {
    if (stop.stop_requested()) break;
    if (!model.supported) continue;
    if (auto tokenizer = load_tokenizer(model.path))
      return std::shared_ptr<const Tokenizer>(std::move(*tokenizer));
  }
  return Error{ErrorKind::not_found, "no model with a tokenizer was found", "",
               "An example is made with a model's tokenizer: add a model first"};
}

}  // namespace

Result<Example> make_example(const ExampleRequest& request, std::stop_token stop) {
  LOOM_TRY(auto tokenizer, any_tokenizer(request.model_folders, stop));
  LOOM_TRY(auto benchmark, make_benchmark(*request.benchmark));
  TaskRequest wanted;
  wanted.task = request.task;
  wanted.length_tokens = request.length_tokens;
  wanted.samples = 1;
  wanted.tokenizer = tokenizer.get();
  wanted.data_folder = request.data_folder;
  wanted.count_prompt = [&](const std::string& user, const std::string& answer_prefix) {
    return tokenizer->encode(user + answer_prefix).size();
  };
  LOOM_TRY(TaskRecords made, benchmark->records(wanted, stop));
  if (made.records.empty())
    return Error{ErrorKind::not_found, "the task gave no sample", request.task, ""};
  const Record& record = made.records.front();
  QString prompt = QString::fromStdString(record.prompt + "\n" + record.answer_prefix).trimmed();
  Example example{prompt, {}, QString::fromStdString(record.references.empty()
                                                         ? std::string()
                                                         : record.references.front())};
  if (prompt.size() > kHead + kTail) {
    example.head = prompt.left(kHead);
    example.tail = prompt.right(kTail);
  }
  return example;
}

void ExampleFinder::request(const ExampleRequest& request) {
  cancel();
  // The thread before ends at its stop token; joining waits at most for the step it is in.
  thread_ = std::jthread([this, request, number = newest_](std::stop_token stop) {
    auto made = make_example(request, stop);
    if (stop.stop_requested()) return;
    auto deliver = [this, number, made = std::move(made)] {
      if (number != newest_) return;
      if (made)
        Q_EMIT found(*made);
      else
        Q_EMIT failed(tr("No example: %1").arg(QString::fromStdString(describe(made.error()))));
    };
    QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
  });
}

void ExampleFinder::cancel() {
  ++newest_;
  thread_.request_stop();
}

}  // namespace loom::ui

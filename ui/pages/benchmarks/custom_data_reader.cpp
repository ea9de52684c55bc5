#include "ui/pages/benchmarks/custom_data_reader.h"

#include <QStringList>
#include <variant>

#include "core/benchmarks/custom.h"
#include "core/benchmarks/documents.h"

namespace loom::ui {
namespace {

constexpr size_t kRows = 10;  // enough to see every column

using FileContent = std::variant<DataHead, CustomBenchmark>;

Result<FileContent> read_either(const std::filesystem::path& file, std::stop_token stop) {
  if (is_custom_definition(file)) {
    LOOM_TRY(CustomBenchmark definition, read_custom_benchmark(file));
    return FileContent(std::move(definition));
  }
  LOOM_TRY(DataHead head, read_head(file, kRows, stop));
  return FileContent(std::move(head));
}

}  // namespace

// `deliver` runs on this object's thread, unless something newer was asked for in the meantime.
template <typename Work, typename Deliver>
void CustomDataReader::begin(Work work, Deliver deliver) {
  cancel();
  thread_ = std::jthread([this, work, deliver, number = newest_](std::stop_token stop) {
    auto made = work(stop);
    if (stop.stop_requested()) return;
    auto tell = [this, deliver, number, made = std::move(made)] {
      if (number == newest_) deliver(made);
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
  });
}

void CustomDataReader::cancel() {
  ++newest_;
  thread_.request_stop();
}

void CustomDataReader::read_file(const std::filesystem::path& file) {
  begin([file](std::stop_token stop) { return read_either(file, stop); },
        [this](const Result<FileContent>& content) {
          if (!content)
            Q_EMIT not_read(content.error());
          else if (const auto* definition = std::get_if<CustomBenchmark>(&*content))
            Q_EMIT definition_read(*definition);
          else
            Q_EMIT head_read(std::get<DataHead>(*content));
        });
}

void CustomDataReader::read_folder(const std::filesystem::path& folder) {
  begin([folder](std::stop_token stop) { return read_documents(folder, stop); },
        [this](const Result<Documents>& documents) {
          if (!documents) {
            Q_EMIT not_read(documents.error());
            return;
          }
          QStringList notes;
          for (const std::string& note : documents->notes) notes << QString::fromStdString(note);
          Q_EMIT folder_read(documents->files, documents->sentences.size(), notes);
        });
}

void CustomDataReader::prepare(const CustomBenchmark& benchmark) {
  begin([benchmark](std::stop_token stop) { return prepare_custom(benchmark, stop); },
        [this](const Result<CustomBenchmark>& ready) {
          if (ready)
            Q_EMIT prepared(*ready);
          else
            Q_EMIT not_prepared(ready.error());
        });
}

}  // namespace loom::ui

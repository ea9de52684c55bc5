// Reads a user's data behind the window: its first records for choosing columns, and all of it
// before a benchmark is stored.
#pragma once

#include <QObject>
#include <filesystem>
#include <thread>

#include "core/benchmarks/custom_records.h"

namespace loom::ui {

class CustomDataReader : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  // The newest request wins; earlier ones say nothing any more.
  void read_file(const std::filesystem::path& file);  // data, or a definition
  void read_folder(const std::filesystem::path& folder);
  void prepare(const CustomBenchmark& benchmark);
  void cancel();

 Q_SIGNALS:
  void head_read(const loom::DataHead& head);
  void definition_read(const loom::CustomBenchmark& definition);
  void folder_read(size_t files, size_t sentences, const QStringList& notes);
  void not_read(const loom::Error& error);
  void prepared(const loom::CustomBenchmark& benchmark);
  void not_prepared(const loom::Error& error);

 private:
  template <typename Work, typename Deliver>
  void begin(Work work, Deliver deliver);

  int newest_ = 0;
  std::jthread thread_;
};

}  // namespace loom::ui

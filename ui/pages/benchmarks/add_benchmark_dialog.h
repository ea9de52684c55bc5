// Makes a benchmark out of the user's own data: questions in a file, or needles hidden in a folder
// of documents. Stores it when all of the data was read without a fault.
#pragma once

#include "ui/pages/benchmarks/custom_data_reader.h"
#include "ui/shell/dialog.h"

class QPushButton;

namespace loom::ui {

class BenchmarkFields;
class DataField;
class Workspace;

class AddBenchmarkDialog : public Dialog {
  Q_OBJECT
 public:
  explicit AddBenchmarkDialog(Workspace& workspace, QWidget* parent = nullptr);
  ~AddBenchmarkDialog() override;
  // A data file, a folder of documents, or a custom benchmark's JSON.
  void choose(const std::filesystem::path& path);
  const std::string& benchmark_id() const { return id_; }  // after it was accepted

 public Q_SLOTS:
  void accept() override;
  void reject() override;

 private:
  void listen_to_reader();
  void typed();
  void show_head(const DataHead& head);
  void show_definition(const CustomBenchmark& definition);
  void show_folder(size_t files, size_t sentences, const QStringList& notes);
  void update_preview();
  void show_error(const Error& error);
  void clear_errors();
  void set_busy(bool busy);
  void store(const CustomBenchmark& benchmark);
  CustomBenchmark described() const;

  Workspace& workspace_;
  CustomDataReader reader_;
  std::filesystem::path path_;
  enum class Source { none, reading, file, folder, definition } source_ = Source::none;
  CustomBenchmark definition_;  // of a JSON that was chosen
  DataHead head_;
  std::string id_;
  DataField* data_;
  BenchmarkFields* fields_;
  QPushButton* add_;
};

}  // namespace loom::ui

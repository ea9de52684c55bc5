// A benchmark whose records stand in files of any kind that core/data_files reads: finds the task's
// file, reads it record by record and stops when there are enough samples. What a leaf adds is
// which file, and how one of its records becomes samples.
#pragma once

#include "core/benchmarks/wording.h"

namespace loom {

class FileBenchmark : public Benchmark {
 public:
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override;

 protected:
  // The task's file by its official names, preferred first; several shapes may exist in the wild.
  virtual std::vector<std::string> file_names(const TaskRequest& request) const = 0;
  // Appends the samples of one record; in files that are an object, its name stands in "_name".
  // `number` counts the file's records from 0. An Error, or a
  // field that is missing or of the wrong type, names the record and ends the reading.
  virtual Status add(const nlohmann::json& raw, size_t number, const TaskRequest& request,
                     const Wording& wording, std::vector<Record>& records) const = 0;
  // Where the task's file is: the one that the request names, else by file_names.
  Result<std::filesystem::path> data_file(const TaskRequest& request) const;
  // Of a benchmark whose samples can also be made: whether the published file of the length is
  // read. It is where it is here, unless the plan asks for made ones; those need a length.
  Result<bool> reads_published(const TaskRequest& request) const;
  // The words to use; official prompt files that lie beside the data come before ours.
  virtual Result<Wording> wording(const TaskRequest& request) const {
    return task_wording(request, id());
  }
};

// One of the benchmark's files, wherever it lies.
Result<std::filesystem::path> find_benchmark_file(const TaskRequest& request,
                                                  const std::string& benchmark,
                                                  const std::vector<std::string>& names);

// What results say about where their data came from: the file, and whose it is when not the
// benchmark's.
std::string data_label(const TaskRequest& request, const std::filesystem::path& file);

// A length as files are named by it: 4096 → "4k", 1048576 → "1M", 256 → "256".
std::string length_name(size_t tokens);

// A field as text: strings as they are, numbers and booleans as they are written; "" for null.
std::string field_text(const nlohmann::json& raw, const char* field);
// A field that is a list of texts, or one text.
std::vector<std::string> field_texts(const nlohmann::json& raw, const char* field);

// A list of objects; tables may hold it turned round, as an object of lists: {"Q": […], "A": […]}.
nlohmann::json listed_rows(const nlohmann::json& value);

}  // namespace loom

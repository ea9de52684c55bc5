#include "core/data_files/parquet_module.h"

#include <arrow/io/file.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>
#include <parquet/arrow/reader.h>
#include <parquet/exception.h>
#include <parquet/properties.h>

#include <algorithm>
#include <set>

#include "core/data_files/arrow_json.h"
#include "core/data_files/bounded_memory.h"

namespace loom {
namespace {

constexpr int64_t kRowsAtOnce = 32;  // a row may hold a book

Error corrupt(const ParquetRead& read, const std::string& problem) {
  return {ErrorKind::corrupt, "is no readable Parquet file: " + problem.substr(0, 300),
          read.file.string(), "Fetch the file again"};
}

Result<std::unique_ptr<parquet::arrow::FileReader>> open(const ParquetRead& read,
                                                         arrow::MemoryPool& memory) {
  auto file = arrow::io::ReadableFile::Open(read.file.string(), &memory);
  if (!file.ok()) return Error{ErrorKind::io, file.status().message(), read.file.string(), ""};
  parquet::ReaderProperties reading(&memory);
  reading.enable_buffered_stream();  // pages as they are needed, not whole row groups
  parquet::ArrowReaderProperties handing;
  handing.set_batch_size(kRowsAtOnce);
  handing.set_pre_buffer(false);
  handing.set_use_threads(false);
  parquet::arrow::FileReaderBuilder builder;
  builder.memory_pool(&memory);
  auto opened = builder.Open(*file, reading);
  if (!opened.ok()) return corrupt(read, opened.message());
  std::unique_ptr<parquet::arrow::FileReader> reader;
  opened = builder.properties(handing)->Build(&reader);
  if (!opened.ok()) return corrupt(read, opened.message());
  return reader;
}

// Leaf columns below the wanted fields; all of them where none was named.
Result<std::vector<int>> wanted_columns(const ParquetRead& read,
                                        const parquet::SchemaDescriptor& schema) {
  std::vector<int> wanted;
  std::set<std::string> missing(read.columns.begin(), read.columns.end());
  for (int i = 0; i < schema.num_columns(); ++i) {
    const std::string name = schema.GetColumnRoot(i)->name();
    const bool named =
        std::find(read.columns.begin(), read.columns.end(), name) != read.columns.end();
    if (named || read.columns.empty()) wanted.push_back(i);
    missing.erase(name);
  }
  if (!missing.empty())
    return Error{ErrorKind::invalid_input, "has no column \"" + *missing.begin() + "\"",
                 read.file.string(), ""};
  return wanted;
}

Status read_batch(const arrow::RecordBatch& batch, ParquetRead& read, size_t& number,
                  bool& enough) {
  for (int64_t row = 0; row < batch.num_rows() && !enough; ++row) {
    ++number;
    nlohmann::json record = nlohmann::json::object();
    std::string problem;
    size_t left = read.record_bytes;
    for (int column = 0; column < batch.num_columns() && problem.empty(); ++column)
      record[batch.column_name(column)] =
          arrow_json(*batch.column(column), row, {read.depth, left, problem});
    if (problem.empty()) {
      LOOM_CHECK(read.row(record, enough));
    } else {
      LOOM_CHECK(read.bad_row({ErrorKind::corrupt, problem,
                               read.file.string() + ", row " + std::to_string(number), ""}));
    }
  }
  return {};
}

Status read_file(ParquetRead& read) {
  BoundedMemory memory(read.memory_bytes);  // outlives what is read
  LOOM_TRY(auto reader, open(read, memory));
  const auto metadata = reader->parquet_reader()->metadata();
  LOOM_TRY(auto columns, wanted_columns(read, *metadata->schema()));
  std::vector<int> groups;
  for (int i = 0; i < reader->num_row_groups(); ++i) groups.push_back(i);
  auto batches = reader->GetRecordBatchReader(groups, columns);
  if (!batches.ok()) return corrupt(read, batches.status().message());
  size_t number = 0;
  for (bool enough = false; !enough;) {
    std::shared_ptr<arrow::RecordBatch> batch;
    const auto next = (*batches)->ReadNext(&batch);
    if (!next.ok()) return corrupt(read, next.message());
    if (!batch) break;
    LOOM_CHECK(read_batch(*batch, read, number, enough));
  }
  return {};
}

}  // namespace
}  // namespace loom

extern "C" __attribute__((visibility("default"))) void loom_read_parquet(loom::ParquetRead& read) {
  try {
    read.status = loom::read_file(read);
  } catch (const std::exception& problem) {  // libparquet throws on damaged files
    read.status = loom::corrupt(read, problem.what());
  }
}

// From a row of the user's data file to a question.
#pragma once

#include "core/benchmarks/benchmark.h"
#include "core/catalog/custom_benchmark.h"
#include "core/data_files/data_files.h"

namespace loom {

Wording wording_of(const CustomBenchmark& benchmark);

// An Error of kind `corrupt` names the column; its `where` is the row's place.
Result<Record> custom_record(const CustomBenchmark& benchmark, const Wording& wording,
                             const nlohmann::json& row, const RecordPlace& place);

// The first rows of a data file with the names of its columns, for choosing among them.
struct DataHead {
  std::vector<std::string> columns;
  std::vector<nlohmann::json> rows;
};
Result<DataHead> read_head(const std::filesystem::path& file, size_t rows,
                           std::stop_token stop = {});

// Calls `receive` with the question that each row becomes.
using ReceiveCustomRecord =
    std::function<Result<Reading>(Record record, const nlohmann::json& row)>;
Result<ReadReport> for_each_custom_record(const CustomBenchmark& benchmark, const Wording& wording,
                                          const ReceiveCustomRecord& receive,
                                          const ReadOptions& options, std::stop_token stop);

}  // namespace loom

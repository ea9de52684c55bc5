// Records out of data files of every kind that benchmarks come in, one after the other and in
// bounded memory: JSON (also lists of gigabytes), JSON lines, CSV, TSV, Parquet, folders of plain
// text; plain, gzipped, or as a member of a zip archive. Every file is taken for hostile: nesting,
// record size and growth on unpacking are bounded, texts are valid UTF-8.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

enum class DataFormat { json, json_lines, csv, tsv, parquet, text };

// `file` may lead through an archive: "data.zip/data/qasper.jsonl" is a member of data.zip.
struct DataSource {
  std::filesystem::path file;        // a file, or a folder of text files
  std::string member;                // of a zip archive; empty: its only data file
  std::optional<DataFormat> format;  // none: by the name
  // JSON: where the records stand, keys parted by '/' ("" = the file's own value). A list gives
  // its items. An object is one record, or with `entries` gives the values of its fields.
  std::string list;
  bool entries = false;
  std::vector<std::string> columns;  // Parquet: read these only; empty: all
  // Parquet: read all numbered files that belong to this first one; rows are counted over them.
  bool shards = false;
};

struct RecordPlace {
  std::string file;  // with the archive's member
  size_t line = 0;   // the record's first line, from 1; 0 where the format has no lines
  size_t row = 0;    // the record's number, from 1
  std::string key;   // of an object's entry
};
std::string to_string(const RecordPlace& place);  // "a.jsonl:12", "a.parquet, row 12"

enum class Reading { go_on, enough };
// An Error of kind `corrupt` or `invalid_input` says that this record is bad; any other ends the
// reading. Its `where` is filled in with the record's place when empty. The record may be moved
// from.
using ReceiveRecord =
    std::function<Result<Reading>(nlohmann::json& record, const RecordPlace& place)>;

struct ReadLimits {
  size_t record_bytes = size_t{512} << 20;
  size_t depth = 128;                             // of nested lists and objects
  size_t values = 10'000'000;                     // in a record: each takes far more than its byte
  size_t columns = 100'000;                       // of CSV and TSV
  uint64_t unpacked_bytes = uint64_t{256} << 30;  // of a compressed file
  uint64_t growth = 300;  // largest ratio of unpacked to packed bytes, beyond the first GiB
};
struct ReadOptions {
  bool skip_bad_records = false;  // count them and go on; else the first one ends the reading
  ReadLimits limits;
};
struct ReadReport {
  size_t records = 0, bad_records = 0;
  std::vector<Error> bad;  // the first twenty
};

// A file that breaks off, or whose rest cannot be made sense of, is an Error whatever the options.
Result<ReadReport> for_each_record(const DataSource& source, const ReceiveRecord& receive,
                                   const ReadOptions& options = {}, std::stop_token stop = {});

// Names of the files in a zip archive, folders left out.
Result<std::vector<std::string>> zip_members(const std::filesystem::path& file);

// By the name, .gz left aside; none for what is no data file.
std::optional<DataFormat> data_format_of(const std::filesystem::path& file);

}  // namespace loom

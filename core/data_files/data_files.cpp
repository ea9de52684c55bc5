#include "core/data_files/data_files.h"

#include <algorithm>

#include "core/data_files/parquet_files.h"
#include "core/data_files/record_readers.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr size_t kBadShown = 20;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return text;
}

// "data.zip/data/a.jsonl" → data.zip and data/a.jsonl.
DataSource through_archive(DataSource source) {
  std::error_code ignored;
  if (!source.member.empty() || fs::exists(source.file, ignored)) return source;
  for (fs::path part = source.file.parent_path(); part.has_relative_path();
       part = part.parent_path()) {
    if (!fs::is_regular_file(part, ignored)) continue;
    source.member = source.file.lexically_relative(part).generic_string();
    source.file = part;
    break;
  }
  return source;
}

Result<std::string> only_member(const fs::path& archive) {
  LOOM_TRY(auto names, zip_members(archive));
  std::erase_if(names, [](const std::string& name) { return !data_format_of(name); });
  if (names.size() == 1) return names[0];
  std::string shown;
  for (size_t i = 0; i < std::min(names.size(), kBadShown); ++i)
    shown += (i ? ", " : "") + names[i];
  return Error{ErrorKind::invalid_input,
               names.empty() ? "holds no data file" : "holds several data files", archive.string(),
               names.empty() ? "" : "Name one of: " + shown};
}

Result<std::unique_ptr<ByteSource>> open_bytes(const DataSource& source, const ReadLimits& limits) {
  if (!source.member.empty()) return open_zip_member(source.file, source.member, limits);
  if (lower(source.file.extension().string()) == ".gz") return open_gzip(source.file, limits);
  return open_plain(source.file);
}

Status read_stream(ByteStream& stream, DataFormat format, const DataSource& source,
                   RecordSink& sink) {
  switch (format) {
    case DataFormat::csv:
      return read_delimited(stream, ',', sink);
    case DataFormat::tsv:
      return read_delimited(stream, '\t', sink);
    case DataFormat::text:
      return read_text(stream, sink);
    case DataFormat::json:
      return read_json_records(stream, source, sink);
    case DataFormat::json_lines:
      break;
    case DataFormat::parquet:
      return Error{ErrorKind::unsupported, "Parquet inside an archive is not read", stream.name(),
                   "Unpack the archive"};
  }
  stream.skip_byte_order_mark();
  stream.skip_white_space();
  if (!stream.at_end() && stream.peek() == '[') return read_json_records(stream, source, sink);
  return read_json_lines(stream, sink);
}

Status read_shards(const DataSource& source, RecordSink& sink) {
  const fs::path parent = source.file.parent_path(), folder = parent.empty() ? "." : parent;
  LOOM_TRY(const auto names, parquet_shards(source.file.filename().string(), folder_below(folder)));
  for (const std::string& name : names) {
    DataSource shard = source;
    shard.file = folder / name;
    LOOM_CHECK(read_parquet(shard, sink));
    if (sink.enough()) break;
  }
  return {};
}

Status read_all(const DataSource& source, RecordSink& sink) {
  std::error_code ignored;
  if (fs::is_directory(source.file, ignored)) return read_text_folder(source.file, sink);
  const std::string name =
      source.member.empty() ? source.file.string() : source.file.string() + "/" + source.member;
  const auto format = source.format ? source.format : data_format_of(name);
  if (!format)
    return Error{ErrorKind::unsupported, "is of a kind that is not read", name,
                 "Give JSON, JSONL, CSV, TSV, Parquet or text; also as .gz or inside .zip"};
  if (*format == DataFormat::parquet && source.member.empty())
    return source.shards ? read_shards(source, sink) : read_parquet(source, sink);
  LOOM_TRY(auto bytes, open_bytes(source, sink.options().limits));
  ByteStream stream(std::move(bytes), name, sink.options().limits.record_bytes, sink.stop());
  return read_stream(stream, *format, source, sink);
}

}  // namespace

std::string to_string(const RecordPlace& place) {
  if (place.line > 0) return place.file + ":" + std::to_string(place.line);
  return place.file + ", row " + std::to_string(place.row);
}

std::optional<DataFormat> data_format_of(const fs::path& file) {
  fs::path name = lower(file.filename().string());
  if (name.extension() == ".gz") name = name.stem();
  const std::string ending = name.extension().string();
  if (ending == ".json") return DataFormat::json;
  if (ending == ".jsonl" || ending == ".ndjson") return DataFormat::json_lines;
  if (ending == ".csv") return DataFormat::csv;
  if (ending == ".tsv") return DataFormat::tsv;
  if (ending == ".parquet") return DataFormat::parquet;
  if (ending == ".txt" || ending == ".md") return DataFormat::text;
  return std::nullopt;
}

Status RecordSink::take(nlohmann::json& record, RecordPlace place) {
  if (stop_.stop_requested()) return Error{ErrorKind::cancelled, "stopped", place.file, ""};
  place.row = ++row_;
  auto taken = receive_(record, place);
  if (taken) {
    ++report_.records;
    enough_ = *taken == Reading::enough;
    return {};
  }
  Error problem = taken.error();
  if (problem.where.empty()) problem.where = to_string(place);
  if (problem.kind != ErrorKind::corrupt && problem.kind != ErrorKind::invalid_input)
    return problem;
  --row_;  // counted again below
  return take_bad(std::move(problem));
}

Status RecordSink::take_bad(Error problem) {
  ++row_;
  if (!options_.skip_bad_records) return problem;
  ++report_.bad_records;
  if (report_.bad.size() < kBadShown) report_.bad.push_back(std::move(problem));
  return {};
}

Result<ReadReport> for_each_record(const DataSource& given, const ReceiveRecord& receive,
                                   const ReadOptions& options, std::stop_token stop) {
  DataSource source = through_archive(given);
  std::error_code ignored;
  if (source.member.empty() && lower(source.file.extension().string()) == ".zip" &&
      !fs::is_directory(source.file, ignored)) {
    LOOM_TRY(source.member, only_member(source.file));
  }
  RecordSink sink(receive, options, std::move(stop));
  LOOM_CHECK(read_all(source, sink));
  return std::move(sink).report();
}

}  // namespace loom

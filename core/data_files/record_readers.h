// One reader per format. `name` is what errors call the file.
#pragma once

#include "core/data_files/byte_stream.h"
#include "core/data_files/record_sink.h"

namespace loom {

Status read_json_records(ByteStream& stream, const DataSource& source, RecordSink& sink);
Status read_json_lines(ByteStream& stream, RecordSink& sink);
Status read_delimited(ByteStream& stream, char delimiter, RecordSink& sink);
// The whole text as {"path", "text"}.
Status read_text(ByteStream& stream, RecordSink& sink);
Status read_text_folder(const std::filesystem::path& folder, RecordSink& sink);
Status read_parquet(const DataSource& source, RecordSink& sink);

// One JSON value of bounded depth and size, in text that is valid UTF-8.
Result<nlohmann::json> parse_json(std::string_view text, const ReadLimits& limits);
// What a JSON parser says, short enough to show.
std::string json_problem(const std::string& message);

}  // namespace loom

// CSV as RFC 4180 has it, and with tabs: the first row names the columns; a quoted field may hold
// delimiters, line ends and doubled quotes.
#include <set>

#include "core/data_files/record_readers.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

struct Row {
  std::vector<std::string> fields;
  size_t line = 0;
  std::string problem;
};

// Reads one field and what ends it; true when the row goes on.
bool read_field(ByteStream& stream, char delimiter, Row& row) {
  std::string field;
  bool quoted = false;
  if (!stream.at_end() && stream.peek() == '"') {
    quoted = true;
    stream.advance();
  }
  while (!stream.at_end()) {
    const char c = stream.peek();
    stream.advance();
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (!stream.at_end() && stream.peek() == '"') {
        field += '"';
        stream.advance();
      } else {
        quoted = false;
      }
      continue;
    }
    if (c == delimiter || c == '\n') {
      if (c == '\n' && field.ends_with('\r')) field.pop_back();
      row.fields.push_back(std::move(field));
      return c == delimiter;
    }
    field += c;
  }
  if (quoted) row.problem = "a quoted field does not end";
  if (field.ends_with('\r')) field.pop_back();
  row.fields.push_back(std::move(field));
  return false;
}

// An empty field is one byte in the file and many in memory: no more than `most` are kept.
bool read_row(ByteStream& stream, char delimiter, size_t most, Row& row) {
  if (stream.at_end()) return false;
  stream.begin_record();
  row = {{}, stream.line(), ""};
  bool goes_on = true;
  while (goes_on) {
    goes_on = read_field(stream, delimiter, row);
    if (row.fields.size() <= most) continue;
    row.problem = "has more than " + std::to_string(most) + " fields";
    row.fields.pop_back();
  }
  return bool(stream.status());
}

Result<std::vector<std::string>> column_names(Row header, const std::string& file) {
  std::set<std::string> seen;
  for (size_t i = 0; i < header.fields.size(); ++i) {
    std::string& name = header.fields[i];
    if (name.empty()) name = "column " + std::to_string(i + 1);
    if (header.problem.empty() && !is_utf8(name)) header.problem = "the header is not UTF-8";
    if (header.problem.empty() && !seen.insert(name).second)
      header.problem = "two columns are called \"" + name + "\"";
  }
  if (!header.problem.empty())
    return Error{ErrorKind::corrupt, header.problem, file + ":" + std::to_string(header.line),
                 "Correct the first row, which names the columns"};
  return std::move(header.fields);
}

std::string problem_of(const Row& row, size_t columns) {
  if (!row.problem.empty()) return row.problem;
  if (row.fields.size() != columns)
    return "has " + std::to_string(row.fields.size()) + " fields, the header " +
           std::to_string(columns);
  for (const std::string& field : row.fields)
    if (!is_utf8(field)) return "is not UTF-8";
  return "";
}

}  // namespace

Status read_delimited(ByteStream& stream, char delimiter, RecordSink& sink) {
  stream.skip_byte_order_mark();
  const size_t most = sink.options().limits.columns;
  Row row;
  if (!read_row(stream, delimiter, most, row)) {
    LOOM_CHECK(stream.status());
    return Error{ErrorKind::corrupt, "is empty", stream.name(), "Fetch the file again"};
  }
  LOOM_TRY(const auto names, column_names(std::move(row), stream.name()));
  while (!sink.enough() && read_row(stream, delimiter, most, row)) {
    if (row.fields.size() == 1 && row.fields[0].empty() && names.size() > 1) continue;
    const RecordPlace place{stream.name(), row.line, 0, ""};
    if (std::string problem = problem_of(row, names.size()); !problem.empty()) {
      LOOM_CHECK(sink.take_bad({ErrorKind::corrupt, problem, to_string(place), ""}));
      continue;
    }
    nlohmann::json record = nlohmann::json::object();
    for (size_t i = 0; i < names.size(); ++i) record[names[i]] = std::move(row.fields[i]);
    LOOM_CHECK(sink.take(record, place));
  }
  return stream.status();
}

}  // namespace loom

// JSON lines: a bad line does not spoil the next one.
#include "core/data_files/record_readers.h"

namespace loom {

Status read_json_lines(ByteStream& stream, RecordSink& sink) {
  stream.skip_byte_order_mark();
  std::string text;
  while (!sink.enough()) {
    const size_t line = stream.line();
    if (!stream.read_line(text)) break;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    RecordPlace place{stream.name(), line, 0, ""};
    if (auto record = parse_json(text, sink.options().limits)) {
      LOOM_CHECK(sink.take(*record, std::move(place)));
    } else {
      Error problem = record.error();
      problem.where = to_string(place);
      LOOM_CHECK(sink.take_bad(std::move(problem)));
    }
  }
  return stream.status();
}

}  // namespace loom

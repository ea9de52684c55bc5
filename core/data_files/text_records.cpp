// Plain texts: each file is one record, in the order of their names.
#include <algorithm>

#include "core/data_files/record_readers.h"
#include "core/text/utf8.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr size_t kMostFiles = 1000000;

Result<std::vector<fs::path>> text_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  fs::recursive_directory_iterator walk(folder, failure), end;
  for (; !failure && walk != end; walk.increment(failure)) {
    std::error_code ignored;
    if (data_format_of(walk->path()) == DataFormat::text && walk->is_regular_file(ignored))
      files.push_back(walk->path());
    if (files.size() > kMostFiles)
      return Error{ErrorKind::invalid_input, "holds more than a million files", folder.string(),
                   ""};
  }
  if (failure) return Error{ErrorKind::io, failure.message(), folder.string(), ""};
  std::sort(files.begin(), files.end());
  return files;
}

Status read_as(ByteStream& stream, const std::string& path, RecordSink& sink) {
  stream.skip_byte_order_mark();
  std::string text, line;
  while (!stream.at_end()) {
    text += stream.peek();
    stream.advance();
  }
  LOOM_CHECK(stream.status());
  if (!is_utf8(text))
    return sink.take_bad(
        {ErrorKind::corrupt, "is not UTF-8", stream.name(), "Save the text as UTF-8"});
  nlohmann::json record = {{"path", path}, {"text", std::move(text)}};
  return sink.take(record, {stream.name(), 1, 0, ""});
}

}  // namespace

Status read_text(ByteStream& stream, RecordSink& sink) {
  return read_as(stream, fs::path(stream.name()).filename().string(), sink);
}

Status read_text_folder(const fs::path& folder, RecordSink& sink) {
  LOOM_TRY(const auto files, text_files(folder));
  if (files.empty())
    return Error{ErrorKind::not_found, "holds no text file (.txt, .md)", folder.string(), ""};
  for (const fs::path& file : files) {
    if (sink.enough()) break;
    LOOM_TRY(auto source, open_plain(file));
    ByteStream stream(std::move(source), file.string(), sink.options().limits.record_bytes,
                      sink.stop());
    LOOM_CHECK(read_as(stream, file.lexically_relative(folder).generic_string(), sink));
  }
  return {};
}

}  // namespace loom

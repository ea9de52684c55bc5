#include "core/base/text_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/bounded_json.h"
#include "core/base/regular_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

// Python writes infinite and undefined numbers as words; outside of strings each becomes null.
std::string without_python_words(std::string_view text) {
  std::string out;
  bool quoted = false;
  while (!text.empty()) {
    size_t taken = 1;
    std::string_view written = text.substr(0, 1);
    if (quoted && text[0] == '\\') taken = std::min<size_t>(2, text.size());
    if (text[0] == '"') quoted = !quoted;
    for (std::string_view word : {"-Infinity", "Infinity", "NaN"})
      if (!quoted && text.starts_with(word)) taken = word.size(), written = "null";
    out += taken > 1 && quoted ? text.substr(0, taken) : written;
    text.remove_prefix(taken);
  }
  return out;
}

// What the parser says begins with its name for the problem: "[json.exception.parse_error.101] ".
std::string without_code(const std::string& message) {
  const size_t code = message.starts_with('[') ? message.find("] ") : std::string::npos;
  return code == std::string::npos ? message : message.substr(code + 2);
}

Error too_large(const fs::path& file, size_t limit_bytes) {
  return {ErrorKind::invalid_input, "is larger than " + std::to_string(limit_bytes) + " bytes",
          file.string(), "No file that is meant here is so large; check the path"};
}

}  // namespace

Result<std::string> read_file(const fs::path& file, size_t limit_bytes) {
  LOOM_CHECK(check_regular_file(file));
  std::error_code error;
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return Error{ErrorKind::io, std::strerror(errno), file.string(),
                 "Give yourself the right to read it"};
  auto size = fs::file_size(file, error);
  if (!error && size > limit_bytes) return too_large(file, limit_bytes);
  std::string bytes;
  if (!error) bytes.reserve(size);
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    bytes.append(buffer, static_cast<size_t>(in.gcount()));
    if (bytes.size() > limit_bytes) return too_large(file, limit_bytes);
  }
  if (in.bad()) return Error{ErrorKind::io, std::strerror(errno), file.string(), "Check the disk"};
  return bytes;
}

Status write_file(const fs::path& file, std::string_view bytes) {
  std::error_code error;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  fs::path part = file;
  part += ".part";
  {
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) {
      std::string reason = std::strerror(errno);
      fs::remove(part, error);
      return Error{ErrorKind::io, "cannot be written: " + reason, file.string(),
                   "Check free space and permissions"};
    }
  }
  fs::rename(part, file, error);
  if (error)
    return Error{ErrorKind::io, error.message(), file.string(), "Check free space and permissions"};
  return {};
}

Result<nlohmann::json> read_json(const fs::path& file) {
  LOOM_TRY(std::string text, read_file(file));
  if (nests_too_deep(text))
    return Error{ErrorKind::corrupt,
                 "lists and objects nest deeper than " + std::to_string(kDeepestJson) + " levels",
                 file.string(), "Such a file is none that this program reads"};
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::out_of_range& problem) {  // a number that is too large
    return Error{ErrorKind::corrupt, "is not valid JSON: " + without_code(problem.what()),
                 file.string(), "Correct that number"};
  } catch (const nlohmann::json::parse_error& problem) {
    auto plain = nlohmann::json::parse(without_python_words(text), nullptr, false);
    if (!plain.is_discarded()) return plain;
    size_t at = std::min<size_t>(problem.byte, text.size());
    size_t line = 1 + static_cast<size_t>(
                          std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
    return Error{ErrorKind::corrupt, "is not valid JSON: " + without_code(problem.what()),
                 file.string() + ":" + std::to_string(line), "Correct the JSON at that line"};
  }
}

}  // namespace loom

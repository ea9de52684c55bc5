#include "core/base/regular_file.h"

namespace loom {
namespace fs = std::filesystem;

Status check_regular_file(const fs::path& file) {
  std::error_code failed;
  const fs::file_type type = fs::status(file, failed).type();
  auto instead = [&](const char* what, const char* remedy) {
    return Error{ErrorKind::invalid_input, std::string("is a ") + what + ", a file was expected",
                 file.string(), remedy};
  };
  const char* const remedy = "Write what it gives into a file first";
  switch (type) {
    case fs::file_type::regular:
      return {};
    case fs::file_type::not_found:
      return Error{ErrorKind::not_found, "does not exist",
                   file.empty() ? "a file without a name" : file.string(), "Check the path"};
    case fs::file_type::directory:
      return instead("folder", "Name the file in it");
    case fs::file_type::fifo:
      return instead("pipe", remedy);
    case fs::file_type::socket:
      return instead("socket", remedy);
    case fs::file_type::block:
    case fs::file_type::character:
      return instead("device", remedy);
    default:
      return Error{ErrorKind::io, failed ? failed.message() : "cannot be read", file.string(),
                   "Give yourself the right to read its folder"};
  }
}

}  // namespace loom

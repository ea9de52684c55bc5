#include "core/data_files/byte_source.h"

#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/regular_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kFreeGrowth = uint64_t{1} << 30;  // small files may shrink as much as they can

class PlainFile : public ByteSource {
 public:
  explicit PlainFile(const fs::path& file) : file_(file), stream_(file, std::ios::binary) {}
  bool good() const { return stream_.good(); }

  Result<size_t> read(char* to, size_t size) override {
    stream_.read(to, static_cast<std::streamsize>(size));
    if (stream_.bad()) return Error{ErrorKind::io, "cannot be read", file_.string(), ""};
    return static_cast<size_t>(stream_.gcount());
  }

 private:
  fs::path file_;
  std::ifstream stream_;
};

class GzipFile : public ByteSource {
 public:
  GzipFile(const fs::path& file, const ReadLimits& limits)
      : file_(file), limits_(limits), handle_(gzopen(file.c_str(), "rb")) {
    if (handle_) gzbuffer(handle_, 1 << 17);
  }
  ~GzipFile() override {
    if (handle_) gzclose(handle_);
  }
  GzipFile(const GzipFile&) = delete;
  GzipFile& operator=(const GzipFile&) = delete;
  bool good() const { return handle_ && !gzdirect(handle_); }

  Result<size_t> read(char* to, size_t size) override {
    const int count = gzread(handle_, to, static_cast<unsigned>(size));
    if (count < static_cast<int>(size)) {
      int code = Z_OK;
      const char* message = gzerror(handle_, &code);
      if (code == Z_BUF_ERROR)
        return Error{ErrorKind::corrupt, "the compressed file breaks off", file_.string(),
                     "Fetch the file again"};
      if (code != Z_OK && code != Z_STREAM_END)
        return Error{ErrorKind::corrupt, std::string("is damaged: ") + message, file_.string(),
                     "Fetch the file again"};
    }
    unpacked_ += static_cast<uint64_t>(count);
    LOOM_CHECK(
        check_growth(static_cast<uint64_t>(gzoffset(handle_)), unpacked_, limits_, file_.string()));
    return static_cast<size_t>(count);
  }

 private:
  fs::path file_;
  ReadLimits limits_;
  gzFile handle_;
  uint64_t unpacked_ = 0;
};

Error unreadable(const fs::path& file) {
  return {ErrorKind::io, std::string("cannot be opened: ") + std::strerror(errno), file.string(),
          "Check the file's permissions"};
}

}  // namespace

Status check_growth(uint64_t packed, uint64_t unpacked, const ReadLimits& limits,
                    const std::string& where) {
  const bool too_large = unpacked > limits.unpacked_bytes;
  const bool too_dense =
      unpacked > kFreeGrowth && unpacked / std::max<uint64_t>(packed, 1) > limits.growth;
  if (!too_large && !too_dense) return {};
  return Error{ErrorKind::invalid_input,
               "unpacks to more than " + std::to_string(unpacked >> 20) + " MiB from " +
                   std::to_string(packed) + " bytes, which no data set does",
               where, "If you trust the file, unpack it yourself and give the unpacked file"};
}

Result<std::unique_ptr<ByteSource>> open_plain(const fs::path& file) {
  LOOM_CHECK(check_regular_file(file));
  auto source = std::make_unique<PlainFile>(file);
  if (!source->good()) return unreadable(file);
  return std::unique_ptr<ByteSource>(std::move(source));
}

Result<std::unique_ptr<ByteSource>> open_gzip(const fs::path& file, const ReadLimits& limits) {
  LOOM_TRY(auto probe, open_plain(file));
  char magic[2] = {};
  LOOM_TRY(const size_t count, probe->read(magic, 2));
  if (count < 2 || magic[0] != '\x1f' || magic[1] != '\x8b')
    return Error{ErrorKind::corrupt, "is not a gzip file", file.string(), "Fetch the file again"};
  auto source = std::make_unique<GzipFile>(file, limits);
  if (!source->good()) return unreadable(file);
  return std::unique_ptr<ByteSource>(std::move(source));
}

}  // namespace loom

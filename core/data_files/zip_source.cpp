#include <archive.h>
#include <archive_entry.h>

#include <algorithm>

#include "core/base/regular_file.h"
#include "core/data_files/byte_source.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr size_t kMostMembers = 1000000;

Error zip_problem(archive* handle, const std::string& where) {
  const char* message = archive_error_string(handle);
  return {ErrorKind::corrupt, std::string("is a damaged zip archive: ") + (message ? message : "?"),
          where, "Fetch the file again"};
}

std::string name_of(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (!name) name = archive_entry_pathname(entry);
  return name ? name : "";
}

class Zip {
 public:
  explicit Zip(const fs::path& archive_file) : file(archive_file), handle(archive_read_new()) {
    archive_read_support_format_zip(handle);
  }
  ~Zip() { archive_read_free(handle); }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  Status open() {
    LOOM_CHECK(check_regular_file(file));
    if (archive_read_open_filename(handle, file.c_str(), 1 << 17) != ARCHIVE_OK)
      return zip_problem(handle, file.string());
    return {};
  }

  // The next file; null at the end.
  Result<archive_entry*> next() {
    archive_entry* entry = nullptr;
    while (true) {
      const int code = archive_read_next_header(handle, &entry);
      if (code == ARCHIVE_EOF) return nullptr;
      if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return zip_problem(handle, file.string());
      if (++members_ > kMostMembers)
        return Error{ErrorKind::invalid_input, "holds more than a million members", file.string(),
                     ""};
      if (archive_entry_filetype(entry) == AE_IFREG) return entry;
    }
  }

  fs::path file;
  archive* handle;

 private:
  size_t members_ = 0;
};

class ZipMember : public ByteSource {
 public:
  ZipMember(const fs::path& file, const std::string& member, const ReadLimits& limits)
      : zip_(file), where_(file.string() + "/" + member), limits_(limits) {}

  Status find(const std::string& member) {
    LOOM_CHECK(zip_.open());
    while (true) {
      LOOM_TRY(archive_entry* const entry, zip_.next());
      if (!entry)
        return Error{ErrorKind::not_found, "the archive has no member of this name", where_, ""};
      if (name_of(entry) != member) continue;
      before_ = archive_filter_bytes(zip_.handle, -1);
      return {};
    }
  }

  Result<size_t> read(char* to, size_t size) override {
    const la_ssize_t count = archive_read_data(zip_.handle, to, size);
    if (count < 0) return zip_problem(zip_.handle, where_);
    unpacked_ += static_cast<uint64_t>(count);
    const auto packed = static_cast<uint64_t>(
        std::max<la_int64_t>(0, archive_filter_bytes(zip_.handle, -1) - before_));
    LOOM_CHECK(check_growth(packed, unpacked_, limits_, where_));
    return static_cast<size_t>(count);
  }

 private:
  Zip zip_;
  std::string where_;
  ReadLimits limits_;
  la_int64_t before_ = 0;
  uint64_t unpacked_ = 0;
};

}  // namespace

Result<std::vector<std::string>> zip_members(const fs::path& file) {
  Zip zip(file);
  LOOM_CHECK(zip.open());
  std::vector<std::string> names;
  while (true) {
    LOOM_TRY(archive_entry* const entry, zip.next());
    if (!entry) return names;
    names.push_back(name_of(entry));
  }
}

Result<std::unique_ptr<ByteSource>> open_zip_member(const fs::path& file, const std::string& member,
                                                    const ReadLimits& limits) {
  auto source = std::make_unique<ZipMember>(file, member, limits);
  LOOM_CHECK(source->find(member));
  return std::unique_ptr<ByteSource>(std::move(source));
}

}  // namespace loom

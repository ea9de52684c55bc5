// .loomrun: a zip with manifest.json and run.sqlite, read and written through libarchive.
#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "core/base/regular_file.h"
#include "core/base/text_file.h"
#include "core/export/run_export.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kDatabase = "run.sqlite";
constexpr int64_t kManifestLimit = 1 << 20;
constexpr int64_t kDatabaseLimit = int64_t{64} << 30;
constexpr size_t kBundlePiece = 1 << 20;

// A folder of our own for the database between history and archive.
class WorkFolder {
 public:
  WorkFolder() {
    std::error_code no_such_folder;
    const fs::path parent = fs::temp_directory_path(no_such_folder);
    std::string pattern = (parent / "loomscope-XXXXXX").string();
    if (!no_such_folder && mkdtemp(pattern.data())) path = pattern;
  }
  ~WorkFolder() {
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  fs::path path;
};

Error archive_problem(archive* handle, const fs::path& file, ErrorKind kind) {
  const char* message = archive_error_string(handle);
  return {kind, message ? message : "the archive cannot be used", file.string(),
          kind == ErrorKind::io ? "Check free space and permissions"
                                : "Copy it again from where it came"};
}

struct Reader {
  archive* handle = archive_read_new();
  ~Reader() { archive_read_free(handle); }
};
struct ArchiveWriter {
  archive* handle = archive_write_new();
  ~ArchiveWriter() { archive_write_free(handle); }
};

Status add_entry(archive* handle, const char* name, const fs::path& source, const fs::path& file,
                 const WorkControl& control) {
  std::error_code failed;
  auto size = fs::file_size(source, failed);
  std::ifstream in(source, std::ios::binary);
  if (failed || !in)
    return Error{ErrorKind::io, "cannot be read", source.string(),
                 "Check free space and permissions"};
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_size(entry, static_cast<la_int64_t>(size));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_mtime(entry, 315532800, 0);  // 1980: the first day a zip can name
  int code = archive_write_header(handle, entry);
  archive_entry_free(entry);
  std::string piece(kBundlePiece, '\0');
  double done = 0;
  while (code == ARCHIVE_OK && in) {
    LOOM_CHECK(control.at(done / std::max(static_cast<double>(size), 1.0)));
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    auto count = static_cast<size_t>(in.gcount());
    done += static_cast<double>(count);
    if (count > 0 && archive_write_data(handle, piece.data(), count) < 0) code = ARCHIVE_FATAL;
  }
  return code == ARCHIVE_OK ? Status() : Status(archive_problem(handle, file, ErrorKind::io));
}

Status write_archive(const fs::path& work, const fs::path& file, const WorkControl& control) {
  ArchiveWriter writer;
  archive_write_set_format_zip(writer.handle);
  if (archive_write_open_filename(writer.handle, file.c_str()) != ARCHIVE_OK)
    return archive_problem(writer.handle, file, ErrorKind::io);
  LOOM_CHECK(add_entry(writer.handle, kManifest, work / kManifest, file, {control.stop, {}}));
  LOOM_CHECK(add_entry(writer.handle, kDatabase, work / kDatabase, file, control));
  if (archive_write_close(writer.handle) != ARCHIVE_OK)
    return archive_problem(writer.handle, file, ErrorKind::io);
  return {};
}

Status extract(archive* handle, const fs::path& target, int64_t limit, const fs::path& file,
               const WorkControl& control) {
  std::error_code unknown;
  const auto packed = fs::file_size(file, unknown);
  std::ofstream out(target, std::ios::binary);
  std::string piece(kBundlePiece, '\0');
  int64_t total = 0;
  for (;;) {
    la_ssize_t count = archive_read_data(handle, piece.data(), piece.size());
    if (count < 0) return archive_problem(handle, file, ErrorKind::corrupt);
    if (count == 0) break;
    total += count;
    const auto read = static_cast<double>(archive_filter_bytes(handle, -1));
    LOOM_CHECK(control.at(unknown ? 0 : std::min(read / static_cast<double>(packed), 1.0)));
    if (total > limit)
      return Error{ErrorKind::corrupt, "an entry is larger than any run", file.string(),
                   "Export the run again where it came from"};
    out.write(piece.data(), count);
  }
  out.close();
  return out ? Status()
             : Status(Error{ErrorKind::io, "cannot be written", target.string(),
                            "Make room on the disk"});
}

// Takes only the two names we know; anything else in the archive is left alone.
Status read_archive(const fs::path& file, const fs::path& work, const WorkControl& control) {
  Reader reader;
  archive_read_support_format_zip(reader.handle);
  if (archive_read_open_filename(reader.handle, file.c_str(), kBundlePiece) != ARCHIVE_OK)
    return archive_problem(reader.handle, file, ErrorKind::corrupt);
  archive_entry* entry = nullptr;
  for (int entries = 0; entries < 16; ++entries) {
    int code = archive_read_next_header(reader.handle, &entry);
    if (code == ARCHIVE_EOF) return {};
    if (code != ARCHIVE_OK) return archive_problem(reader.handle, file, ErrorKind::corrupt);
    const char* path = archive_entry_pathname(entry);
    std::string name = path ? path : "";
    if (name == kManifest)
      LOOM_CHECK(extract(reader.handle, work / kManifest, kManifestLimit, file, control));
    if (name == kDatabase)
      LOOM_CHECK(extract(reader.handle, work / kDatabase, kDatabaseLimit, file, control));
  }
  return Error{ErrorKind::corrupt, "has too many entries", file.string(),
               "Export the run again where it came from"};
}

// A zip ends in a record of 22 bytes. The archive is read from its beginning and would not miss it.
Status check_end(const fs::path& file) {
  constexpr std::string_view kEnd = "PK\5\6";
  constexpr std::streamoff kEndBytes = 22;
  std::ifstream in(file, std::ios::binary);
  std::string end(kEnd.size(), '\0');
  in.seekg(-kEndBytes, std::ios::end);
  if (in.read(end.data(), static_cast<std::streamsize>(end.size())) && end == kEnd) return {};
  return Error{ErrorKind::corrupt, "is cut short, or is no .loomrun file", file.string(),
               "Copy it again from where it came"};
}

Status check_manifest(const fs::path& work, const fs::path& file) {
  auto manifest = read_json(work / kManifest);
  if (!manifest || !manifest->is_object() || manifest->value("kind", "") != "loomrun")
    return Error{ErrorKind::corrupt, "is not a .loomrun file", file.string(),
                 "Export the run again where it came from"};
  auto format = manifest->find("format");
  if (format == manifest->end() || *format != 1)
    return Error{ErrorKind::unsupported, "was written by a newer LoomScope", file.string(),
                 "Update LoomScope"};
  return {};
}

// What is wrong with the run stands in the file that was given, not where it was unpacked.
Error about_the_file(Error error, const fs::path& file, const fs::path& work) {
  if (error.kind != ErrorKind::corrupt && error.kind != ErrorKind::invalid_input &&
      error.kind != ErrorKind::unsupported)
    return error;
  const bool unpacked = error.where.find(work.string()) != std::string::npos;
  error.where = file.string() + (error.where.empty() || unpacked ? "" : ": " + error.where);
  if (error.kind != ErrorKind::unsupported)
    error.remedy = "Export the run again where it came from";
  return error;
}

Error no_work_folder() {
  const char* chosen = std::getenv("TMPDIR");
  return {ErrorKind::io, "no temporary folder can be made", chosen ? chosen : "/tmp",
          "Set TMPDIR to a folder that exists and may be written"};
}

}  // namespace

Status write_bundle(const RunStore& store, int64_t run, const fs::path& file,
                    const WorkControl& control) {
  WorkFolder work;
  if (work.path.empty()) return no_work_folder();
  LOOM_CHECK(store.export_run(run, work.path / kDatabase, control.part(0, 0.7)));
  LOOM_CHECK(write_file(work.path / kManifest, R"({"kind": "loomrun", "format": 1})"));
  fs::path partial = file;
  partial += ".part";
  Status written = write_archive(work.path, partial, control.part(0.7, 1));
  std::error_code failed;
  if (written) fs::rename(partial, file, failed);
  if (written && !failed) return {};
  std::error_code ignored;
  fs::remove(partial, ignored);
  return written ? Status(Error{ErrorKind::io, failed.message(), file.string(),
                                "Check free space and permissions"})
                 : written;
}

Result<int64_t> read_bundle(RunStore& store, const fs::path& file, const WorkControl& control) {
  LOOM_CHECK(check_regular_file(file));
  LOOM_CHECK(check_end(file));
  WorkFolder work;
  if (work.path.empty()) return no_work_folder();
  LOOM_CHECK(read_archive(file, work.path, control.part(0, 0.2)));
  LOOM_CHECK(check_manifest(work.path, file));
  std::error_code ignored;
  if (!fs::exists(work.path / kDatabase, ignored))
    return Error{ErrorKind::corrupt, "holds no run", file.string(),
                 "Export the run again where it came from"};
  auto run = store.import_run(work.path / kDatabase, control.part(0.2, 1));
  return run ? run : Result<int64_t>(about_the_file(run.error(), file, work.path));
}

}  // namespace loom

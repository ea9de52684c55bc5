// Bytes of a file as it is read: plain, gunzipped, or out of a zip archive.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/data_files/data_files.h"

namespace loom {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills up to `size` bytes; 0 at the end. Checksums are checked by then.
  virtual Result<size_t> read(char* to, size_t size) = 0;
};

Result<std::unique_ptr<ByteSource>> open_plain(const std::filesystem::path& file);
Result<std::unique_ptr<ByteSource>> open_gzip(const std::filesystem::path& file,
                                              const ReadLimits& limits);
// A member by its name in the archive.
Result<std::unique_ptr<ByteSource>> open_zip_member(const std::filesystem::path& file,
                                                    const std::string& member,
                                                    const ReadLimits& limits);
// Whether unpacking has gone further than the limits allow.
Status check_growth(uint64_t packed, uint64_t unpacked, const ReadLimits& limits,
                    const std::string& where);

}  // namespace loom

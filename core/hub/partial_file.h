// A file that is being written: what came before is hashed first, then bytes are added. Only a file
// of the right size and hash becomes the blob.
#pragma once

#include <filesystem>
#include <fstream>

#include "core/base/hash.h"
#include "core/hub/git_hash.h"
#include "core/hub/hub_repo.h"

namespace loom {

class PartialFile {
 public:
  PartialFile(std::filesystem::path path, const HubFile& file)
      : path_(std::move(path)), file_(file) {}

  Status open();     // takes up what is there, unless it is larger than it may be
  Status restart();  // throws away what is there
  Status append(std::string_view bytes);
  Status flush();
  uint64_t size() const { return size_; }
  bool complete() const { return size_ == file_.bytes; }
  // Checks the hash, writes the file through to the disk and gives it its name.
  Status finish(const std::filesystem::path& blob);

 private:
  void begin_hash();
  void add_to_hash(std::string_view bytes);
  std::string hash();
  Error cannot_write() const;

  std::filesystem::path path_;
  const HubFile& file_;
  std::ofstream out_;
  uint64_t size_ = 0;
  Sha256 sha256_;
  Sha1 sha1_;
};

}  // namespace loom

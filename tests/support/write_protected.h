// A folder whose files may be read and not written, as on a disk that is mounted so; as before when
// the object goes. Root may write everywhere, so that the process is another user meanwhile.
#pragma once

#include <sys/types.h>

#include <filesystem>

namespace loom::testing {

class WriteProtected {
 public:
  explicit WriteProtected(const std::filesystem::path& folder);
  ~WriteProtected();
  WriteProtected(const WriteProtected&) = delete;
  WriteProtected& operator=(const WriteProtected&) = delete;
  // False where this user can write all the same, or that user cannot even read.
  bool holds() const { return holds_; }

 private:
  void allow(bool writing) const;

  std::filesystem::path folder_;
  uid_t before_;
  bool holds_ = false;
};

}  // namespace loom::testing

#include "tests/support/write_protected.h"

#include <unistd.h>

#include <fstream>

namespace loom::testing {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kNobody = 65534;

}  // namespace

WriteProtected::WriteProtected(const fs::path& folder) : folder_(folder), before_(geteuid()) {
  allow(false);
  // The real user too: programs that are started are otherwise kept from their own environment.
  if (before_ == 0 && setresuid(kNobody, kNobody, 0) != 0) return;
  std::error_code failed;
  const bool readable = fs::exists(folder_, failed) &&
                        fs::directory_iterator(folder_, failed) != fs::directory_iterator();
  holds_ = readable && !failed && !std::ofstream(folder_ / "probe").is_open();
}

WriteProtected::~WriteProtected() {
  if (before_ == 0) (void)!setresuid(0, 0, 0);
  allow(true);
}

void WriteProtected::allow(bool writing) const {
  const fs::perms extra = writing ? fs::perms::owner_write : fs::perms::none;
  std::error_code failed;
  if (writing) fs::permissions(folder_, fs::perms(0755), failed);
  for (const auto& entry : fs::recursive_directory_iterator(folder_, failed))
    fs::permissions(entry.path(), fs::perms(entry.is_directory() ? 0555 : 0444) | extra, failed);
  fs::permissions(folder_, fs::perms(0555) | extra, failed);
}

}  // namespace loom::testing

#include "core/base/file_paths.h"
#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/engine/weights.h"

namespace loom {
namespace fs = std::filesystem;

Result<std::string> weights_hash(const std::vector<fs::path>& files) {
  std::string identity;
  for (const fs::path& file : files) {
    std::error_code error;
    auto size = fs::file_size(file, error);
    auto time = fs::last_write_time(file, error).time_since_epoch().count();
    if (error) return Error{ErrorKind::io, error.message(), file.string(), ""};
    identity += fs::weakly_canonical(file, error).string() + '\n' + std::to_string(size) + '\n' +
                std::to_string(time) + '\n';
  }
  fs::path remembered = paths::cache() / "weights" / sha256(identity);
  if (auto known = read_file(remembered, 64); known && known->size() == 64) return *known;
  Sha256 all;
  for (const fs::path& file : files) {
    LOOM_TRY(std::string one, sha256_file(file));
    all.update(one);
  }
  std::string hash = all.hex();
  // A cache that cannot be written only costs time.
  (void)write_file(remembered, hash);
  return hash;
}

}  // namespace loom

// What the hub calls a repository, and the files in one of its commits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/hub/hub_settings.h"

namespace loom {

struct HubRepo {
  enum Kind { model, dataset } kind = model;
  std::string id;                 // "ORG/NAME", or "NAME" for the oldest ones
  std::string revision = "main";  // branch, tag or commit
};

struct HubFile {
  std::string path;  // below the repository, checked: relative, without ".."
  uint64_t bytes = 0;
  std::string hash;  // SHA-256 of large files (LFS), git's blob SHA-1 of others; names the blob
};

struct HubListing {
  std::string commit;  // what the revision stood for when it was asked
  std::vector<HubFile> files;
};

// ORG/NAME[@REVISION], checked.
Result<HubRepo> parse_hub_repo(const std::string& text, HubRepo::Kind kind);
Status check_hub_repo(const HubRepo& repo);
Status check_hub_path(const std::string& path);
bool is_commit(const std::string& revision);  // 40 hexadecimal digits
// Where a person reads about it and accepts its terms.
std::string hub_page(const HubSettings& settings, const HubRepo& repo);

}  // namespace loom

// The hub's own cache layout, which huggingface_hub shares with us: models--ORG--NAME/ with
// blobs/HASH, snapshots/COMMIT/PATH (links to blobs) and refs/REVISION (the commit it stood for).
#pragma once

#include <optional>

#include "core/hub/hub_repo.h"

namespace loom {

// One repository's folder in the cache; nothing is made.
class HubCache {
 public:
  HubCache(const std::filesystem::path& cache, const HubRepo& repo);

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path blob(const HubFile& file) const;
  bool has_blob(const HubFile& file) const;  // of the right size; hashes are checked on the way in
  std::filesystem::path incomplete(const HubFile& file) const;  // what came so far
  std::filesystem::path lock_file(const HubFile& file) const;
  std::filesystem::path snapshot(const std::string& commit) const;

  // The commit that a revision stood for when it was last asked.
  std::optional<std::string> commit_of(const std::string& revision) const;
  // A file of the revision; of a revision never asked for, from the newest snapshot that has it.
  std::optional<std::filesystem::path> find(const std::string& revision,
                                            const std::string& path) const;
  // Makes a finished blob visible as a file of the commit.
  Status link(const std::string& commit, const HubFile& file) const;
  Status write_ref(const std::string& revision, const std::string& commit) const;
  // Takes the whole repository off the disk. Returns the bytes freed.
  Result<uint64_t> remove_all() const;

 private:
  std::filesystem::path cache_, folder_;
};

}  // namespace loom

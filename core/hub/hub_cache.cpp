#include "core/hub/hub_cache.h"

#include <algorithm>

#include "core/base/text_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

std::string folder_name(const HubRepo& repo) {
  std::string name = repo.kind == HubRepo::dataset ? "datasets--" : "models--";
  for (char c : repo.id) name += c == '/' ? std::string("--") : std::string(1, c);
  return name;
}

Error cannot(const std::error_code& failure, const fs::path& file) {
  return {ErrorKind::io, "cannot be written: " + failure.message(), file.string(),
          "Check free space and permissions"};
}

std::vector<fs::path> newest_first(const fs::path& parent) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(parent, failure)) {
    std::error_code ignored;
    found.emplace_back(entry.last_write_time(ignored), entry.path());
  }
  std::sort(found.rbegin(), found.rend());
  std::vector<fs::path> folders;
  for (auto& [time, path] : found) folders.push_back(std::move(path));
  return folders;
}

}  // namespace

HubCache::HubCache(const fs::path& cache, const HubRepo& repo)
    : cache_(cache), folder_(cache / folder_name(repo)) {}

fs::path HubCache::blob(const HubFile& file) const {
  return folder_ / "blobs" / file.hash;
}

bool HubCache::has_blob(const HubFile& file) const {
  std::error_code failure;
  const auto bytes = fs::file_size(blob(file), failure);
  return !failure && bytes == file.bytes;
}

fs::path HubCache::incomplete(const HubFile& file) const {
  return folder_ / "blobs" / (file.hash + ".incomplete");
}

fs::path HubCache::lock_file(const HubFile& file) const {
  return cache_ / ".locks" / folder_.filename() / (file.hash + ".lock");
}

fs::path HubCache::snapshot(const std::string& commit) const {
  return folder_ / "snapshots" / commit;
}

std::optional<std::string> HubCache::commit_of(const std::string& revision) const {
  if (is_commit(revision)) return revision;
  auto text = read_file(folder_ / "refs" / revision, 4096);
  if (!text) return std::nullopt;
  const std::string commit = text->substr(0, text->find_last_not_of(" \t\r\n") + 1);
  if (!is_commit(commit)) return std::nullopt;
  return commit;
}

std::optional<fs::path> HubCache::find(const std::string& revision, const std::string& path) const {
  std::error_code ignored;
  if (const auto commit = commit_of(revision)) {
    const fs::path file = snapshot(*commit) / path;
    if (fs::exists(file, ignored)) return file;
    return std::nullopt;
  }
  for (const fs::path& folder : newest_first(folder_ / "snapshots"))
    if (fs::exists(folder / path, ignored)) return folder / path;
  return std::nullopt;
}

Status HubCache::link(const std::string& commit, const HubFile& file) const {
  const fs::path pointer = snapshot(commit) / file.path;
  std::error_code failure;
  fs::create_directories(pointer.parent_path(), failure);
  if (failure) return cannot(failure, pointer.parent_path());
  if (fs::exists(pointer, failure)) return {};
  fs::path fresh = pointer;
  fresh += ".part";
  fs::remove(fresh, failure);
  fs::create_symlink(blob(file).lexically_relative(pointer.parent_path()), fresh, failure);
  if (failure) {  // a file system without links
    fs::copy_file(blob(file), fresh, failure);
    if (failure) return cannot(failure, fresh);
  }
  fs::rename(fresh, pointer, failure);
  if (failure) return cannot(failure, pointer);
  return {};
}

Status HubCache::write_ref(const std::string& revision, const std::string& commit) const {
  if (is_commit(revision)) return {};
  return write_file(folder_ / "refs" / revision, commit);
}

Result<uint64_t> HubCache::remove_all() const {
  uint64_t bytes = 0;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder_ / "blobs", failure)) {
    std::error_code ignored;
    if (entry.is_regular_file(ignored)) bytes += entry.file_size(ignored);
  }
  failure.clear();
  fs::remove_all(folder_, failure);
  if (failure) return Error{ErrorKind::io, failure.message(), folder_.string(), ""};
  fs::remove_all(cache_ / ".locks" / folder_.filename(), failure);
  return bytes;
}

}  // namespace loom

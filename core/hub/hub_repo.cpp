#include "core/hub/hub_repo.h"

#include <algorithm>
#include <filesystem>

namespace loom {
namespace {

constexpr size_t kLongestName = 96, kLongestRevision = 200, kLongestPath = 1024;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

bool is_name(const std::string& name) {
  return !name.empty() && name.size() <= kLongestName &&
         std::all_of(name.begin(), name.end(), is_plain) && name.front() != '.' &&
         name.back() != '.' && name.find("..") == std::string::npos &&
         name.find("--") == std::string::npos;
}

// Relative, without empty, "." or ".." parts and without control characters.
bool is_relative(const std::string& path, size_t longest) {
  if (path.empty() || path.size() > longest) return false;
  for (size_t at = 0; at <= path.size();) {
    const size_t end = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return std::none_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\';
  });
}

}  // namespace

bool is_commit(const std::string& revision) {
  return revision.size() == 40 &&
         revision.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Status check_hub_repo(const HubRepo& repo) {
  const size_t slash = repo.id.find('/');
  const bool named = slash == std::string::npos
                         ? is_name(repo.id)
                         : is_name(repo.id.substr(0, slash)) && is_name(repo.id.substr(slash + 1));
  if (!named)
    return Error{ErrorKind::invalid_input, "is not the name of a repository", repo.id,
                 "Write it as on the hub: ORG/NAME"};
  if (!is_relative(repo.revision, kLongestRevision))
    return Error{ErrorKind::invalid_input, "is not a revision", repo.revision,
                 "Give a branch, a tag or a commit"};
  return {};
}

Status check_hub_path(const std::string& path) {
  if (is_relative(path, kLongestPath)) return {};
  return Error{ErrorKind::corrupt, "the server names a file that must not be written",
               path.substr(0, kLongestPath), ""};
}

Result<HubRepo> parse_hub_repo(const std::string& text, HubRepo::Kind kind) {
  HubRepo repo{kind, text.starts_with("hf:") ? text.substr(3) : text};
  if (const size_t at = repo.id.find('@'); at != std::string::npos) {
    repo.revision = repo.id.substr(at + 1);
    repo.id.resize(at);
  }
  LOOM_CHECK(check_hub_repo(repo));
  return repo;
}

std::string hub_page(const HubSettings& settings, const HubRepo& repo) {
  return settings.endpoint + (repo.kind == HubRepo::dataset ? "/datasets/" : "/") + repo.id;
}

}  // namespace loom

#include "core/base/file_paths.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace loom::paths {
namespace fs = std::filesystem;
namespace {

fs::path folder(const char* xdg, const char* below_home, const char* portable) {
  if (const char* home = std::getenv("LOOMSCOPE_HOME"); home && *home)
    return fs::path(home) / portable;
  // As the XDG rules say, a path that depends on where the program was started is none.
  if (const char* value = std::getenv(xdg); value && *value == '/')
    return fs::path(value) / "loomscope";
  return user_home() / below_home / "loomscope";
}

Result<fs::path> shipped(const char* name) {
  std::error_code ignored;
  if (const char* root = std::getenv("LOOMSCOPE_RESOURCES"); root && *root) {
    if (fs::is_directory(fs::path(root) / name, ignored)) return fs::path(root) / name;
  }
  for (const fs::path& root :
       {executable_folder() / ".." / "share" / "loomscope", fs::path(LOOM_SOURCE_FOLDER)}) {
    if (fs::is_directory(root / name, ignored)) return fs::weakly_canonical(root / name, ignored);
  }
  return Error{ErrorKind::not_found, std::string("the folder ") + name + " is missing",
               executable_folder().string(),
               "Install LoomScope again or set LOOMSCOPE_RESOURCES to its share folder"};
}

}  // namespace

fs::path user_home() {
  if (const char* home = std::getenv("HOME"); home && *home) return home;
  passwd entry{}, *found = nullptr;
  std::string room(1 << 14, '\0');
  const bool known = getpwuid_r(getuid(), &entry, room.data(), room.size(), &found) == 0 && found;
  return known && *entry.pw_dir ? entry.pw_dir : ".";
}

fs::path data() {
  return folder("XDG_DATA_HOME", ".local/share", "data");
}
fs::path cache() {
  return folder("XDG_CACHE_HOME", ".cache", "cache");
}
fs::path config() {
  return folder("XDG_CONFIG_HOME", ".config", "config");
}
fs::path models() {
  return data() / "models";
}
fs::path benchmarks() {
  return data() / "benchmarks";
}
fs::path store() {
  return data() / "history.sqlite";
}
fs::path executable_folder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}
Result<fs::path> registry() {
  return shipped("models-registry");
}
Result<fs::path> resources() {
  return shipped("resources");
}
Result<fs::path> translations() {
  return shipped("translations");
}

}  // namespace loom::paths

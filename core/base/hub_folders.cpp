#include "core/base/hub_folders.h"

#include <cctype>

#include "core/base/environment.h"
#include "core/base/file_paths.h"
#include "core/base/text_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

fs::path newest_folder(const fs::path& parent) {
  fs::path newest;
  fs::file_time_type newest_time{};
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(parent, failure)) {
    std::error_code ignored;
    if (!entry.is_directory(ignored)) continue;
    const auto time = entry.last_write_time(ignored);
    if (newest.empty() || time > newest_time) newest = entry.path(), newest_time = time;
  }
  return newest;
}

}  // namespace

fs::path hub_home() {
  if (const char* folder = environment("HF_HOME")) return folder;
  if (const char* cache = environment("XDG_CACHE_HOME")) return fs::path(cache) / "huggingface";
  return paths::user_home() / ".cache" / "huggingface";
}

fs::path hub_cache_folder() {
  for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"})
    if (const char* folder = environment(name)) return folder;
  return hub_home() / "hub";
}

std::string hub_name(const fs::path& cache_entry) {
  const std::string name = cache_entry.filename().string();
  constexpr std::string_view kPrefix = "models--";
  if (!name.starts_with(kPrefix)) return "";
  const size_t middle = name.find("--", kPrefix.size());
  if (middle == std::string::npos) return name.substr(kPrefix.size());
  return name.substr(kPrefix.size(), middle - kPrefix.size()) + "/" + name.substr(middle + 2);
}

fs::path hub_snapshot(const fs::path& cache_entry) {
  if (auto commit = read_file(cache_entry / "refs" / "main", 4096)) {
    std::string name = *commit;
    while (!name.empty() && std::isspace(static_cast<unsigned char>(name.back()))) name.pop_back();
    const bool plain = !name.empty() && name.find('/') == std::string::npos && name != "..";
    std::error_code ignored;
    if (plain && fs::is_directory(cache_entry / "snapshots" / name, ignored))
      return cache_entry / "snapshots" / name;
  }
  return newest_folder(cache_entry / "snapshots");
}

}  // namespace loom

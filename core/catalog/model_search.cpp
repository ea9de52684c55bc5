#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/catalog/model_inspection.h"
#include "core/hub/hub_settings.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr int kDepth = 5;
constexpr size_t kMostEntries = 200000;  // a folder that large is not a model folder

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

// Only the first part of a model in parts is listed; projectors of vision models are no models.
bool is_model_file(const fs::path& file) {
  const std::string name = file.filename().string();
  if (file.extension() != ".gguf" || name.starts_with("mmproj")) return false;
  const size_t of = name.rfind("-of-");
  return of == std::string::npos || of < 5 || name.substr(of - 5, 5) == "00001";
}

class Search {
 public:
  std::vector<LocalModel> take() {
    std::sort(found_.begin(), found_.end(), [](const LocalModel& a, const LocalModel& b) {
      return std::tie(a.name, a.path) < std::tie(b.name, b.path);
    });
    return std::move(found_);
  }

  void walk(const fs::path& folder, int depth) {
    std::error_code failure;
    const fs::path real = fs::canonical(folder, failure);
    if (failure || !visited_.insert(real).second || depth > kDepth) return;
    if (!hub_name(folder).empty()) {
      const fs::path snapshot = hub_snapshot(folder);
      if (!snapshot.empty()) walk(snapshot, depth + 1);
      return;
    }
    if (fs::exists(folder / "config.json", failure)) add(folder);
    for (const auto& entry :
         fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, failure)) {
      if (++entries_ > kMostEntries) return;
      std::error_code ignored;
      if (entry.is_directory(ignored))
        walk(entry.path(), depth + 1);
      else if (is_model_file(entry.path()))
        add(entry.path());
    }
  }

 private:
  void add(const fs::path& path) {
    auto model = inspect_model(path);
    if (model) {
      found_.push_back(std::move(*model));
    } else if (path.extension() == ".gguf") {
      LocalModel broken;
      broken.path = path;
      broken.name = path.stem().string();
      broken.problem = describe(model.error());
      found_.push_back(std::move(broken));
    }
  }

  std::set<fs::path> visited_;
  size_t entries_ = 0;
  std::vector<LocalModel> found_;
};

}  // namespace

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

std::vector<LocalModel> find_models(const std::vector<fs::path>& folders) {
  Search search;
  for (const fs::path& folder : folders) search.walk(folder, 0);
  return search.take();
}

std::vector<fs::path> default_model_folders() {
  return {paths::models(), hub_cache_folder()};
}

}  // namespace loom

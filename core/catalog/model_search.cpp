#include <algorithm>
#include <set>
#include <tuple>

#include "core/base/file_paths.h"
#include "core/base/hub_folders.h"
#include "core/catalog/model_inspection.h"
#include "core/model_files/adapter_folder.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr int kDepth = 5;
constexpr size_t kMostEntries = 200000;  // a folder that large is not a model folder

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
    if (fs::exists(folder / "config.json", failure) || is_adapter(folder)) add(folder);
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

std::vector<LocalModel> find_models(const std::vector<fs::path>& folders) {
  Search search;
  for (const fs::path& folder : folders) search.walk(folder, 0);
  return search.take();
}

std::vector<fs::path> default_model_folders() {
  return {paths::models(), hub_cache_folder()};
}

}  // namespace loom

#include "core/catalog/fetch_model.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/hub/hub_cache.h"
#include "core/hub/list_repo.h"

namespace loom {
namespace {

constexpr std::array kPickle = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".msgpack", ".h5"};
constexpr std::array kTexts = {".json", ".jinja", ".model", ".tiktoken"};
constexpr std::array kTextNames = {"merges.txt", "vocab.txt",   "rwkv_vocab_v20230424.txt",
                                   "LICENSE",    "LICENSE.txt", "LICENSE.md",
                                   "README.md"};
constexpr size_t kShown = 12;

template <size_t N>
bool ends_with_any(const std::string& name, const std::array<const char*, N>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const char* ending) { return name.ends_with(ending); });
}

bool at_top(const HubFile& file) {
  return file.path.find('/') == std::string::npos;
}

bool is_description(const HubFile& file) {
  const bool named = std::find(kTextNames.begin(), kTextNames.end(), file.path) != kTextNames.end();
  const bool more_templates = file.path.starts_with("additional_chat_templates/");
  return (at_top(file) && (named || ends_with_any(file.path, kTexts))) ||
         (more_templates && file.path.ends_with(".jinja"));
}

bool is_adapter_part(const HubFile& file) {
  return file.path == "adapter_config.json" || file.path == "adapter_model.safetensors";
}

bool is_safetensors(const HubFile& file) {
  return at_top(file) && file.path.ends_with(".safetensors") &&
         !file.path.starts_with("consolidated") && !file.path.starts_with("adapter");
}

bool is_gguf(const HubFile& file) {
  const std::string name = file.path.substr(file.path.rfind('/') + 1);
  return name.ends_with(".gguf") && !name.starts_with("mmproj");
}

// "model-00001-of-00003.gguf" and its other parts are one model.
std::string whole_name(const std::string& path) {
  const size_t of = path.rfind("-of-");
  return of == std::string::npos || of < 6 ? path : path.substr(0, of - 6);
}

Error several(const HubRepo& repo, const std::set<std::string>& names) {
  std::string shown;
  for (const std::string& name : names) {
    if (std::count(shown.begin(), shown.end(), ',') + 1 >= static_cast<long>(kShown)) break;
    shown += (shown.empty() ? "" : ", ") + name;
  }
  return {ErrorKind::invalid_input,
          names.empty() ? "holds no GGUF file of that name" : "holds several GGUF files", repo.id,
          names.empty() ? "" : "Pick one with --file: " + shown};
}

Result<std::vector<HubFile>> choose_gguf(const HubRepo& repo, const std::vector<HubFile>& files,
                                         const std::string& pattern) {
  std::vector<HubFile> fitting;
  std::set<std::string> names;
  for (const HubFile& file : files) {
    if (!is_gguf(file) || file.path.find(pattern) == std::string::npos) continue;
    fitting.push_back(file);
    names.insert(whole_name(file.path));
  }
  if (names.size() != 1) return several(repo, names);
  return fitting;
}

// The files of the revision that were brought before, without asking the hub.
Result<HubListing> listing_on_disk(const HubSettings& settings, const HubRepo& repo) {
  const HubCache cache(settings.cache, repo);
  const auto commit = cache.commit_of(repo.revision);
  HubListing listing{commit.value_or(""), {}};
  std::error_code absent;
  if (commit)
    for (const auto& entry : std::filesystem::directory_iterator(cache.snapshot(*commit), absent))
      listing.files.push_back({entry.path().filename().string(), entry.file_size(absent), ""});
  if (listing.files.empty())
    return Error{ErrorKind::not_found, "is not on this disk, and the program works offline",
                 repo.id, "Switch offline work off (HF_HUB_OFFLINE, --offline)"};
  return listing;
}

}  // namespace

Result<std::vector<HubFile>> choose_model_files(const HubRepo& repo,
                                                const std::vector<HubFile>& files,
                                                const std::string& pattern) {
  const bool tensors = std::any_of(files.begin(), files.end(), is_safetensors);
  const bool ggufs = std::any_of(files.begin(), files.end(), is_gguf);
  if (ggufs && (!tensors || !pattern.empty())) return choose_gguf(repo, files, pattern);
  const bool adapter = std::count_if(files.begin(), files.end(), is_adapter_part) == 2;
  if (!tensors && !adapter) {
    const bool pickles = std::any_of(files.begin(), files.end(), [](const HubFile& file) {
      return ends_with_any(file.path, kPickle);
    });
    return Error{ErrorKind::unsupported,
                 pickles ? "holds its weights as pickle only, which can run code when it is read"
                         : "holds no weights",
                 repo.id, pickles ? "Look for a safetensors or GGUF version of the model" : ""};
  }
  std::vector<HubFile> chosen;
  for (const HubFile& file : files)
    if (is_description(file) || is_safetensors(file) || (!tensors && is_adapter_part(file)))
      chosen.push_back(file);
  return chosen;
}

Result<LocalModel> fetch_model(const HubSettings& settings, const HubRepo& repo,
                               const std::string& pattern, const WatchFetch& watch,
                               std::stop_token stop) {
  LOOM_TRY(const HubListing listing, settings.offline ? listing_on_disk(settings, repo)
                                                      : list_hub_repo(settings, repo, stop));
  LOOM_TRY(const auto files, choose_model_files(repo, listing.files, pattern));
  const std::filesystem::path snapshot = HubCache(settings.cache, repo).snapshot(listing.commit);
  if (!settings.offline) LOOM_CHECK(fetch_hub_files(settings, repo, listing, files, watch, stop));
  return inspect_model(is_gguf(files.front()) ? snapshot / files.front().path : snapshot);
}

}  // namespace loom

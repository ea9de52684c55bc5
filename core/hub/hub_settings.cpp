#include "core/hub/hub_settings.h"

#include <algorithm>

#include "core/base/environment.h"
#include "core/base/hub_folders.h"
#include "core/base/text_file.h"
#include "core/hub/http_exchange.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

bool is_on(const char* name) {
  std::string value = environment(name) ? environment(name) : "";
  std::transform(value.begin(), value.end(), value.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return value == "1" || value == "ON" || value == "YES" || value == "TRUE";
}

std::string token_from_environment() {
  for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"})
    if (const char* value = environment(name)) return trimmed_value(value);
  const char* file = environment("HF_TOKEN_PATH");
  auto text = read_file(file ? fs::path(file) : hub_home() / "token", 4096);
  return text ? trimmed_value(*text) : "";
}

}  // namespace

HubSettings hub_settings_from_environment() {
  HubSettings settings;
  if (const char* endpoint = environment("HF_ENDPOINT")) settings.endpoint = endpoint;
  while (settings.endpoint.ends_with('/')) settings.endpoint.pop_back();
  settings.token = token_from_environment();
  settings.offline = is_on("HF_HUB_OFFLINE") || is_on("TRANSFORMERS_OFFLINE");
  settings.cache = hub_cache_folder();
  return settings;
}

}  // namespace loom

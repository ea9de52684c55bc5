#include "core/execution/rate_cache.h"

#include "core/base/text_file.h"

namespace loom {
namespace fs = std::filesystem;

bool read_rate(const fs::path& file, const RateFields& fields) {
  const auto json = read_json(file);
  if (!json || !json->is_object()) return false;
  for (const auto& [name, number] : fields.numbers) {
    const auto found = json->find(name);
    if (found == json->end() || !found->is_number()) return false;
    *number = found->get<double>();
  }
  for (const auto& [name, words] : fields.texts) {
    const auto found = json->find(name);
    if (found == json->end() || !found->is_string()) return false;
    *words = found->get<std::string>();
  }
  return true;
}

Status write_rate(const fs::path& file, const RateFields& fields) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [name, number] : fields.numbers) json[name] = *number;
  for (const auto& [name, words] : fields.texts) json[name] = *words;
  return write_file(file, json.dump(1));
}

}  // namespace loom

#include "core/base/error_json.h"

namespace loom {

nlohmann::json error_json(const Error& error) {
  return {{"kind", to_string(error.kind)},
          {"message", error.message},
          {"where", error.where},
          {"remedy", error.remedy}};
}

Error error_from_json(const nlohmann::json& json) {
  auto text = [&json](const char* field) {
    if (!json.is_object()) return std::string();
    const auto found = json.find(field);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  return {error_kind_from(text("kind")).value_or(ErrorKind::internal), text("message"),
          text("where"), text("remedy")};
}

}  // namespace loom

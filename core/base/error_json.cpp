#include "core/base/error_json.h"

namespace loom {

nlohmann::json error_json(const Error& error) {
  return {{"kind", to_string(error.kind)},
          {"message", error.message},
          {"where", error.where},
          {"remedy", error.remedy}};
}

}  // namespace loom

#include "app/cli/failure_lines.h"

#include <algorithm>

#include "core/base/error_json.h"

namespace loom::cli {

std::vector<std::string> failure_lines(const nlohmann::json& failures, size_t most) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < std::min(failures.size(), most); ++i) {
    const auto samples = failures[i].at("samples").get<size_t>();
    lines.push_back(std::to_string(samples) + (samples == 1 ? " sample" : " samples") +
                    " failed: " + describe(error_from_json(failures[i])));
  }
  if (failures.size() > most)
    lines.push_back(std::to_string(failures.size() - most) + " more reasons");
  return lines;
}

}  // namespace loom::cli

// What is wrong in a YAML file, with the line.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace loom {

inline Error yaml_problem(const std::filesystem::path& file, const YAML::Exception& problem) {
  const bool placed = !problem.mark.is_null();
  return {ErrorKind::invalid_input, "is no YAML as it is expected here: " + problem.msg,
          file.string() + (placed ? ":" + std::to_string(problem.mark.line + 1) : ""),
          placed ? "Correct the YAML at that line; texts with a colon or a brace need quotes"
                 : "Correct the YAML; texts with a colon or a brace need quotes"};
}

}  // namespace loom

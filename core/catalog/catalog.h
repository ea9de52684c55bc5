// Reads and validates models-registry/ once at start. Errors name file and field.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/catalog/descriptions.h"

namespace loom {

struct Catalog {
  std::vector<BenchmarkDescription> benchmarks;  // by capability order, then title
  std::vector<MethodDescription> servers, augmentations;
  std::vector<ArchitectureDescription> architectures;
  std::vector<SuiteDescription> suites;

  const BenchmarkDescription* benchmark(const std::string& id) const;
  const SuiteDescription* suite(const std::string& id) const;
  const MethodDescription* server(const std::string& id) const;
  const MethodDescription* augmentation(const std::string& id) const;
};

Result<Catalog> load_catalog(const std::filesystem::path& registry_folder);

// One file of a registry by itself: benchmark, server, augmentation or architecture.
Status check_registry_file(const std::filesystem::path& file);

// Checks values against a form and fills in defaults; the error's `where` is the field's id.
Result<nlohmann::json> complete_parameters(const std::vector<Parameter>& form,
                                           const nlohmann::json& values);

}  // namespace loom

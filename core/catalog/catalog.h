// Reads and validates models-registry/ once at start. Errors name file and field.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/catalog/descriptions.h"

namespace loom {

struct Catalog {
  // By capability order, then title; behind the program's own come the user's in the same order.
  std::vector<BenchmarkDescription> benchmarks;
  std::vector<MethodDescription> servers, augmentations;
  std::vector<ArchitectureDescription> architectures;
  std::vector<SuiteDescription> suites;
  std::vector<Error> problems;  // custom benchmarks that cannot be used, each by its file

  const BenchmarkDescription* benchmark(const std::string& id) const;
  const SuiteDescription* suite(const std::string& id) const;
  const MethodDescription* server(const std::string& id) const;
  const MethodDescription* augmentation(const std::string& id) const;
  // Why the custom benchmark of that id cannot be used; null when no such file is there.
  const Error* problem_with(const std::string& id) const;
};

// `custom_folder` holds the user's own benchmarks; it may be empty or not exist.
Result<Catalog> load_catalog(const std::filesystem::path& registry_folder,
                             const std::filesystem::path& custom_folder = {});

// "there is no benchmark", or what is wrong with the user's file of that name.
Error no_benchmark(const Catalog& catalog, const std::string& id, const std::string& where);
void sort_by_capability(std::vector<BenchmarkDescription>& benchmarks);

// One file of a registry by itself (benchmark, server, augmentation or architecture), or one custom
// benchmark.
Status check_registry_file(const std::filesystem::path& file);

// Checks values against a form and fills in defaults; the error's `where` is the field's id.
Result<nlohmann::json> complete_parameters(const std::vector<Parameter>& form,
                                           const nlohmann::json& values);

}  // namespace loom

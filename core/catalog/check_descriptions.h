// Whether descriptions make sense: metrics, rule sets, capabilities, ranges, paths and names that
// stand once. Errors name the registry's file and the field.
#pragma once

#include <filesystem>

#include "core/catalog/catalog.h"

namespace loom {

Status check_description(const BenchmarkDescription& benchmark, const std::filesystem::path& file);
// Against the benchmarks that the catalogue has.
Status check_description(const SuiteDescription& suite, const Catalog& catalog,
                         const std::filesystem::path& file);

}  // namespace loom

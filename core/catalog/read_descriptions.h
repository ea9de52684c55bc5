// Descriptions out of the registry's JSON: what stands there, taken as it is. json's exceptions
// name a field that is missing or of another type; whether the values make sense
// check_descriptions.h says.
#pragma once

#include "core/catalog/descriptions.h"

namespace loom {

BenchmarkDescription benchmark_from(const nlohmann::json& root);
MethodDescription method_from(const nlohmann::json& root);
ArchitectureDescription architecture_from(const nlohmann::json& root);
SuiteDescription suite_from(const nlohmann::json& root);

}  // namespace loom

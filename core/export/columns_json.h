// A run's columns in results.json: the averages of each model, server and method.
#pragma once

#include <nlohmann/json.hpp>

#include "core/evaluation/run_summary.h"

namespace loom {

// By every rule of averaging, under its name.
nlohmann::json averages_json(const RunSummary& summary, const RunColumn& column);
nlohmann::json columns_json(const RunSummary& summary);

}  // namespace loom

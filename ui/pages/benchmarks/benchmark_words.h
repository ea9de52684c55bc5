// Words for what the catalogue holds, and the state of a benchmark's files on this disk.
#pragma once

#include <QString>
#include <filesystem>

#include "core/catalog/descriptions.h"

namespace loom::ui {

enum class DataState { made_here, present, optional_missing, missing };

DataState data_state(const BenchmarkDescription& benchmark,
                     const std::filesystem::path& data_folder);
QString data_state_text(DataState state);
QString lengths_text(const std::vector<size_t>& lengths);            // "4,096 to 131,072"
QString metric_title(const std::string& metric);

}  // namespace loom::ui

// Which task a prediction file belongs to.
#pragma once

#include "core/predictions/predictions.h"

namespace loom {

struct NamedTask {
  std::string benchmark, task;
};

// Tasks that the file's name may stand for, those of the folders' benchmark first and alone where
// there is one. LongBench-E's are named by their data set: the record's length decides.
std::vector<NamedTask> tasks_named_by(const std::filesystem::path& file,
                                      const PredictionRequest& request, const Catalog& catalog);
// The benchmark that a record's fields give away; empty: none does.
std::string benchmark_by_fields(const nlohmann::json& record);

}  // namespace loom

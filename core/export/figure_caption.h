// What a figure's caption has to name besides what it shows: how many samples, what was left out,
// the models by the hash of their weights, the rules and the versions. The same run gives the same
// words.
#pragma once

#include "core/history/run_queries.h"

namespace loom {

std::string figure_provenance(const RunSummary& run, const Provenance& provenance);

}  // namespace loom

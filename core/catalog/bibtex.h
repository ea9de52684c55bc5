// Citations of benchmarks for a paper's bibliography.
#pragma once

#include <string>
#include <vector>

#include "core/catalog/descriptions.h"

namespace loom {

// The description's own entry, else one made of its citation ("AUTHORS YEAR. TITLE") and address.
std::string bibtex(const BenchmarkDescription& benchmark);
// One entry for each, in order, parted by empty lines.
std::string bibtex(const std::vector<const BenchmarkDescription*>& benchmarks);

}  // namespace loom

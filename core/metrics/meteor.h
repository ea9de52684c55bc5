// METEOR (Lavie and Agarwal 2007) as nltk's single_meteor_score computes it: words are matched as
// they stand, then by Porter's stems, then by WordNet's synonyms.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace loom {

// Not found: which package is missing. WordNet is read once, then kept.
Status meteor_ready();
// Words are compared in lower case; 0 to 1. Call only when ready.
double meteor(const std::vector<std::string_view>& answer,
              const std::vector<std::string_view>& reference);

}  // namespace loom

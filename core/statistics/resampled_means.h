// Means of values drawn with replacement, as the bootstrap needs thousands of.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace loom {

// Of so many resamples, each as large as `values`, drawn one after the other from the stream
// "bootstrap" of the seed. The same numbers to the last bit on any number of cores.
std::vector<double> resampled_means(std::span<const double> values, uint64_t seed,
                                    size_t resamples);

}  // namespace loom

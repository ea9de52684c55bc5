// How far two orders or two numbers agree.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace loom {

// Spearman's rank correlation, equal values at the mean of their ranks; -1 to 1. None below two
// values or when all values of one side are equal. Both sides have the same length.
std::optional<double> spearman(std::span<const double> a, std::span<const double> b);
// Share of the reference's ordered pairs that the answer orders alike; 0 when the lengths differ.
// Places that one list names and the other does not are pairs lost (BAMBOO, section 3).
double concordance(std::span<const int64_t> answer, std::span<const int64_t> reference);
// 2^(-10 |a - b|) of two shares of one (ZeroSCROLLS, Shaham et al. 2023, section 3.3).
double exponential_similarity(double a, double b);

}  // namespace loom

// NoLiMa's base score and effective length (Modarressi et al. 2025, section 4): what a model
// answers of short texts, and up to which length it keeps most of that.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

// Of the base score, up to the effective length.
inline constexpr double kEffectiveShare = 0.85;

struct PairSample {  // one scored sample
  std::string pair;  // of a needle and its question
  size_t length_tokens = 0;
  double value = 0;  // 0…1
};

struct BaseScore {
  struct AtLength {
    size_t length_tokens = 0;
    double score = 0;  // 0…100
    double share = 0;  // of the base score
  };
  std::string task;                        // "nolima/needle_set"
  double base = 0;                         // 0…100
  std::vector<size_t> base_lengths;        // of the run, up to 1k
  std::vector<AtLength> lengths;           // all of the run, rising
  std::optional<size_t> effective_length;  // none: even the shortest keeps less
};

// The base score is the mean over the pairs of each one's best accuracy at a length of up to 1k
// tokens; the effective length is the longest whose score is at least 85 % of it. No value where
// the samples have no such length.
std::optional<BaseScore> base_score(const std::string& task,
                                    const std::vector<PairSample>& samples);

// The pair that a NoLiMa record belongs to: "0401_T17_C02_twohop" of
// "0401_T17_C02_twohop-book-1-depth-3".
std::string pair_of_record(std::string_view record_id);

}  // namespace loom

// NThread: identifiers of the form 8-4-4-4-12 in the answer. One reference: the first identifier is
// it. Several: the share of references found. Our definition: the official one is published for a
// single needle only. A character of a conditional key may stand among the digits.
#include <algorithm>

#include "core/metrics/all_metrics.h"

namespace loom {
namespace {

constexpr size_t kLength = 36;

bool is_identifier(std::string_view text, char also) {
  for (size_t i = 0; i < kLength; ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !(digit || (also != 0 && c == also))) return false;
  }
  return true;
}

}  // namespace

MetricScore uuid_match(const MetricInput& input) {
  const std::string special = input.record.value("special", "");
  const char also = special.empty() ? '\0' : special[0];
  std::vector<std::string> found;
  for (size_t at = 0; at + kLength <= input.prediction.size();) {
    const std::string_view text = input.prediction.substr(at, kLength);
    if (is_identifier(text, also)) {
      found.emplace_back(text);
      at += kLength;
    } else {
      ++at;
    }
  }
  MetricScore score;
  for (const std::string& one : found) score.parsed += (score.parsed.empty() ? "" : ", ") + one;
  if (input.references.size() == 1) {
    score.rule = "first identifier";
    score.value = !found.empty() && found.front() == input.references[0] ? 1.0 : 0.0;
    return score;
  }
  score.rule = "share of the identifiers found";
  size_t hits = 0;
  for (const std::string& reference : input.references)
    hits += std::find(found.begin(), found.end(), reference) != found.end();
  score.value = input.references.empty()
                    ? 0.0
                    : static_cast<double>(hits) / static_cast<double>(input.references.size());
  return score;
}

}  // namespace loom

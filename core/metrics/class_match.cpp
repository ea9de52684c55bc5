// LongBench's classification (trec, lsht): 1 divided by the number of classes that the answer
// names, when the right one is among them. Matched classes that are part of the right one's name
// are taken out; the official loop removes while it walks the list and so skips the one after each
// removal.
#include <algorithm>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {
namespace {

std::vector<std::string> named_classes(std::string_view answer, const std::string& gold,
                                       const std::vector<std::string>& classes) {
  std::vector<std::string> named;
  for (const std::string& name : classes)
    if (answer.find(name) != std::string_view::npos) named.push_back(name);
  for (size_t i = 0; i < named.size(); ++i) {
    const std::string term = named[i];
    if (term != gold && gold.find(term) != std::string::npos)
      named.erase(std::find(named.begin(), named.end(), term));
  }
  return named;
}

}  // namespace

MetricScore class_match(const MetricInput& input) {
  const std::string answer = scored_part(input);
  const auto classes = input.record.value("classes", std::vector<std::string>{});
  if (classes.empty()) return not_scored("the record names no classes");
  MetricScore score{0.0, "", "classes named in the answer"};
  for (const std::string& gold : input.references) {
    const auto named = named_classes(answer, gold, classes);
    for (const std::string& name : named) score.parsed += (score.parsed.empty() ? "" : ", ") + name;
    if (std::find(named.begin(), named.end(), gold) != named.end())
      score.value = std::max(*score.value, 1.0 / static_cast<double>(named.size()));
  }
  return score;
}

}  // namespace loom

// BABILong: exactly the right label, or labels, of the task in the answer's first sentence. Labels
// that the question itself names do not count (babilong/metrics.py, rules in our words).
#include <algorithm>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/text/normalise.h"

namespace loom {
namespace {

std::set<std::string> labels_in(const std::string& text, const std::vector<std::string>& labels) {
  std::set<std::string> found;
  for (const std::string& label : labels)
    if (text.find(label) != std::string::npos) found.insert(label);
  return found;
}

std::string before(const std::string& text, const char* mark) {
  return text.substr(0, text.find(mark));
}

std::vector<std::string> comma_parts(const std::string& text) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t comma = std::min(text.find(',', at), text.size());
    parts.push_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return parts;
}

}  // namespace

MetricScore babilong_label(const MetricInput& input) {
  std::vector<std::string> labels;
  for (const auto& label : input.parameters.value("labels", nlohmann::json::array()))
    labels.push_back(lower_case(label.get<std::string>()));
  const std::string target =
      input.references.empty() ? std::string() : lower_case(input.references[0]);
  std::string answer = lower_case(input.prediction);
  for (const char* mark : {".", "<context>", "<example>"}) answer = before(answer, mark);
  std::set<std::string> found = labels_in(answer, labels);
  for (const std::string& asked : labels_in(lower_case(input.record.value("question", "")), labels))
    found.erase(asked);

  MetricScore score;
  score.rule = "labels in the first sentence, those of the question left out";
  for (const std::string& label : found) score.parsed += (score.parsed.empty() ? "" : ",") + label;
  bool right = found.size() == 1 && found.contains(target);
  // "s,e" of qa19 is one label: only longer targets are lists.
  if (target.size() > 3 && target.find(',') != std::string::npos) {
    const std::vector<std::string> parts = comma_parts(target);
    right = found.size() == parts.size() &&
            std::all_of(parts.begin(), parts.end(),
                        [&](const std::string& part) { return found.contains(part); });
  }
  score.value = right ? 1.0 : 0.0;
  return score;
}

}  // namespace loom

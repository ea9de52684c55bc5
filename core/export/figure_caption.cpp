#include "core/export/figure_caption.h"

#include <cstdio>

#include "core/export/run_export.h"

namespace loom {
namespace {

constexpr size_t kHashDigits = 12;  // enough to tell files apart, short enough for a caption

std::string counted(size_t count, const char* one, const char* more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

std::string sample_words(const RunSummary& run) {
  size_t scored = 0, truncated = 0, failed = 0, unparsed = 0, fewer = 0;
  for (const JobSummary& job : run.jobs) {
    scored += job.scored, truncated += job.truncated, failed += job.failed,
        unparsed += job.unparsed;
    fewer += job.fewer_than_official;
  }
  std::string text = "n = " + std::to_string(scored) + " scored samples of " +
                     counted(run.jobs.size(), "task", "tasks") + " (by length and model)";
  if (truncated > 0) text += "; " + std::to_string(truncated) + " truncated, counted in";
  if (failed > 0) text += "; " + std::to_string(failed) + " failed, left out";
  if (unparsed > 0) text += "; " + std::to_string(unparsed) + " unparsed, left out";
  if (fewer > 0)
    text +=
        "; " + counted(fewer, "task has", "tasks have") + " fewer samples than the official one";
  return text + ".";
}

std::string field(const nlohmann::json& object, const char* key) {
  auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string model_words(const Provenance& provenance) {
  std::string text;
  for (const nlohmann::json& model : provenance.models) {
    if (!model.is_object() || field(model, "name").empty()) continue;
    text += (text.empty() ? "Models: " : ", ") + field(model, "name");
    std::string hash = field(model, "weights_hash");
    if (!hash.empty()) text += " (weights " + hash.substr(0, kHashDigits) + ")";
  }
  return text.empty() ? text : text + ".";
}

std::string decoding_words(const DecodingSettings& decoding) {
  char text[96];
  std::snprintf(text, sizeof text, "temperature %g, top-p %g, top-k %d, min-p %g",
                decoding.temperature, decoding.top_p, decoding.top_k, decoding.min_p);
  std::string words = decoding.temperature <= 0 ? "greedy decoding" : text;
  if (decoding.repetition_penalty > 0) {
    std::snprintf(text, sizeof text, ", repetition penalty %g", decoding.repetition_penalty);
    words += text;
  }
  return words;
}

std::string version_words(const Provenance& provenance) {
  std::string text;
  for (const DeviceRecord& device : provenance.devices) {
    std::string one;
    if (!device.program_version.empty()) one = "LoomScope " + device.program_version;
    if (!device.torch_version.empty())
      one += (one.empty() ? "libtorch " : ", libtorch ") + device.torch_version;
    if (!device.kernel_version.empty())
      one += (one.empty() ? "kernels " : ", kernels ") + device.kernel_version;
    if (!one.empty() && text.find(one) == std::string::npos)
      text += (text.empty() ? "" : "; ") + one;
  }
  return text.empty() ? text : text + ".";
}

constexpr const char* kIntervals =
    " Bars are 95 % intervals: Wilson for right-or-wrong scores, otherwise bootstrap. Truncated "
    "samples are counted and marked.";

}  // namespace

std::string figure_caption(const RadarModel&) {
  return std::string("Mean scores from 0 to 100.") + kIntervals;
}

std::string figure_caption(const LengthCurveModel& model) {
  std::string text =
      std::string("Mean score from 0 to 100 by length of the prompt in tokens.") + kIntervals;
  if (!model.benchmark.empty()) text += " Tasks of " + model.benchmark + ".";
  if (!model.task.empty())
    text += " Task " + model.task +
            ". The base score is the mean over its pairs of needle and question of each one's best "
            "accuracy at up to 1k tokens; the effective length is the longest that keeps 85 % of "
            "it.";
  return text;
}

std::string figure_caption(const HeatMapModel& model) {
  std::string text =
      "Mean score from 0 to 100 by length of the prompt in tokens and place of the evidence in the "
      "document (0 % is its start). Hatched cells have no samples.";
  if (!model.task.empty()) text += " Task " + model.task + ", " + model.label + ".";
  return text;
}

std::string figure_caption(const LatencyModel& model) {
  return "Wall time by benchmark and model. " + latency_caption(model) + ".";
}

std::string figure_caption(const DifferenceModel& model) {
  return "Difference of each run to " + model.baseline +
         " in points, per task and length, over paired samples, with 95 % percentile bootstrap "
         "intervals.";
}

std::string caption_file(const std::string& caption, const std::string& provenance) {
  return caption + "\n" + (provenance.empty() ? "" : "\n" + provenance + "\n");
}

std::string figure_provenance(const RunSummary& run, const Provenance& provenance) {
  const EvaluationPlan& plan = provenance.plan;
  const std::string pack = prompt_pack_name(plan);
  std::string rules = "Rules: " + plan.rule_set + (pack.empty() ? "" : "; prompts " + pack) + "; " +
                      decoding_words(plan.decoding) + "; seed " + std::to_string(plan.seed) +
                      "; plan " + provenance.fingerprint.substr(0, kHashDigits) + ".";
  std::string text;
  for (const std::string& line :
       {sample_words(run), model_words(provenance), rules, version_words(provenance)})
    if (!line.empty()) text += (text.empty() ? "" : "\n") + line;
  return text;
}

}  // namespace loom

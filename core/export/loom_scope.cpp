// LOOM-Scope's folders: benchmarks/ABILITY/BENCHMARK/prediction/TAG/TASK.jsonl with LEN, the
// prompt's tokens, in every line, and results/TAG/Total.txt, the tasks' scores of two decimals
// weighted by samples. Of results the package's readers open Total.txt, length.json and the tables
// results*.xlsx, of predictions every .jsonl: what else is told stands in files of other names.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>

#include "core/base/text_file.h"
#include "core/evaluation/mean_rules.h"
#include "core/evaluation/missing_samples.h"
#include "core/export/exported_run.h"
#include "core/export/secrets.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string ability_of(std::string capability) {
  if (capability == "retrieval") return "Retrieve";
  if (!capability.empty())
    capability[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(capability[0])));
  return capability;
}

std::string benchmark_name(const std::string& id) {
  if (id != "ruler" && id != "niah") return id;
  return id == "ruler" ? "RULER" : "NIAH";
}

json line_of(const Job& job, const SampleRow& row, const Sample& sample) {
  json line = {{"id", sample.record_id},
               {"answer", sample.references},
               {"pred", sample.result.text},
               {"LEN", row.prompt_tokens}};
  if (job.benchmark_id == "niah") {
    line["response"] = sample.result.text;
    line["context_length"] = job.length_tokens;
    if (sample.metadata.contains("depth")) line["depth_percent"] = sample.metadata["depth"];
  }
  return without_secrets(line);
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

struct Total {
  std::string benchmark;
  RunColumn part;       // the jobs that it counts
  std::string fewer;    // a line for each task of fewer samples than the official number
  std::string missing;  // and for each with truncated, failed or unparsed ones
  json failed = json::array();
};

// By which rules the scores were computed, and what was asked.
std::string rules_text(const EvaluationPlan& plan) {
  const std::string pack = prompt_pack_name(plan);
  return "Rules: " + plan.rule_set +
         "\nPrompts: " + (pack.empty() ? "official, else LoomScope's own" : one_line(pack)) +
         "\nTotal: mean of the tasks, weighted by samples\n";
}

}  // namespace

Result<std::vector<fs::path>> write_loom_scope(const RunQueries& queries, int64_t id,
                                               const fs::path& folder) {
  LOOM_TRY(ExportedRun run, exported_run(queries, id));
  std::vector<fs::path> files;
  std::map<fs::path, Total> totals;
  for (const RunColumn& column : run.summary.columns)
    for (int index : column.jobs) {
      const JobSummary& summary = run.summary.jobs.at(static_cast<size_t>(index));
      const Job& job = summary.job;
      fs::path benchmark = folder / "benchmarks" / file_name_of(ability_of(job.capability)) /
                           file_name_of(benchmark_name(job.benchmark_id));
      std::string tag = file_name_of(column.label + "_" + benchmark_name(job.benchmark_id));
      std::string lines;
      json failed = json::array();
      LOOM_CHECK(visit_samples(queries, id, {.jobs = {job.index}},
                               [&](const SampleRow& row, const Sample& sample) -> Status {
                                 if (sample.state == SampleState::done)
                                   lines += json_text(line_of(job, row, sample)) + '\n';
                                 if (sample.state == SampleState::failed)
                                   failed.push_back(failed_sample(job, sample));
                                 return {};
                               }));
      std::string task = job.task;
      if (job.length_tokens > 0) task += "_" + std::to_string(job.length_tokens);
      LOOM_CHECK(make_folder(benchmark / "prediction" / tag));
      files.push_back(benchmark / "prediction" / tag / (file_name_of(task) + ".jsonl"));
      LOOM_CHECK(write_file(files.back(), lines));
      Total& total = totals[benchmark / "results" / tag];
      total.failed.insert(total.failed.end(), failed.begin(), failed.end());
      if (summary.lower_is_better) continue;
      total.benchmark = job.benchmark_id;
      total.part.jobs.push_back(index);
      if (const std::string words = missing_words(summary); !words.empty())
        total.missing += task + ": " + words + "\n";
      if (summary.fewer_than_official)
        total.fewer += task + ": " + std::to_string(summary.planned) + " of " +
                       std::to_string(job.official_samples) + "\n";
    }
  for (const auto& [place, total] : totals) {
    if (!total.failed.empty()) {
      LOOM_CHECK(make_folder(place));
      files.push_back(place / "Failed_samples.json");
      LOOM_CHECK(write_file(files.back(), json_text(total.failed, 2) + "\n"));
    }
    const auto score = weighted_score(run.summary.jobs, total.part, total.benchmark);
    if (!score) continue;
    char text[32];
    std::snprintf(text, sizeof text, "%.2f\n", *score);
    LOOM_CHECK(make_folder(place));
    files.push_back(place / "Rules.txt");
    LOOM_CHECK(write_file(files.back(), rules_text(run.provenance.plan)));
    files.push_back(place / "Total.txt");
    LOOM_CHECK(write_file(files.back(), text));
    if (!total.missing.empty()) {
      files.push_back(place / "Truncated_failed_unparsed.txt");
      LOOM_CHECK(write_file(files.back(), total.missing));
    }
    if (total.fewer.empty()) continue;
    files.push_back(place / "Fewer_samples_than_official.txt");
    LOOM_CHECK(write_file(files.back(), total.fewer));
  }
  return files;
}

}  // namespace loom

// What the exports to other programs' formats share: the run as stored, names for files, and its
// samples page by page.
#pragma once

#include <functional>

#include "core/base/json_text.h"
#include "core/export/run_export.h"

namespace loom {

struct ExportedRun {
  int64_t id = 0;
  RunRow row;
  RunSummary summary;
  Provenance provenance;

  const Job& job(int index) const { return summary.jobs.at(static_cast<size_t>(index)).job; }
};
Result<ExportedRun> exported_run(const RunQueries& queries, int64_t run);

// A run may hold more text than memory: samples come one at a time, without secrets' clean-up.
Status visit_samples(const RunQueries& queries, int64_t run, const SampleFilter& filter,
                     const std::function<Status(const SampleRow&, const Sample&)>& visit);

// What a failed sample leaves in a format that has no place for it: which one, and why.
nlohmann::json failed_sample(const Job& job, const Sample& sample);

nlohmann::json timings_json(const Timings& timings);

// The value for programs that scale by metric: a share as a fraction, a measure as it is.
std::optional<double> as_measured(const SampleScore& score);

// "org/model" becomes "org__model"; what file systems refuse becomes "_".
std::string file_name_of(const std::string& text);
std::string task_name_of(const Job& job);  // "ruler_vt_4096"
Status make_folder(const std::filesystem::path& folder);

}  // namespace loom

// Answers that another program generated: its files as they are, told apart by their names and
// fields. Known shapes: a line per answer with pred, prediction or response; the prediction files
// of LongBench, LV-Eval, InfiniteBench, L-Eval, CLongEval and others; samples_*.jsonl of
// lm-evaluation-harness; the prediction folders of LOOM-Scope.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/catalog/catalog.h"

namespace loom {

struct StoredAnswer {
  std::string id;  // the record's own, else its place in the file
  std::string where;
  std::string text;
  std::vector<std::string> references;                 // empty: they stand elsewhere
  nlohmann::json metadata = nlohmann::json::object();  // as Record::metadata
  std::string why_none = "";                           // there is no reference; "": none was given
  std::string question = "";  // where the record holds it beside the answer
};

// Answers to one task. Files of several lengths are one set. No benchmark: the answers are to
// questions of the user's own, and the task is the file's name.
struct PredictionSet {
  std::string benchmark, task;
  std::vector<std::string> files;
  std::vector<StoredAnswer> answers;
  bool strip_thinking = false;  // only what follows an answer's finished thought is scored
};

struct PredictionRequest {
  std::filesystem::path path;   // a file, or a folder with a file per task
  std::string benchmark, task;  // empty: by name and fields
  bool own_tasks = false;       // files that name no task of ours are read too
};

// The error names the line, or says which benchmarks a file could belong to.
Result<std::vector<PredictionSet>> read_predictions(const PredictionRequest& request,
                                                    const Catalog& catalog,
                                                    std::stop_token stop = {});

// References by id out of another file, of the shape of a prediction without its answer.
Status add_references(const std::filesystem::path& file, PredictionSet& set);
// References and metadata by id out of the benchmark's own data. Ids are those of the data, or
// ours.
Status add_data(const std::filesystem::path& data_folder, const Catalog& catalog,
                PredictionSet& set);

}  // namespace loom

// A run as files. Every export passes the same numbers as the window shows and leaves out secrets.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/work_control.h"
#include "core/history/run_queries.h"

namespace loom {

// The task's official number of samples, null where it is not known.
nlohmann::json official_or_null(const Job& job);
// The JSON of `run`, `resume` and results.json (design: command line, field names fixed).
Result<nlohmann::json> results_json(const RunQueries& queries, int64_t run);
// What --headless leaves: results.json samples.jsonl report.html radar.svg|pdf|png latency.csv.
Result<std::vector<std::filesystem::path>> write_report(const RunQueries& queries, int64_t run,
                                                        const std::filesystem::path& folder,
                                                        const WorkControl& control = {});
Status write_samples_jsonl(const RunQueries& queries, int64_t run,
                           const std::filesystem::path& file, const WorkControl& control = {});
// `rule_set` is named in the table, and the pack of prompts that was used instead of the official
// ones; empty where the reader is told beside it.
std::string score_table_csv(const RunSummary& run, const std::string& rule_set,
                            const std::string& prompt_pack = {});
std::string score_table_markdown(const RunSummary& run, const std::string& rule_set,
                                 const std::string& prompt_pack = {});
std::string score_table_latex(const RunSummary& run, const std::string& rule_set,
                              const std::string& prompt_pack = {});
// The pack that questions were asked by; "" for the official prompts and ours.
std::string prompt_pack_name(const EvaluationPlan& plan);
nlohmann::json prompt_pack_or_null(const EvaluationPlan& plan);

// The layouts of lm-evaluation-harness, HELMET and LOOM-Scope below `folder`; the files written.
Result<std::vector<std::filesystem::path>> write_lm_eval(const RunQueries& queries, int64_t run,
                                                         const std::filesystem::path& folder);
Result<std::vector<std::filesystem::path>> write_helmet(const RunQueries& queries, int64_t run,
                                                        const std::filesystem::path& folder);
Result<std::vector<std::filesystem::path>> write_loom_scope(const RunQueries& queries, int64_t run,
                                                            const std::filesystem::path& folder);

// One run as one file (zip: manifest.json, run.sqlite) that opens on another machine. Stopped or
// failed, both leave nothing behind.
Status write_bundle(const RunStore& store, int64_t run, const std::filesystem::path& file,
                    const WorkControl& control = {});
Result<int64_t> read_bundle(RunStore& store, const std::filesystem::path& file,
                            const WorkControl& control = {});

}  // namespace loom

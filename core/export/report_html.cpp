#include "core/export/report_html.h"

#include <cstdio>

#include "core/base/printable_text.h"
#include "core/export/exported_run.h"
#include "core/statistics/decimal.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

using nlohmann::json;

// Whatever a file name or an error text holds: no markup, no controls, whole characters.
std::string escaped(const std::string& text) {
  std::string html;
  for (char c : printable_text(repair_utf8(text))) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      default: html += c;
    }
  }
  return html;
}

std::string fixed(const json& value, int decimals = 2) {
  if (!value.is_number()) return "–";
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", decimals, as_printed(value.get<double>(), decimals));
  return text;
}

std::string words(const json& value) {
  if (value.is_string()) return escaped(value.get<std::string>());
  return value.is_null() ? "–" : escaped(json_text(value));
}

constexpr const char* kStyle =
    ":root{color-scheme:light dark;--line:#8886}"
    "body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
    "th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right}"
    "th:first-child,td:first-child{text-align:left}th{font-weight:600}"
    "figure{margin:0;background:#fff;display:inline-block;padding:8px;border-radius:6px}"
    "pre{overflow:auto;border:1px solid var(--line);padding:1rem;border-radius:6px}";

std::string interval(const json& job) {
  if (!job["low"].is_number() || !job["high"].is_number()) return "–";
  return "[" + fixed(job["low"]) + ", " + fixed(job["high"]) + "]";
}

// A task of fewer samples than the official one says so.
std::string samples(const json& job) {
  if (!job.value("fewer_than_official", false)) return words(job["n"]);
  return words(job["n"]) + "<br><small>fewer than the official " + words(job["official_samples"]) +
         "</small>";
}

// The score, and what it is without truncated samples and with missing ones as wrong.
std::string score_cell(const json& job) {
  std::string text = fixed(job["score"]);
  if (job["truncated"].get<size_t>() > 0 && job["score_untruncated"].is_number())
    text += "<br><small>without truncated " + fixed(job["score_untruncated"]) + "</small>";
  if (job["score_missing_wrong"].is_number())
    text += "<br><small>failed and unparsed as wrong " + fixed(job["score_missing_wrong"]) +
            "</small>";
  return text;
}

std::string score_rows(const json& results) {
  std::string rows;
  for (const json& job : results["jobs"]) {
    std::string task = words(job["benchmark"]) + "/" + words(job["task"]);
    rows += "<tr><td>" + task + "</td><td>" + words(job["model"]) + "</td><td>" +
            words(job["length"]) + "</td><td>" + score_cell(job) + "</td><td>" + interval(job) +
            "</td><td>" + samples(job) + "</td><td>" + words(job["truncated"]) + "</td><td>" +
            words(job["failed"]) + "</td><td>" + words(job["unparsed"]) + "</td></tr>\n";
  }
  return rows;
}

// Nothing where no answer was judged.
std::string judged_part(const json& results) {
  std::string rows;
  for (const json& job : results.value("judged", json::array())) {
    std::string figures;
    for (const auto& [name, value] : job["figures"].items())
      figures += (figures.empty() ? "" : ", ") + escaped(name) + " " + fixed(value);
    rows += "<tr><td>" + words(job["benchmark"]) + "/" + words(job["task"]) + "</td><td>" +
            words(job["metric"]) + "</td><td>" + words(job["metric_version"]) + "</td><td>" +
            fixed(job["score"]) + "</td><td>" + interval(job) + "</td><td>" + words(job["n"]) +
            "</td><td>" + words(job["unparsed"]) + "</td><td>" + figures + "</td></tr>\n";
  }
  if (rows.empty()) return "";
  return "<h2>Scores by judges</h2><table><thead><tr><th>Task</th><th>Judge</th><th>Version</th>"
         "<th>Score</th><th>95 % interval</th><th>n</th><th>Unparsed</th><th>Figures</th></tr>"
         "</thead><tbody>\n" +
         rows + "</tbody></table>\n";
}

// Groups of tasks, and tasks by a field of their records. Nothing where a run has neither.
std::string parts_part(const json& results) {
  std::string rows;
  const auto add = [&rows](const json& column, const std::string& of, const json& part,
                           const std::string& name) {
    rows += "<tr><td>" + of + "</td><td>" + name + "</td><td>" + words(column["label"]) +
            "</td><td>" + fixed(part["score"]) + "</td><td>" + interval(part) + "</td><td>" +
            words(part["n"]) + "</td></tr>\n";
  };
  for (const json& column : results["columns"]) {
    for (const json& group : column["groups"]) add(column, words(group["key"]), group, "together");
    for (const json& scores : column["breakdowns"])
      for (const json& part : scores["parts"])
        add(column, words(scores["task"]), part,
            words(scores["title"]) + ": " + words(part["key"]));
  }
  if (rows.empty()) return "";
  return "<h2>Groups and parts</h2><table><thead><tr><th>Task</th><th>Part</th><th>Model</th>"
         "<th>Score</th><th>95 % interval</th><th>n</th></tr></thead><tbody>\n" +
         rows + "</tbody></table>\n";
}

std::string time_rows(const json& results) {
  std::string rows;
  for (const json& job : results["jobs"]) {
    const json& times = job["timings"];
    rows += "<tr><td>" + words(job["benchmark"]) + "/" + words(job["task"]) + "</td><td>" +
            fixed(job["seconds"], 1) + "</td><td>" + fixed(times["tokenise_s"], 2) +
            "</td><td>" + fixed(times["prefill_new_s"], 1) + "</td><td>" +
            fixed(times["decode_s"], 1) + "</td><td>" +
            fixed(job["prefill_tokens_per_s"], 0) + "</td><td>" +
            fixed(job["decode_tokens_per_s"], 1) + "</td><td>" + words(job["tokens_prefilled"]) +
            "</td><td>" + words(job["tokens_reused"]) + "</td></tr>\n";
  }
  return rows;
}

// Nothing where no sample failed.
std::string failures_part(const json& results) {
  std::string rows;
  for (const json& failure : results.value("failures", json::array()))
    rows += "<tr><td>" + words(failure["message"]) + "</td><td>" + words(failure["where"]) +
            "</td><td>" + words(failure["samples"]) + "</td></tr>\n";
  if (rows.empty()) return "";
  return "<h2>Failures</h2><table><thead><tr><th>Reason</th><th>Where</th><th>Samples</th></tr>"
         "</thead><tbody>\n" +
         rows + "</tbody></table>\n";
}

std::string average_rows(const json& results) {
  std::string rows;
  for (const json& column : results["columns"])
    rows += "<tr><td>" + words(column["label"]) + "</td><td>" +
            fixed(column["averages"]["capabilities"]) + "</td><td>" +
            fixed(column["averages"]["benchmarks"]) + "</td></tr>\n";
  return rows;
}

}  // namespace

std::string report_html(const json& results, const std::string& radar_svg) {
  std::string name = words(results["name"]);
  const json pack = results.value("prompt_pack", json());
  std::string html = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
                     name + " – LoomScope</title><style>" + kStyle + "</style></head><body>\n<h1>" +
                     name + "</h1>\n<p>Run " + words(results["run"]) + ", " +
                     words(results["created"]) + ", " + words(results["state"]) + ". Plan " +
                     words(results["plan_fingerprint"]).substr(0, 16) + ", rules " +
                     words(results["rule_set"]) +
                     (pack.is_null() ? "" : ", prompts " + words(pack)) +
                     ". Scores are 0–100 with 95 % intervals.</p>\n";
  html += "<h2>Averages</h2><table><thead><tr><th>Model</th><th>Mean of capabilities</th>"
          "<th>Mean of benchmarks</th></tr></thead><tbody>\n" +
          average_rows(results) + "</tbody></table>\n";
  html += "<h2>Capabilities</h2><figure>" + radar_svg + "</figure>\n";
  html +=
      "<h2>Scores</h2><table><thead><tr><th>Task</th><th>Model</th><th>Length</th>"
      "<th>Score</th><th>95 % interval</th><th>n</th><th>Truncated</th><th>Failed</th>"
      "<th>Unparsed</th></tr></thead><tbody>\n" +
      score_rows(results) + "</tbody></table>\n" + parts_part(results) + judged_part(results);
  html += "<h2>Times</h2><table><thead><tr><th>Task</th><th>Wall, s</th><th>Tokenise, s</th>"
          "<th>Prefill, s</th><th>Decode, s</th><th>Prefill, tokens/s</th>"
          "<th>Decode, tokens/s</th><th>Prefilled</th><th>Reused</th></tr></thead><tbody>\n" +
          time_rows(results) + "</tbody></table>\n" + failures_part(results);
  html += "<h2>Models and device</h2><pre>" + escaped(json_text(results["models"], 2)) + "\n" +
          escaped(json_text(results["device"], 2)) + "</pre>\n<h2>Plan</h2><pre>" +
          escaped(json_text(results["plan"], 2)) + "</pre>\n</body></html>\n";
  return html;
}

}  // namespace loom

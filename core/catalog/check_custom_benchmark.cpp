// What makes no sense in a custom benchmark, whoever wrote it: a file, the command line, a dialog.
#include <algorithm>
#include <set>

#include "core/catalog/custom_benchmark.h"
#include "core/data_files/data_files.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

Error wrong(const std::string& message, const std::string& where, const char* field,
            const std::string& remedy = "") {
  return {ErrorKind::invalid_input, message, where + ": " + field, remedy};
}

bool is_id(const std::string& id) {
  auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !id.empty() && id.size() <= 64 && fits(id.front()) && id.front() != '-' &&
         std::all_of(id.begin(), id.end(), fits);
}

// What these measure stands in the answer itself.
bool needs_answers(const std::string& metric) {
  return metric != "not_scored" && metric != "needs_judge";
}

Status check_columns(const CustomBenchmark& benchmark, const std::string& where) {
  const CustomColumns& columns = benchmark.columns;
  if (columns.answers.empty() && needs_answers(benchmark.metric))
    return wrong("a column with the answers is needed", where, "columns.answers");
  auto any_empty = [](const std::vector<std::string>& names) {
    return std::any_of(names.begin(), names.end(), [](const auto& name) { return name.empty(); });
  };
  if (any_empty(columns.answers)) return wrong("a column has no name", where, "columns.answers");
  if (any_empty(columns.choices)) return wrong("a column has no name", where, "columns.choices");
  if (columns.choices.size() > kMostChoices)
    return wrong("there are more choices than letters", where, "columns.choices");
  return {};
}

Status check_questions(const CustomBenchmark& benchmark, const std::string& where) {
  const auto format = data_format_of(benchmark.data);
  const bool archive = benchmark.data.extension() == ".zip";
  if (!archive && (!format || *format == DataFormat::text))
    return wrong("is no JSONL, JSON, CSV, TSV or Parquet file", where, "data");
  LOOM_CHECK(check_columns(benchmark, where));
  if (gaps_of_template(benchmark.prompt).empty())
    return wrong("shows nothing of the record", where, "prompt",
                 "Write {question} where the question belongs");
  if (benchmark.max_new_tokens < 1) return wrong("must be at least 1", where, "max_new_tokens");
  for (const std::string& stop : benchmark.stop)
    if (stop.empty()) return wrong("an empty text would end every answer", where, "stop");
  const auto metric = find_metric(benchmark.metric);
  if (!metric)
    return wrong("there is no metric \"" + benchmark.metric + "\"", where, "metric",
                 "loomscope-cli benchmarks metrics lists them");
  const auto& parameters = benchmark.metric_parameters;
  if ((*metric)->source == MetricSource::encoder &&
      !(parameters.contains("encoder") && parameters["encoder"].is_string()))
    return wrong(benchmark.metric + " needs an encoder", where, "metric_parameters",
                 "Name the folder of a BERT or RoBERTa model: {\"encoder\": \"FOLDER\"}");
  return {};
}

Status check_documents(const CustomBenchmark& benchmark, const std::string& where) {
  std::set<std::string> seen;
  for (const std::string& task : benchmark.tasks)
    if ((task != "needle" && task != "multi_needle" && task != "order") ||
        !seen.insert(task).second)
      return wrong("is not made of needle, multi_needle and order", where, "tasks");
  if (benchmark.tasks.empty()) return wrong("holds no task", where, "tasks");
  if (benchmark.lengths.empty()) return wrong("holds no length", where, "lengths");
  if (benchmark.depths.empty()) return wrong("holds no depth", where, "depths");
  if (benchmark.needles < 2 || benchmark.needles > kHouseNeedles)
    return wrong("must be 2 to " + std::to_string(kHouseNeedles), where, "needles");
  return {};
}

}  // namespace

Status check_custom_benchmark(const CustomBenchmark& benchmark, const std::string& where) {
  if (!is_id(benchmark.id))
    return wrong("\"" + benchmark.id + "\" is no id", where, "id",
                 "Use small letters, digits, _ and -, at most 64");
  if (benchmark.title.empty()) return wrong("is empty", where, "title");
  if (std::find(kCapabilities.begin(), kCapabilities.end(), benchmark.capability) ==
      kCapabilities.end())
    return wrong("\"" + benchmark.capability + "\" is not one of the six", where, "capability",
                 "faithfulness, general, reasoning, retrieval, generation or specialization");
  if (benchmark.language.empty()) return wrong("is empty", where, "language", "For example en");
  return benchmark.kind == CustomBenchmark::documents ? check_documents(benchmark, where)
                                                      : check_questions(benchmark, where);
}

}  // namespace loom

// References that do not stand beside the answers.
#include <map>

#include "core/benchmarks/custom.h"
#include "core/catalog/benchmark_data.h"
#include "core/data_files/data_files.h"
#include "core/predictions/answer_fields.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct Known {
  std::vector<std::string> references;
  json metadata;
};
using ById = std::map<std::string, Known>;

void fill_in(const ById& known, PredictionSet& set) {
  for (StoredAnswer& answer : set.answers) {
    const auto found = known.find(answer.id);
    if (found == known.end()) continue;
    answer.references = found->second.references;
    for (const auto& [key, value] : found->second.metadata.items())
      if (!answer.metadata.contains(key)) answer.metadata[key] = value;
  }
}

Status read_records(const Benchmark& benchmark, TaskRequest& request, ById& known) {
  LOOM_TRY(TaskRecords task, benchmark.records(request, {}));
  for (Record& record : task.records) {
    const std::string official = record.metadata.value("official_id", "");
    const Known entry{record.references, record.metadata};
    if (!official.empty()) known.emplace(official, entry);
    known.emplace(record.id, entry);
  }
  return {};
}

}  // namespace

Status add_references(const fs::path& file, PredictionSet& set) {
  ById known;
  auto receive = [&](json& raw, const RecordPlace& place) -> Result<Reading> {
    if (!raw.is_object())
      return Error{ErrorKind::corrupt, "is not a JSON object", to_string(place),
                   "A line for each answer, with its id and references"};
    StoredAnswer found = references_of(raw, set.benchmark, set.task, to_string(place));
    known[found.id] = {found.references, found.metadata};
    return Reading::go_on;
  };
  DataSource source{.file = file};
  if (!data_format_of(file)) source.format = DataFormat::json_lines;
  LOOM_CHECK(for_each_record(source, receive));
  fill_in(known, set);
  return {};
}

Status add_data(const fs::path& data_folder, const Catalog& catalog, PredictionSet& set) {
  const BenchmarkDescription* described = catalog.benchmark(set.benchmark);
  const Error made_anew{ErrorKind::unsupported, set.benchmark + " is made anew for every model",
                        set.benchmark + "/" + set.task, "Give --references FILE with the same ids"};
  if (!described || (described->generated && described->files.empty())) return made_anew;
  LOOM_TRY(auto benchmark, make_benchmark(*described));
  TaskRequest request;
  request.task = set.task;
  request.data_folder = data_folder / set.benchmark;
  request.find_file = [&](const std::string& name) {
    return find_data_file(*described, name, data_folder);
  };
  LOOM_TRY(request.parameters, complete_parameters(described->parameters, json::object()));
  auto lengths = described->lengths;
  // The published files of a benchmark that is else made here: some hold every length.
  if (lengths.empty() || described->generated) lengths.insert(lengths.begin(), 0);
  ById known;
  std::optional<Error> first;
  for (size_t length : lengths) {
    request.length_tokens = length;
    const Status read = read_records(*benchmark, request, known);
    if (read) continue;
    // Nothing is made without a tokenizer, which is invalid input then.
    const ErrorKind kind = read.error().kind;
    if (kind != ErrorKind::not_found && !(described->generated && kind == ErrorKind::invalid_input))
      return read.error();
    if (!first) first = described->generated ? made_anew : read.error();
  }
  if (known.empty() && first) return *first;
  fill_in(known, set);
  return {};
}

}  // namespace loom

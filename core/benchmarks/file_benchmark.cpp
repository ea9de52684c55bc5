#include "core/benchmarks/file_benchmark.h"

#include "core/benchmarks/record_set.h"
#include "core/data_files/data_files.h"
#include "core/data_files/parquet_files.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string value_text(const json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// Every row of a table has every column; a field that a record lacks is null there.
void drop_nulls(json& value) {
  if (value.is_object())
    for (auto field = value.begin(); field != value.end();)
      field = field->is_null() ? value.erase(field) : std::next(field);
  if (value.is_structured())
    for (json& item : value) drop_nulls(item);
}

}  // namespace

Result<fs::path> find_benchmark_file(const TaskRequest& request, const std::string& benchmark,
                                     const std::vector<std::string>& names) {
  std::optional<Error> first;
  for (const std::string& name : names) {
    if (request.find_file) {
      auto found = request.find_file(name);
      if (found) return found;
      if (!first) first = found.error();
      continue;
    }
    std::error_code unreadable;
    if (fs::exists(request.data_folder / name, unreadable)) return request.data_folder / name;
    if (const auto table = parquet_for(name, false, folder_below(request.data_folder)))
      return request.data_folder / *table;
  }
  if (first) return *first;
  return Error{ErrorKind::not_found, benchmark + " needs the file " + names.front(),
               request.data_folder.string(),
               "loomscope-cli benchmarks fetch " + benchmark + ", or put the file there"};
}

std::string data_label(const TaskRequest& request, const fs::path& file) {
  const std::string name = file.filename().string();
  return request.data_owner.empty() ? name : request.data_owner + ": " + name;
}

std::string length_name(size_t tokens) {
  constexpr size_t kKilo = 1024;
  if (tokens >= kKilo * kKilo && tokens % (kKilo * kKilo) == 0)
    return std::to_string(tokens / kKilo / kKilo) + "M";
  return tokens % kKilo == 0 ? std::to_string(tokens / kKilo) + "k" : std::to_string(tokens);
}

std::string field_text(const json& raw, const char* field) {
  return raw.contains(field) ? value_text(raw.at(field)) : "";
}

std::vector<std::string> field_texts(const json& raw, const char* field) {
  const json& value = raw.at(field);
  if (!value.is_array()) return {value_text(value)};
  std::vector<std::string> texts;
  for (const json& item : value) texts.push_back(value_text(item));
  return texts;
}

json listed_rows(const json& value) {
  if (!value.is_object() || value.empty()) return value;
  const size_t rows = value.begin()->size();
  json list = json::array();
  for (size_t i = 0; i < rows; ++i) list.push_back(json::object());
  for (const auto& [name, column] : value.items()) {
    if (!column.is_array() || column.size() != rows) return value;
    for (size_t i = 0; i < rows; ++i)
      if (!column[i].is_null()) list[i][name] = column[i];
  }
  return list;
}

Result<fs::path> FileBenchmark::data_file(const TaskRequest& request) const {
  if (!request.data_file.empty()) return request.data_file;
  return find_benchmark_file(request, id(), file_names(request));
}

Result<bool> FileBenchmark::reads_published(const TaskRequest& request) const {
  const auto file = data_file(request);
  if (file && !request.parameters.value("generate", false)) return true;
  if (request.length_tokens > 0) return false;
  if (!file) return file.error();
  return true;
}

Result<TaskRecords> FileBenchmark::records(const TaskRequest& request, std::stop_token stop) const {
  LOOM_TRY(const fs::path file, data_file(request));
  LOOM_TRY(const Wording words, wording(request));
  std::vector<Record> made;
  auto full = [&] { return request.samples > 0 && made.size() >= request.samples; };
  const bool parquet = data_format_of(file) == DataFormat::parquet;
  auto receive = [&](json& raw, const RecordPlace& place) -> Result<Reading> {
    if (parquet) drop_nulls(raw);
    if (!place.key.empty() && raw.is_object()) raw["_name"] = place.key;
    const size_t before = made.size();
    try {
      if (Status added = add(raw, place.row - 1, request, words, made); !added) {
        made.resize(before);  // a bad record leaves nothing of it
        return added.error();
      }
    } catch (const json::exception& problem) {
      made.resize(before);
      return Error{ErrorKind::corrupt, problem.what(), to_string(place),
                   "Fetch the file again, or take it out of the folder"};
    }
    return full() ? Reading::enough : Reading::go_on;
  };
  const DataSource source{.file = file, .entries = true, .shards = true};
  LOOM_TRY(const ReadReport report,
           for_each_record(source, receive, {request.skip_bad_records, {}}, stop));
  if (made.empty())
    return Error{ErrorKind::corrupt, "holds no record of the task " + request.task, file.string(),
                 ""};
  if (request.samples > 0 && made.size() > request.samples) made.resize(request.samples);
  TaskRecords result = finished(std::move(made), data_label(request, file));
  result.wording_label = words.label;
  add_bad_records(report, result);
  return result;
}

}  // namespace loom

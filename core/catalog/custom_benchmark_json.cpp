// The JSON form of a custom benchmark: read with every field named that is wrong, and written.
#include <algorithm>
#include <set>

#include "core/base/bounded_json.h"
#include "core/base/text_file.h"
#include "core/catalog/custom_benchmark.h"
#include "core/data_files/data_files.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kMostBytes = 4u << 20;  // of one definition

// Takes fields out of an object and keeps the first problem.
class Fields {
 public:
  Fields(const json& object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object_.is_object()) fail("", "is not a JSON object");
  }

  template <typename T>
  void take(const char* field, T& value) {
    const json* found = find(field);
    if (!found) return;
    try {
      value = found->get<T>();
    } catch (const json::exception&) {
      fail(field, "is of the wrong type");
    }
  }
  // A number made in memory is signed, a parsed one is not: the value decides.
  static bool is_count(const json& number, uint64_t least, uint64_t most) {
    if (!number.is_number_integer()) return false;
    if (!number.is_number_unsigned() && number.get<int64_t>() < 0) return false;
    return number.get<uint64_t>() >= least && number.get<uint64_t>() <= most;
  }
  template <typename T>
  void take_count(const char* field, T& value, uint64_t least, uint64_t most) {
    const json* found = find(field);
    if (!found) return;
    if (!is_count(*found, least, most))
      return fail(field, "is not a whole number from " + std::to_string(least) + " to " +
                             std::to_string(most));
    value = static_cast<T>(found->get<uint64_t>());
  }
  template <typename T>
  void take_counts(const char* field, std::vector<T>& list, uint64_t least, uint64_t most) {
    const json* found = find(field);
    if (!found) return;
    list.clear();
    const bool fits = found->is_array() && !found->empty() && found->size() <= 100 &&
                      std::all_of(found->begin(), found->end(),
                                  [&](const json& item) { return is_count(item, least, most); });
    if (!fits)
      return fail(field, "is not a list of whole numbers from " + std::to_string(least) + " to " +
                             std::to_string(most));
    for (const json& item : *found) list.push_back(static_cast<T>(item.get<uint64_t>()));
  }
  // One text, or a list of texts.
  void take_texts(const char* field, std::vector<std::string>& list) {
    const json* found = find(field);
    if (found && found->is_string()) {
      list = {found->get<std::string>()};
    } else {
      take(field, list);
    }
  }
  void need(const char* field) {
    if (!problem_ && !object_.contains(field)) fail(field, "is missing");
  }
  const json* find(const char* field) {
    known_.insert(field);
    return problem_ || !object_.contains(field) ? nullptr : &object_.at(field);
  }
  void fail(const std::string& field, const std::string& message) {
    if (!problem_)
      problem_ =
          Error{ErrorKind::invalid_input, message, field.empty() ? where_ : where_ + ": " + field,
                "custom-benchmarks.md lists the fields"};
  }
  Status finish() {
    if (!problem_)
      for (const auto& [name, value] : object_.items())
        if (!known_.contains(name)) fail(name, "is no field of a custom benchmark");
    return problem_ ? Status(*problem_) : Status();
  }

 private:
  const json& object_;
  std::string where_;
  std::set<std::string> known_;
  std::optional<Error> problem_;
};

Status read_columns(const json& object, const std::string& where, CustomColumns& columns) {
  Fields fields(object, where);
  fields.take("id", columns.id);
  fields.take("question", columns.question);
  fields.take("context", columns.context);
  fields.take_texts("answers", columns.answers);
  fields.take_texts("choices", columns.choices);
  fields.take("answer_separator", columns.answer_separator);
  fields.take("choice_separator", columns.choice_separator);
  fields.take("record", columns.record);
  return fields.finish();
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

// What a JSON from elsewhere names must lie beside it; whoever writes a whole path means it.
Result<fs::path> resolve(const std::string& name, const fs::path& file, const char* field) {
  const std::string where = file.string() + ": " + field;
  if (name.empty() || name.find('\0') != std::string::npos)
    return Error{ErrorKind::invalid_input, "names no file or folder", where, ""};
  const fs::path given(name);
  if (given.is_absolute()) return given.lexically_normal();
  std::error_code failure;
  const fs::path folder = fs::weakly_canonical(fs::absolute(file).parent_path(), failure);
  const fs::path path = (folder / given).lexically_normal();
  const fs::path real = fs::weakly_canonical(path, failure);
  if (!is_inside(path, folder) || (!failure && !is_inside(real, folder)))
    return Error{ErrorKind::invalid_input, "leads out of the folder of the JSON file", where,
                 "Put the data beside the JSON, or write its whole path"};
  return path;
}

void read_questions(Fields& fields, CustomBenchmark& benchmark) {
  fields.need("columns");
  fields.need("prompt");
  fields.need("metric");
  fields.take("system", benchmark.system);
  fields.take("prompt", benchmark.prompt);
  fields.take("answer_prefix", benchmark.answer_prefix);
  fields.take_count("max_new_tokens", benchmark.max_new_tokens, 1, 1'000'000);
  fields.take("stop", benchmark.stop);
  fields.take("metric", benchmark.metric);
  fields.take_count("samples", benchmark.samples, 0, 1'000'000'000);
  if (const json* parameters = fields.find("metric_parameters")) {
    benchmark.metric_parameters = *parameters;
    if (!parameters->is_object()) fields.fail("metric_parameters", "is not a JSON object");
  }
}

void read_documents(Fields& fields, CustomBenchmark& benchmark) {
  fields.take("tasks", benchmark.tasks);
  fields.take_counts("lengths", benchmark.lengths, 256, 16'777'216);
  fields.take_counts("depths", benchmark.depths, 0, 100);
  fields.take_count("needles", benchmark.needles, 2, kHouseNeedles);
}

}  // namespace

Result<CustomBenchmark> custom_benchmark_from(const json& root, const fs::path& file) {
  const std::string where = file.string();
  Fields fields(root, where);
  CustomBenchmark benchmark;
  size_t format = 0;
  std::string kind = "records", data;
  for (const char* field : {"format", "id", "title"}) fields.need(field);
  fields.take_count("format", format, 1, 1);
  fields.take("kind", kind);
  if (kind != "records" && kind != "documents") fields.fail("kind", "is not records or documents");
  const bool documents = kind == "documents";
  benchmark.kind = documents ? CustomBenchmark::documents : CustomBenchmark::records;
  if (documents) benchmark.capability = "retrieval";
  for (auto [field, value] : {std::pair{"id", &benchmark.id},
                              {"title", &benchmark.title},
                              {"summary", &benchmark.summary},
                              {"capability", &benchmark.capability},
                              {"language", &benchmark.language},
                              {"licence", &benchmark.licence},
                              {"citation", &benchmark.citation},
                              {"version", &benchmark.version},
                              {documents ? "folder" : "data", &data}})
    fields.take(field, *value);
  fields.take("chat_template", benchmark.chat_template);
  documents ? read_documents(fields, benchmark) : read_questions(fields, benchmark);
  const json* columns = documents ? nullptr : fields.find("columns");
  LOOM_CHECK(fields.finish());
  if (columns) LOOM_CHECK(read_columns(*columns, where + ": columns", benchmark.columns));
  LOOM_TRY(benchmark.data, resolve(data, file, documents ? "folder" : "data"));
  LOOM_CHECK(check_custom_benchmark(benchmark, where));
  return benchmark;
}

bool is_custom_definition(const fs::path& file) {
  std::error_code failure;
  if (file.extension() != ".json" || !fs::is_regular_file(file, failure) ||
      fs::file_size(file, failure) > kMostBytes || failure)
    return false;
  const auto root = read_json(file);
  // One that breaks off is still meant as one: its error says where.
  return !root || (root->is_object() && root->contains("format"));
}

Result<CustomBenchmark> read_custom_benchmark(const fs::path& file) {
  LOOM_TRY(const std::string text, read_file(file, kMostBytes));
  const json root = parse_bounded(text);
  if (root.is_discarded()) {
    LOOM_TRY(const json described, read_json(file));  // says where it breaks
    return custom_benchmark_from(described, file);
  }
  return custom_benchmark_from(root, file);
}

json to_json(const CustomBenchmark& benchmark) {
  const bool documents = benchmark.kind == CustomBenchmark::documents;
  json root = {{"format", 1},
               {"kind", documents ? "documents" : "records"},
               {"id", benchmark.id},
               {"title", benchmark.title},
               {"capability", benchmark.capability},
               {"language", benchmark.language},
               {documents ? "folder" : "data", benchmark.data.string()},
               {"chat_template", benchmark.chat_template}};
  auto add = [](json& object, const char* field, const auto& value) {
    if (!value.empty()) object[field] = value;
  };
  add(root, "summary", benchmark.summary);
  add(root, "licence", benchmark.licence);
  add(root, "citation", benchmark.citation);
  add(root, "version", benchmark.version);
  if (documents) {
    root.update({{"tasks", benchmark.tasks},
                 {"lengths", benchmark.lengths},
                 {"depths", benchmark.depths},
                 {"needles", benchmark.needles}});
    return root;
  }
  json columns = json::object();
  add(columns, "id", benchmark.columns.id);
  add(columns, "question", benchmark.columns.question);
  add(columns, "context", benchmark.columns.context);
  add(columns, "answers", benchmark.columns.answers);
  add(columns, "choices", benchmark.columns.choices);
  add(columns, "answer_separator", benchmark.columns.answer_separator);
  add(columns, "choice_separator", benchmark.columns.choice_separator);
  add(columns, "record", benchmark.columns.record);
  root["columns"] = columns;
  root["prompt"] = benchmark.prompt;
  root["metric"] = benchmark.metric;
  root["max_new_tokens"] = benchmark.max_new_tokens;
  add(root, "system", benchmark.system);
  add(root, "answer_prefix", benchmark.answer_prefix);
  add(root, "stop", benchmark.stop);
  add(root, "metric_parameters", benchmark.metric_parameters);
  if (benchmark.samples > 0) root["samples"] = benchmark.samples;
  return root;
}

}  // namespace loom

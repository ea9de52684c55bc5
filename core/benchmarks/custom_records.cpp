#include "core/benchmarks/custom_records.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "core/base/bounded_json.h"
#include "core/base/regular_file.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/wording.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kMostColumns = 10'000;
constexpr size_t kMostRecordBytes = 1u << 20;  // of metadata, which is stored with each sample

// Metrics whose reference is the letter of a choice, not its text.
const std::set<std::string> kLetterMetrics = {"choice", "closing_letter", "first_letter",
                                              "stated_letter"};

class Row {
 public:
  Row(const json& row, const RecordPlace& place) : row_(row), place_(place) {}

  Error wrong(const std::string& message) const {
    return {ErrorKind::corrupt, message, to_string(place_),
            "Correct the data, or choose other columns"};
  }
  bool has(const std::string& column) const { return row_.contains(column); }
  Result<const json*> cell(const std::string& column) const {
    if (!has(column)) return wrong("has no column \"" + column + "\"");
    return &row_.at(column);
  }
  // Lists of texts are the paragraphs of one text.
  Result<std::string> text(const std::string& column) const {
    LOOM_TRY(const json* value, cell(column));
    if (!value->is_array()) return scalar(*value, column);
    std::string text;
    for (const json& item : *value) {
      LOOM_TRY(const std::string part, scalar(item, column));
      text += (text.empty() ? "" : "\n\n") + part;
    }
    return text;
  }
  // One column may hold a list, a list written as text, or texts between separators.
  Result<std::vector<std::string>> texts(const std::vector<std::string>& columns,
                                         const std::string& separator) const {
    std::vector<std::string> list;
    for (const std::string& column : columns) {
      LOOM_TRY(const json* value, cell(column));
      const json written =
          value->is_string() ? list_in(value->get_ref<const std::string&>()) : json();
      const json& items = written.is_array() ? written : *value;
      if (items.is_array()) {
        for (const json& item : items) {
          LOOM_TRY(std::string one, scalar(item, column));
          list.push_back(std::move(one));
        }
      } else {
        LOOM_TRY(const std::string whole, scalar(items, column));
        split(whole, separator, list);
      }
    }
    std::erase(list, "");
    return list;
  }

 private:
  Result<std::string> scalar(const json& value, const std::string& column) const {
    if (value.is_null()) return std::string();
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number() || value.is_boolean()) return value.dump();
    return wrong("the column \"" + column + "\" holds no text but " +
                 (value.is_array() ? "a list" : "an object"));
  }
  static json list_in(const std::string& text) {
    if (!text.starts_with('[') || !text.ends_with(']')) return {};
    json list = parse_bounded(text);
    return list.is_array() ? list : json();
  }
  static void split(const std::string& text, const std::string& separator,
                    std::vector<std::string>& list) {
    size_t from = 0;
    while (!separator.empty()) {
      const size_t at = text.find(separator, from);
      if (at == std::string::npos) break;
      list.push_back(text.substr(from, at - from));
      from = at + separator.size();
    }
    list.push_back(text.substr(from));
    if (separator.empty()) return;
    for (std::string& part : list) {
      const size_t begin = part.find_first_not_of(" \t\r\n");
      const size_t end = part.find_last_not_of(" \t\r\n");
      part = begin == std::string::npos ? "" : part.substr(begin, end - begin + 1);
    }
  }

  const json& row_;
  const RecordPlace& place_;
};

std::string lettered(const std::vector<std::string>& choices) {
  std::string list;
  for (size_t i = 0; i < choices.size(); ++i)
    list += (i ? "\n" : "") + std::string(1, static_cast<char>('A' + i)) + ". " + choices[i];
  return list;
}

// Which choice an answer means: by its text, or by its letter.
std::optional<size_t> choice_of(const std::string& answer,
                                const std::vector<std::string>& choices) {
  const auto found = std::find(choices.begin(), choices.end(), answer);
  if (found != choices.end()) return static_cast<size_t>(found - choices.begin());
  if (answer.size() != 1) return std::nullopt;
  const char letter = static_cast<char>(answer[0] >= 'a' ? answer[0] - 'a' : answer[0] - 'A');
  if (letter < 0 || static_cast<size_t>(letter) >= choices.size()) return std::nullopt;
  return static_cast<size_t>(letter);
}

Status choose(const CustomBenchmark& benchmark, const Row& row,
              const std::vector<std::string>& choices, Record& record) {
  if (choices.size() < 2) return row.wrong("has fewer than two choices");
  if (choices.size() > kMostChoices) return row.wrong("has more choices than letters");
  for (std::string& answer : record.references) {
    const auto chosen = choice_of(answer, choices);
    if (!chosen) return row.wrong("the answer \"" + answer.substr(0, 80) + "\" is no choice");
    answer = kLetterMetrics.contains(benchmark.metric)
                 ? std::string(1, static_cast<char>('A' + *chosen))
                 : choices[*chosen];
  }
  record.metadata["options"] = choices;
  return {};
}

// What the templates' gaps stand for: the parts by their names, then any column by its own.
Status fill_slots(const CustomColumns& columns, const Wording& wording, const Row& row,
                  Slots& slots) {
  if (!columns.question.empty()) {
    LOOM_TRY(slots["question"], row.text(columns.question));
  }
  if (!columns.context.empty()) {
    LOOM_TRY(slots["context"], row.text(columns.context));
  }
  for (const std::string& gap :
       gaps_of_template(wording.system + wording.prompt + wording.answer_prefix)) {
    if (slots.contains(gap)) continue;
    if (!row.has(gap))
      return row.wrong("the prompt asks for {" + gap + "}, and there is no such column");
    LOOM_TRY(slots[gap], row.text(gap));
  }
  if (slots.contains("question") && slots["question"].empty())
    return row.wrong("the question is empty");
  return {};
}

std::vector<std::string> wanted_columns(const CustomBenchmark& benchmark, const Wording& wording) {
  const CustomColumns& columns = benchmark.columns;
  std::set<std::string> wanted = {columns.id, columns.question, columns.context};
  wanted.insert(columns.answers.begin(), columns.answers.end());
  wanted.insert(columns.choices.begin(), columns.choices.end());
  for (const auto& [name, column] : columns.record) wanted.insert(column);
  for (const std::string& gap :
       gaps_of_template(wording.system + wording.prompt + wording.answer_prefix))
    if ((gap != "question" || columns.question.empty()) &&
        (gap != "context" || columns.context.empty()) &&
        (gap != "choices" || columns.choices.empty()) && (gap != "id" || columns.id.empty()))
      wanted.insert(gap);
  wanted.erase("");
  return {wanted.begin(), wanted.end()};
}

// As a file, or within an archive.
Status data_is_there(const fs::path& data) {
  Status plain = check_regular_file(data);
  if (plain || plain.error().kind != ErrorKind::not_found) return plain;
  for (fs::path part = data.parent_path(); part.has_relative_path(); part = part.parent_path())
    if (part.extension() == ".zip" && check_regular_file(part)) return {};
  return Error{ErrorKind::not_found, "does not exist", data.string(),
               "Put the data there, or add the benchmark again"};
}

DataSource source_of(const fs::path& file, std::vector<std::string> columns = {}) {
  return {.file = file,
          .member = {},
          .format = {},
          .list = {},
          .entries = true,
          .columns = std::move(columns)};
}

}  // namespace

Wording wording_of(const CustomBenchmark& benchmark) {
  Wording wording;
  wording.system = benchmark.system;
  wording.prompt = benchmark.prompt;
  wording.answer_prefix = benchmark.answer_prefix;
  wording.label = "custom";
  return wording;
}

Result<Record> custom_record(const CustomBenchmark& benchmark, const Wording& wording,
                             const json& raw, const RecordPlace& place) {
  const Row row(raw, place);
  if (!raw.is_object()) return row.wrong("is not an object with named fields");
  const CustomColumns& columns = benchmark.columns;
  Record record;
  record.id = record_id("question", place.row);
  if (!columns.id.empty()) {
    LOOM_TRY(record.id, row.text(columns.id));
    if (record.id.empty() || record.id.size() > 500)
      return row.wrong("the id is empty or too long");
  }
  Slots slots = {{"id", record.id}};
  LOOM_TRY(record.references, row.texts(columns.answers, columns.answer_separator));
  if (record.references.empty() && !columns.answers.empty()) return row.wrong("has no answer");
  record.metadata = {{"language", benchmark.language}};
  if (!columns.choices.empty()) {
    LOOM_TRY(const auto choices, row.texts(columns.choices, columns.choice_separator));
    LOOM_CHECK(choose(benchmark, row, choices, record));
    slots["choices"] = lettered(choices);
  }
  for (const auto& [name, column] : columns.record) {
    LOOM_TRY(const json* value, row.cell(column));
    record.metadata[name] = *value;
  }
  if (record.metadata.dump().size() > kMostRecordBytes)
    return row.wrong("holds more than 1 MiB beside the prompt");
  LOOM_CHECK(fill_slots(columns, wording, row, slots));
  write_prompt(record, wording, slots);
  return record;
}

Result<DataHead> read_head(const fs::path& file, size_t rows, std::stop_token stop) {
  LOOM_CHECK(data_is_there(file));
  DataHead head;
  std::set<std::string> columns;
  auto receive = [&](json& row, const RecordPlace& place) -> Result<Reading> {
    if (!row.is_object())
      return Error{ErrorKind::corrupt, "is not an object with named fields", to_string(place), ""};
    for (const auto& [name, value] : row.items())
      if (columns.size() < kMostColumns) columns.insert(name);
    head.rows.push_back(std::move(row));
    return head.rows.size() < rows ? Reading::go_on : Reading::enough;
  };
  LOOM_CHECK(for_each_record(source_of(file), receive, {}, stop));
  if (head.rows.empty())
    return Error{ErrorKind::corrupt, "holds no record", file.string(), "Choose another file"};
  head.columns.assign(columns.begin(), columns.end());
  return head;
}

Result<ReadReport> for_each_custom_record(const CustomBenchmark& benchmark, const Wording& wording,
                                          const ReceiveCustomRecord& receive,
                                          const ReadOptions& options, std::stop_token stop) {
  LOOM_CHECK(data_is_there(benchmark.data));
  std::unordered_set<std::string> ids;
  auto take = [&](json& row, const RecordPlace& place) -> Result<Reading> {
    LOOM_TRY(Record record, custom_record(benchmark, wording, row, place));
    if (!ids.insert(record.id).second)
      return Error{ErrorKind::corrupt, "the id \"" + record.id + "\" came before", to_string(place),
                   "Choose a column with ids of their own, or none"};
    return receive(std::move(record), row);
  };
  return for_each_record(source_of(benchmark.data, wanted_columns(benchmark, wording)), take,
                         options, stop);
}

}  // namespace loom

#include "core/benchmarks/file_benchmark.h"

#include <fstream>

#include "core/base/text_file.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string text_of(const json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Error broken(const fs::path& file, size_t number, const std::string& problem) {
  return {ErrorKind::corrupt, problem, file.string() + ", record " + std::to_string(number + 1),
          "Fetch the file again, or take it out of the folder"};
}

using Receive = std::function<Status(const json& raw, size_t number)>;

Status read_lines(const fs::path& file, const Receive& receive) {
  std::ifstream stream(file);
  if (!stream) return Error{ErrorKind::not_found, "cannot be opened", file.string(), ""};
  std::string line;
  for (size_t number = 0; std::getline(stream, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    json raw = json::parse(line, nullptr, false);
    if (raw.is_discarded()) return broken(file, number, "is not JSON");
    LOOM_CHECK(receive(raw, number));
    ++number;
  }
  return {};
}

Status read_array(const fs::path& file, const Receive& receive) {
  LOOM_TRY(const json root, read_json(file));
  if (root.is_object()) {  // records by name
    size_t number = 0;
    for (const auto& [name, record] : root.items()) {
      json raw = record;
      if (raw.is_object()) raw["_name"] = name;
      LOOM_CHECK(receive(raw, number++));
    }
    return {};
  }
  if (!root.is_array())
    return Error{ErrorKind::corrupt, "a list of records was expected", file.string(), ""};
  for (size_t number = 0; number < root.size(); ++number) LOOM_CHECK(receive(root[number], number));
  return {};
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
  }
  if (first) return *first;
  return Error{ErrorKind::not_found, benchmark + " needs the file " + names.front(),
               request.data_folder.string(),
               "loomscope-cli benchmarks fetch " + benchmark + ", or put the file there"};
}

std::string length_name(size_t tokens) {
  constexpr size_t kKilo = 1024;
  if (tokens >= kKilo * kKilo && tokens % (kKilo * kKilo) == 0)
    return std::to_string(tokens / kKilo / kKilo) + "M";
  return tokens % kKilo == 0 ? std::to_string(tokens / kKilo) + "k" : std::to_string(tokens);
}

std::string field_text(const json& raw, const char* field) {
  return raw.contains(field) ? text_of(raw.at(field)) : "";
}

std::vector<std::string> field_texts(const json& raw, const char* field) {
  const json& value = raw.at(field);
  if (!value.is_array()) return {text_of(value)};
  std::vector<std::string> texts;
  for (const json& item : value) texts.push_back(text_of(item));
  return texts;
}

Result<TaskRecords> FileBenchmark::records(const TaskRequest& request, std::stop_token stop) const {
  LOOM_TRY(const fs::path file, find_benchmark_file(request, id(), file_names(request)));
  LOOM_TRY(const Wording words, wording(request));
  std::vector<Record> made;
  const Error enough{ErrorKind::cancelled, "enough", "", ""};
  auto full = [&] { return request.samples > 0 && made.size() >= request.samples; };
  auto receive = [&](const json& raw, size_t number) -> Status {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", id(), ""};
    try {
      LOOM_CHECK(add(raw, number, request, words, made));
    } catch (const json::exception& problem) {
      return broken(file, number, problem.what());
    }
    return full() ? Status(enough) : Status();
  };
  const Status read =
      file.extension() == ".jsonl" ? read_lines(file, receive) : read_array(file, receive);
  if (!read && !(full() && read.error().kind == ErrorKind::cancelled)) return read.error();
  if (made.empty())
    return Error{ErrorKind::corrupt, "holds no record of the task " + request.task, file.string(),
                 ""};
  if (request.samples > 0 && made.size() > request.samples) made.resize(request.samples);
  TaskRecords result = finished(std::move(made), file.filename().string());
  result.wording_label = words.label;
  return result;
}

}  // namespace loom

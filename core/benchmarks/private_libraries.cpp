#include "core/benchmarks/private_libraries.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/benchmarks/file_benchmark.h"
#include "core/data_files/data_files.h"
#include "core/metrics/library_names.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct OriginalProgram {
  std::string prompt, test, entry_point;
  std::vector<std::string> solutions;
};

struct Libraries {
  std::map<std::string, OriginalProgram> programs;  // by task_id
  std::map<std::string, NameComparison> compared;   // by library
  std::set<std::string> described;                  // names that prompts explain, of all libraries
};

// "NumpyEval/12" is of the library NumpyEval.
std::string library_of(const std::string& task_id) {
  return task_id.substr(0, task_id.find('/'));
}

Status read_lines(const fs::path& file, const std::function<void(const json&)>& receive,
                  std::stop_token stop) {
  auto each = [&](json& raw, const RecordPlace& place) -> Result<Reading> {
    try {
      receive(raw);
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), to_string(place), "Fetch the file again"};
    }
    return Reading::go_on;
  };
  const DataSource source{.file = file};
  LOOM_CHECK(for_each_record(source, each, {}, stop));
  return {};
}

// The prompt's part that is a program: all behind the descriptions.
constexpr std::string_view kDescriptionsEnd = "[end]\n";

// "# # total(self, axis=None): Determine …" describes total.
void add_described(std::string_view descriptions, std::set<std::string>& described) {
  for (size_t begin = 0; begin < descriptions.size();) {
    const size_t end = std::min(descriptions.find('\n', begin), descriptions.size());
    const std::string_view line = descriptions.substr(begin, end - begin);
    begin = end + 1;
    const auto names = identifiers(line);
    if (names.empty()) continue;
    const auto after = static_cast<size_t>(names[0].data() + names[0].size() - line.data());
    if (line.substr(after).starts_with("(")) described.emplace(names[0]);
  }
}

void compare(const json& shown, Libraries& libraries) {
  const auto id = shown.at("task_id").get<std::string>();
  const auto found = libraries.programs.find(id);
  if (found == libraries.programs.end()) return;
  const std::string_view prompt = shown.at("prompt").get_ref<const std::string&>();
  const size_t end = prompt.find(kDescriptionsEnd);
  const size_t program = end == std::string_view::npos ? 0 : end + kDescriptionsEnd.size();
  add_described(prompt.substr(0, program), libraries.described);
  NameComparison& names = libraries.compared[library_of(id)];
  names.add(prompt.substr(program), found->second.prompt);
  const auto solutions = field_texts(shown, "canonical_solution");
  for (size_t i = 0; i < std::min(solutions.size(), found->second.solutions.size()); ++i)
    names.add(solutions[i], found->second.solutions[i]);
}

using LibraryPairs = std::map<std::string, NamePairs>;

std::vector<std::string> unknown_names(const Libraries& libraries, const LibraryPairs& names) {
  std::vector<std::string> unknown;
  auto known = [&](const std::string& name) {
    return std::any_of(names.begin(), names.end(),
                       [&](const auto& library) { return library.second.contains(name); });
  };
  for (const std::string& name : libraries.described)
    if (!known(name)) unknown.push_back(name);
  return unknown;
}

}  // namespace

Status add_original_programs(const fs::path& shown, const fs::path& original,
                             std::vector<Record>& records, std::stop_token stop) {
  Libraries libraries;
  auto keep = [&](const json& raw) {
    libraries.programs[raw.at("task_id").get<std::string>()] = {
        raw.at("prompt").get<std::string>(), raw.at("test").get<std::string>(),
        raw.at("entry_point").get<std::string>(), field_texts(raw, "canonical_solution")};
  };
  LOOM_CHECK(read_lines(original, keep, stop));
  LOOM_CHECK(read_lines(
      shown, [&](const json& raw) { compare(raw, libraries); }, stop));
  LibraryPairs names;
  for (const auto& [library, compared] : libraries.compared) names[library] = compared.pairs();
  const auto unknown = unknown_names(libraries, names);
  for (Record& record : records) {
    const auto id = record.metadata.at("task_id").get<std::string>();
    const auto found = libraries.programs.find(id);
    if (found == libraries.programs.end()) {
      record.metadata["not_scored"] = original.filename().string() + " has no program " + id;
      continue;
    }
    record.metadata["code_prompt"] = found->second.prompt;
    record.metadata["code_test"] = found->second.test;
    record.metadata["entry_point"] = found->second.entry_point;
    record.metadata["library_names"] = names[library_of(id)];
    if (!unknown.empty()) record.metadata["unknown_names"] = unknown;
  }
  return {};
}

}  // namespace loom

// A benchmark that a user describes in one JSON file which can be shared: questions in a data file
// of any kind that core/data_files reads, or needles hidden in a folder of the user's own
// documents. The fields are those of models-registry/schema/custom_benchmark.json.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/catalog/descriptions.h"

namespace loom {

// Which columns of the data file play which part; "" and empty lists: none does.
struct CustomColumns {
  std::string id, question, context;
  std::vector<std::string> answers, choices;  // several columns, or one that may hold a list
  std::string answer_separator, choice_separator;
  std::map<std::string, std::string> record;  // what the metric needs beside the references
};

struct CustomBenchmark {
  enum Kind { records, documents } kind = records;
  std::string id, title, summary, capability = "general", language = "en", licence, citation,
                                  version;
  std::filesystem::path data;  // the data file or the folder of documents, absolute
  size_t samples = 0;          // records of the data file
  // Of questions in a file.
  CustomColumns columns;
  std::string system, prompt, answer_prefix;
  int max_new_tokens = 64;
  std::vector<std::string> stop;
  bool chat_template = true;
  std::string metric = "token_f1";
  nlohmann::json metric_parameters = nlohmann::json::object();
  // Of the user's own documents.
  std::vector<std::string> tasks = {"needle", "multi_needle", "order"};
  std::vector<size_t> lengths = {1024, 2048, 4096, 8192};
  std::vector<int> depths = {0, 25, 50, 75, 100};  // percent
  size_t needles = 4;                              // of multi_needle and order
};

inline constexpr const char* kCustomTask = "questions";  // of a data file
constexpr size_t kMostChoices = 26;
constexpr size_t kHouseNeedles = 6;

// Every field is checked; the error's `where` ends in the field's name. A relative path of data is
// taken from the JSON's folder and may not lead out of it.
Result<CustomBenchmark> read_custom_benchmark(const std::filesystem::path& file);
// A JSON file that describes a benchmark, or is meant to, as against data that is JSON too.
bool is_custom_definition(const std::filesystem::path& file);
Result<CustomBenchmark> custom_benchmark_from(const nlohmann::json& json,
                                              const std::filesystem::path& file);
Status check_custom_benchmark(const CustomBenchmark& benchmark, const std::string& where);
nlohmann::json to_json(const CustomBenchmark& benchmark);

// Names between braces that look like gaps: letters, digits, _, -, . and spaces.
std::vector<std::string> gaps_of_template(const std::string& text);
// A prompt that shows every part that has a column, the document first.
std::string default_prompt(const CustomColumns& columns);
// "My notes (v2)" → "my_notes_v2"; "custom" where nothing is left.
std::string id_from_title(const std::string& title);

BenchmarkDescription description_of(const CustomBenchmark& benchmark);

}  // namespace loom

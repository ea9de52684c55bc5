#include "app/cli/custom_verbs.h"

#include <charconv>
#include <iostream>

#include "app/cli/interrupt.h"
#include "core/base/bounded_json.h"
#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/benchmarks/custom.h"
#include "core/catalog/custom_folder.h"
#include "core/metrics/metric.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

// "\n" as it is typed in a shell; a file for longer ones.
Result<std::string> prompt_text(const std::string& given) {
  if (given.starts_with('@')) return read_file(given.substr(1), 1 << 20);
  std::string text;
  for (size_t i = 0; i < given.size(); ++i) {
    const bool line = given.compare(i, 2, "\\n") == 0;
    text += line ? '\n' : given[i];
    i += line;
  }
  return text;
}

template <typename T>
Result<std::vector<T>> numbers_of(const Invocation& invocation, const char* option) {
  std::vector<T> numbers;
  for (const std::string& value : invocation.texts(option))
    for (size_t from = 0; from <= value.size();) {
      const size_t to = std::min(value.find(',', from), value.size());
      std::string part = value.substr(from, to - from);
      from = to + 1;
      if (part.empty()) continue;
      const bool kilo = part.ends_with('k') || part.ends_with('K');
      if (kilo) part.pop_back();
      int number = 0;
      const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
      if (error != std::errc() || end != part.data() + part.size() || number < 0 ||
          number > 16'777'216)
        return Error{ErrorKind::invalid_input, "\"" + part + "\" is not a whole number",
                     std::string("--") + option, "For example 4096,8192"};
      numbers.push_back(static_cast<T>(number) * static_cast<T>(kilo ? 1024 : 1));
    }
  return numbers;
}

Status set_numbers(const Invocation& invocation, CustomBenchmark& benchmark) {
  LOOM_TRY(const auto limit, invocation.integer("max_new_tokens"));
  if (limit && (*limit < 1 || *limit > 1'000'000))
    return Error{ErrorKind::invalid_input, "must be 1 to 1000000", "--max_new_tokens",
                 "Leave it out for 64"};
  if (limit) benchmark.max_new_tokens = static_cast<int>(*limit);
  LOOM_TRY(const auto needles, invocation.integer("needles"));
  if (needles) benchmark.needles = static_cast<size_t>(std::max<int64_t>(0, *needles));
  LOOM_TRY(const auto lengths, numbers_of<size_t>(invocation, "lengths"));
  for (size_t length : lengths)
    if (length < 256)
      return Error{ErrorKind::invalid_input,
                   "a length of " + std::to_string(length) + " tokens is too short", "--lengths",
                   "Use 256 tokens or more"};
  if (!lengths.empty()) benchmark.lengths = lengths;
  LOOM_TRY(const auto depths, numbers_of<int>(invocation, "depths"));
  for (int depth : depths)
    if (depth > 100)
      return Error{ErrorKind::invalid_input, "a depth is 0 to 100 percent", "--depths",
                   "For example --depths 0,50,100"};
  if (!depths.empty()) benchmark.depths = depths;
  return {};
}

void set_words(const Invocation& invocation, const fs::path& data, CustomBenchmark& benchmark) {
  benchmark.data = fs::absolute(data).lexically_normal();
  fs::path name = benchmark.data.has_filename() ? benchmark.data : benchmark.data.parent_path();
  benchmark.title = invocation.text("title", name.stem().string());
  benchmark.summary = invocation.text("summary");
  benchmark.capability = invocation.text("capability", benchmark.capability);
  benchmark.language = invocation.text("language", benchmark.language);
  benchmark.licence = invocation.text("licence");
  benchmark.citation = invocation.text("citation");
  benchmark.chat_template = !invocation.has("no_chat_template");
}

Status set_questions(const Invocation& invocation, CustomBenchmark& benchmark) {
  CustomColumns& columns = benchmark.columns;
  columns.id = invocation.text("id_column");
  columns.question = invocation.text("question");
  columns.context = invocation.text("context");
  columns.answers = invocation.texts("answer");
  columns.choices = invocation.texts("choices");
  columns.answer_separator = invocation.text("answer_separator");
  columns.choice_separator = invocation.text("choice_separator");
  benchmark.prompt = default_prompt(columns);
  if (invocation.has("template")) {
    LOOM_TRY(benchmark.prompt, prompt_text(invocation.text("template")));
  }
  LOOM_TRY(benchmark.system, prompt_text(invocation.text("system")));
  LOOM_TRY(benchmark.answer_prefix, prompt_text(invocation.text("answer_prefix", "Answer:")));
  for (const std::string& stop : invocation.texts("stop")) {
    LOOM_TRY(benchmark.stop.emplace_back(), prompt_text(stop));
  }
  benchmark.metric = invocation.text("metric", columns.choices.empty() ? "token_f1" : "choice");
  if (!invocation.has("metric_parameters")) return {};
  benchmark.metric_parameters = parse_bounded(invocation.text("metric_parameters"));
  if (!benchmark.metric_parameters.is_object())
    return Error{ErrorKind::invalid_input, "is not a JSON object", "--metric_parameters",
                 "For example '{\"n\": 2}'"};
  return {};
}

Result<CustomBenchmark> described(const Invocation& invocation, const fs::path& data) {
  std::error_code failure;
  CustomBenchmark benchmark;
  if (fs::is_directory(data, failure)) {
    benchmark.kind = CustomBenchmark::documents;
    benchmark.capability = "retrieval";
    if (invocation.has("tasks")) benchmark.tasks = invocation.texts("tasks");
  } else if (!invocation.has("question") && !invocation.has("template")) {
    return Error{ErrorKind::invalid_input, "the column with the questions is needed", "--question",
                 "benchmarks add DATA --question COLUMN --answer COLUMN"};
  }
  set_words(invocation, data, benchmark);
  if (benchmark.kind == CustomBenchmark::records) LOOM_CHECK(set_questions(invocation, benchmark));
  LOOM_CHECK(set_numbers(invocation, benchmark));
  return benchmark;
}

}  // namespace

std::vector<Option> custom_options() {
  return {{"question", "COLUMN", "add: the column with the questions"},
          {"answer", "COLUMN", "add: columns with the answers", true},
          {"context", "COLUMN", "add: the column with the documents"},
          {"choices", "COLUMN", "add: columns with the choices", true},
          {"id_column", "COLUMN", "add: the column with ids of the records"},
          {"answer_separator", "TEXT", "add: stands between the answers of one column"},
          {"choice_separator", "TEXT", "add: stands between the choices of one column"},
          {"system", "TEXT", "add: the system turn"},
          {"answer_prefix", "TEXT", "add: begins the answer; \"Answer:\" unless told"},
          {"max_new_tokens", "N", "add: limit of the answer; 64 unless told"},
          {"stop", "TEXT", "add: ends the answer", true},
          {"no_chat_template", nullptr, "add: send the prompt as it is"},
          {"metric", "ID", "add: how answers are scored; benchmarks metrics lists them"},
          {"metric_parameters", "JSON", "add: of the metric"},
          {"id", "ID", "add: short name; made of the title unless told"},
          {"title", "TEXT", "add: name; the file's unless told"},
          {"summary", "TEXT", "add: one sentence on what it measures"},
          {"capability", "ID",
           "add: faithfulness, general, reasoning, retrieval, generation, specialization"},
          {"language", "TAG", "add: of the questions; en unless told"},
          {"licence", "TEXT", "add: of the data"},
          {"citation", "TEXT", "add: of the data"},
          {"tasks", "TASK", "add FOLDER: needle, multi_needle, order; all unless told", true},
          {"lengths", "TOKENS", "add FOLDER: for example 4k,8k", true},
          {"depths", "PERCENT", "add FOLDER: for example 0,50,100", true},
          {"needles", "N", "add FOLDER: of multi_needle and order; 4 unless told"}};
}

Result<int> add_benchmark(const Invocation& invocation, const Catalog& catalog) {
  if (invocation.positional.size() != 2)
    return Error{ErrorKind::invalid_input, "a JSON, a data file or a folder is needed",
                 "benchmarks add", "benchmarks add FILE.json, DATA.jsonl or FOLDER"};
  const fs::path given = invocation.positional[1], folder = paths::benchmarks();
  std::error_code failure;
  if (!fs::exists(given, failure) && given.string().find(".zip/") == std::string::npos)
    return Error{ErrorKind::not_found, "does not exist", given.string(), "Check the path"};
  const bool definition = !invocation.has("question") && is_custom_definition(given);
  LOOM_TRY(CustomBenchmark benchmark,
           definition ? read_custom_benchmark(given) : described(invocation, given));
  if (invocation.has("id")) {
    benchmark.id = invocation.text("id");
  } else if (!definition) {
    benchmark.id = free_id(id_from_title(benchmark.title), catalog, folder);
  }
  LOOM_TRY(benchmark, prepare_custom(std::move(benchmark), interrupt_token()));
  LOOM_TRY(const fs::path file,
           store_custom_benchmark(benchmark, catalog, folder, definition ? given : fs::path()));
  if (invocation.has("json")) {
    print_json(invocation, {{"benchmark", to_json(benchmark)}, {"file", file.string()}});
  } else {
    std::cout << benchmark.id << ": " << benchmark.title;
    if (benchmark.samples > 0) std::cout << ", " << benchmark.samples << " records";
    std::cout << "\n    " << file.string() << std::endl;
  }
  return kFinished;
}

Result<int> remove_benchmark(const Invocation& invocation, const Catalog& catalog) {
  if (invocation.positional.size() != 2)
    return Error{ErrorKind::invalid_input, "a benchmark is needed", "benchmarks remove",
                 "loomscope-cli benchmarks ls lists them"};
  LOOM_CHECK(remove_custom_benchmark(invocation.positional[1], catalog, paths::benchmarks()));
  if (invocation.has("json")) print_json(invocation, {{"removed", invocation.positional[1]}});
  return kFinished;
}

Result<int> list_metrics(const Invocation& invocation) {
  nlohmann::json ids = nlohmann::json::array();
  for (const Metric& metric : all_metrics()) ids.push_back(metric.id);
  if (invocation.has("json")) {
    print_json(invocation, {{"metrics", ids}});
  } else {
    for (const auto& id : ids) std::cout << id.get<std::string>() << std::endl;
  }
  return kFinished;
}

}  // namespace loom::cli

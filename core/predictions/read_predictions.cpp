#include <algorithm>
#include <iterator>

#include "core/data_files/data_files.h"
#include "core/predictions/answer_fields.h"
#include "core/predictions/task_names.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kMostFiles = 10000;

// In the order of their names, so that the same folder gives the same report everywhere.
Result<std::vector<fs::path>> prediction_files(const fs::path& path) {
  std::error_code failed;
  if (!fs::exists(path, failed))
    return Error{ErrorKind::not_found, "cannot be read", path.string(),
                 "Check the path and who may read it"};
  if (!fs::is_directory(path, failed)) return std::vector<fs::path>{path};
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(path, failed), end; !failed && at != end;
       at.increment(failed)) {
    const auto format = data_format_of(at->path());
    if (!at->is_regular_file(failed) || format != DataFormat::json_lines) continue;
    files.push_back(at->path());
    if (files.size() > kMostFiles)
      return Error{ErrorKind::invalid_input, "holds too many files", path.string(),
                   "Name the folder with the predictions"};
  }
  if (failed) return Error{ErrorKind::io, failed.message(), path.string(), ""};
  if (files.empty()) return Error{ErrorKind::not_found, "holds no .jsonl file", path.string(), ""};
  std::sort(files.begin(), files.end());
  return files;
}

Error unnamed(const fs::path& file, const std::vector<NamedTask>& possible) {
  std::string names;
  for (const NamedTask& one : possible)
    names += (names.empty() ? "" : ", ") + one.benchmark + "/" + one.task;
  return {ErrorKind::invalid_input,
          possible.empty() ? "the file's name does not say which task it answers"
                           : "the file could answer " + names,
          file.string(),
          possible.empty() ? "Give --benchmark and --task; loomscope-cli benchmarks ls lists them"
                           : "Say which with --benchmark"};
}

// LongBench-E's band of a record, counted in words as the files do.
std::string with_band(const std::string& data_set, const json& record) {
  const auto words = record.find("length");
  if (words == record.end() || !words->is_number()) return data_set;
  const auto length = words->get<double>();
  return data_set + (length < 4000 ? "_0_4k" : length < 8000 ? "_4_8k" : "_8k");
}

class Reader {
 public:
  Reader(const PredictionRequest& request, const Catalog& catalog)
      : request_(request), catalog_(catalog) {}

  Status read(const fs::path& file, std::stop_token stop) {
    possible_ = tasks_named_by(file, request_, catalog_);
    named_.reset();
    filter_.reset();
    auto receive = [&](json& raw, const RecordPlace& place) -> Result<Reading> {
      if (!raw.is_object())
        return Error{ErrorKind::corrupt, "is not a JSON object", to_string(place),
                     "A line for each answer: {\"pred\": TEXT, …}"};
      LOOM_CHECK(take(raw, file, place));
      return Reading::go_on;
    };
    DataSource source{.file = file};
    if (!data_format_of(file)) source.format = DataFormat::json_lines;
    LOOM_CHECK(for_each_record(source, receive, {}, stop));
    return {};
  }
  std::vector<PredictionSet> sets;

 private:
  Status take(const json& raw, const fs::path& file, const RecordPlace& place) {
    if (repeats(raw)) return {};
    auto record = flat_record(raw);
    if (!record) {
      Error error = record.error();
      error.where = to_string(place);
      return error;
    }
    if (!named_) {
      LOOM_TRY(named_, choose(*record, file));
    }
    NamedTask task = *named_;
    if (task.benchmark == "longbench_e" && request_.task.empty())
      task.task = with_band(task.task, *record);
    const BenchmarkDescription* benchmark = catalog_.benchmark(task.benchmark);
    const bool own = task.benchmark.empty() && request_.own_tasks;
    if (!own && (!benchmark || !benchmark->task(task.task)))
      return Error{ErrorKind::invalid_input,
                   "there is no task \"" + task.benchmark + "/" + task.task + "\"",
                   to_string(place), "loomscope-cli benchmarks ls lists them"};
    if (!is_scored(*record, task.benchmark)) return {};
    LOOM_TRY(auto answers, answers_of(*record, task.benchmark, task.task, to_string(place)));
    auto& all = set_of(task, file.string()).answers;
    std::move(answers.begin(), answers.end(), std::back_inserter(all));
    return {};
  }

  // lm-evaluation-harness writes an answer once for each of a task's filters.
  bool repeats(const json& raw) {
    const auto filter = raw.find("filter");
    if (filter == raw.end() || !raw.contains("doc")) return false;
    if (!filter_) filter_ = *filter;
    return *filter_ != *filter;
  }

  Result<std::optional<NamedTask>> choose(const json& record, const fs::path& file) const {
    if (!request_.benchmark.empty() && !request_.task.empty())
      return std::optional(NamedTask{request_.benchmark, request_.task});
    if (request_.own_tasks && possible_.empty() && request_.benchmark.empty())
      return std::optional(NamedTask{"", own_name(file)});
    auto possible = possible_;
    if (const std::string benchmark = benchmark_by_fields(record);
        possible.size() > 1 && !benchmark.empty())
      std::erase_if(possible, [&](const NamedTask& one) { return one.benchmark != benchmark; });
    if (possible.size() != 1) return unnamed(file, possible.empty() ? possible_ : possible);
    return std::optional(possible.front());
  }

  // The file's name; in a folder its path below that, so that files of one name stay apart.
  std::string own_name(const fs::path& file) const {
    fs::path name =
        file == request_.path ? file.filename() : file.lexically_relative(request_.path);
    if (name.extension() == ".gz") name.replace_extension();
    return name.replace_extension().generic_string();
  }

  PredictionSet& set_of(const NamedTask& task, const std::string& file) {
    auto same = [&](const PredictionSet& set) {
      return set.benchmark == task.benchmark && set.task == task.task;
    };
    auto found = std::find_if(sets.begin(), sets.end(), same);
    if (found == sets.end()) found = sets.insert(sets.end(), {task.benchmark, task.task, {}, {}});
    if (found->files.empty() || found->files.back() != file) found->files.push_back(file);
    return *found;
  }

  const PredictionRequest& request_;
  const Catalog& catalog_;
  std::vector<NamedTask> possible_;  // of the file being read
  std::optional<NamedTask> named_;   // once its first record is known
  std::optional<json> filter_;       // of its first record
};

}  // namespace

Result<std::vector<PredictionSet>> read_predictions(const PredictionRequest& request,
                                                    const Catalog& catalog, std::stop_token stop) {
  LOOM_TRY(const auto files, prediction_files(request.path));
  Reader reader(request, catalog);
  for (const fs::path& file : files) LOOM_CHECK(reader.read(file, stop));
  if (reader.sets.empty())
    return Error{ErrorKind::invalid_input, "holds no prediction", request.path.string(),
                 "A line for each answer: {\"pred\": TEXT, …}"};
  return std::move(reader.sets);
}

}  // namespace loom

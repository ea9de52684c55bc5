#include "core/benchmarks/ruler.h"

#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/ruler_files.h"
#include "core/benchmarks/ruler_tasks.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kOfficialSamples = 500;

struct Family {
  const char* wording;
  Result<RulerMaker> (*make)(const TaskRequest&, const RulerTask&, const json&, std::stop_token);
};

Family family_of(const RulerTask& task) {
  switch (task.family) {
    case RulerFamily::needle:
      return {"needle", make_ruler_needle};
    case RulerFamily::tracking:
      return {"tracking", make_ruler_tracking};
    case RulerFamily::common_words:
      return {"common_words", make_ruler_common_words};
    case RulerFamily::coded_words:
      return {"coded_words", make_ruler_coded_words};
    case RulerFamily::questions:
      break;
  }
  return {"questions", make_ruler_questions};
}

Result<const RulerTask*> find_task(const TaskRequest& request) {
  for (const RulerTask& task : ruler_tasks())
    if (request.task == task.id) {
      if (!request.tokenizer || !request.count_prompt)
        return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer", request.task,
                     ""};
      if (request.length_tokens <= task.max_new_tokens) return too_short(request);
      return &task;
    }
  return Error{ErrorKind::not_found, "RULER has no task \"" + request.task + "\"", "ruler", ""};
}

class Ruler : public Benchmark {
 public:
  std::string id() const override { return "ruler"; }
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    if (!request.data_file.empty()) return ruler_file_records(request, stop);
    LOOM_TRY(const RulerTask* task, find_task(request));
    LOOM_TRY(json wording, house_json("templates/ruler.json"));
    const size_t count = request.samples > 0 ? request.samples : kOfficialSamples;
    try {
      const Family family = family_of(*task);
      LOOM_TRY(RulerMaker made, family.make(request, *task, wording.at(family.wording), stop));
      LOOM_TRY(std::vector<Record> records,
               fitted_records(request, *made.maker, count,
                              request.length_tokens - task->max_new_tokens, stop));
      return finished(std::move(records), made.data_label);
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), "RULER's own data",
                   "Install LoomScope again"};
    }
  }
};

}  // namespace

const std::vector<RulerTask>& ruler_tasks() {
  using enum RulerFamily;
  using enum NeedleHaystack;
  static const std::vector<RulerTask> tasks = {
      {"niah_single_1", needle, 128, noise, false, false, 1, 1, 1},
      {"niah_single_2", needle, 128, essay, false, false, 1, 1, 1},
      {"niah_single_3", needle, 128, essay, false, true, 1, 1, 1},
      {"niah_multikey_1", needle, 128, essay, false, false, 4, 1, 1},
      {"niah_multikey_2", needle, 128, needles, false, false, 1, 1, 1},
      {"niah_multikey_3", needle, 128, needles, true, true, 1, 1, 1},
      {"niah_multivalue", needle, 128, essay, false, false, 1, 4, 1},
      {"niah_multiquery", needle, 128, essay, false, false, 4, 1, 4},
      {"vt", tracking, 30},
      {"cwe", common_words, 120},
      {"fwe", coded_words, 50},
      {"qa_1", questions, 32},
      {"qa_2", questions, 32}};
  return tasks;
}

std::unique_ptr<Benchmark> make_ruler() {
  return std::make_unique<Ruler>();
}

Random sample_random(const TaskRequest& request, size_t index) {
  return Random(request.seed, request.task + "/" + std::to_string(request.length_tokens) + "/" +
                                  std::to_string(index));
}

Error too_short(const TaskRequest& request) {
  return {ErrorKind::invalid_input,
          std::to_string(request.length_tokens) + " tokens leave no room for a document",
          request.task, "Choose a longer length"};
}

}  // namespace loom

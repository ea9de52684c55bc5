#include "core/benchmarks/starter.h"

#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/starter_questions.h"

namespace loom {
namespace {

using nlohmann::json;

class Starter : public Benchmark {
 public:
  std::string id() const override { return "starter"; }
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    LOOM_TRY(json wording, house_json("templates/starter.json"));
    if (!wording.is_object() || !wording.value("tasks", json::object()).contains(request.task))
      return Error{ErrorKind::not_found, "the starter suite has no task \"" + request.task + "\"",
                   "starter", ""};
    const std::string file = "data/starter/" + request.task + ".json";
    LOOM_TRY(json data, house_json(file));
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", request.task, ""};
    try {
      const json& task = wording.at("tasks").at(request.task);
      LOOM_TRY(std::vector<Record> records, starter_records(request, data, task));
      return finished(std::move(records), "house data");
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), file, "Install LoomScope again"};
    }
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_starter() {
  return std::make_unique<Starter>();
}

}  // namespace loom

#include "core/benchmarks/custom.h"

#include <algorithm>

#include "core/benchmarks/custom_records.h"
#include "core/benchmarks/documents.h"
#include "core/benchmarks/own_documents.h"
#include "core/benchmarks/record_set.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

using nlohmann::json;

class CustomQuestions : public Benchmark {
 public:
  explicit CustomQuestions(std::shared_ptr<const CustomBenchmark> benchmark)
      : benchmark_(std::move(benchmark)) {}
  std::string id() const override { return benchmark_->id; }

  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    if (request.task != kCustomTask)
      return Error{ErrorKind::not_found, "there is no task \"" + request.task + "\"", id(), ""};
    const Wording wording = request.wording.value_or(wording_of(*benchmark_));
    std::vector<Record> made;
    bool more = false;
    auto receive = [&](Record record, const json&) -> Result<Reading> {
      more = request.samples > 0 && made.size() == request.samples;
      if (more) return Reading::enough;
      made.push_back(std::move(record));
      // One record further shows whether the file has grown since it was added.
      const bool last = request.samples > 0 && made.size() == request.samples;
      return last && request.samples != benchmark_->samples ? Reading::enough : Reading::go_on;
    };
    LOOM_TRY(const ReadReport report, for_each_custom_record(*benchmark_, wording, receive,
                                                             {request.skip_bad_records, {}}, stop));
    if (made.empty())
      return Error{ErrorKind::corrupt, "holds no record", benchmark_->data.string(), ""};
    const size_t found = made.size();
    TaskRecords result = finished(std::move(made), benchmark_->data.filename().string());
    result.wording_label = wording.label;
    add_bad_records(report, result);
    const std::string file = benchmark_->data.filename().string();
    const std::string before = std::to_string(benchmark_->samples);
    if (more || (request.samples == 0 && found > benchmark_->samples))
      result.notes.push_back(file + " holds more than the " + before +
                             " records it had when it was added");
    if ((request.samples == 0 || request.samples == benchmark_->samples) &&
        found + report.bad_records < benchmark_->samples)
      result.notes.push_back(file + " holds " + std::to_string(found) + " records, " + before +
                             " when it was added");
    return result;
  }

 private:
  std::shared_ptr<const CustomBenchmark> benchmark_;
};

// Metrics take their parameters on trust; one score of the first record shows what they do not
// understand.
Status try_metric(const CustomBenchmark& benchmark, const Record& record) {
  LOOM_TRY(const Metric* metric, find_metric(benchmark.metric));
  if (metric->ready) LOOM_CHECK(metric->ready());
  try {
    (void)metric->score({"A 1", record.references, benchmark.metric_parameters, record.metadata});
    return {};
  } catch (const json::exception& problem) {
    return Error{ErrorKind::invalid_input,
                 "the metric " + benchmark.metric +
                     " does not understand its parameters, or needs a field of the record: " +
                     problem.what(),
                 "metric_parameters", "Name the columns it needs in columns.record"};
  }
}

}  // namespace

std::unique_ptr<Benchmark> make_custom(std::shared_ptr<const CustomBenchmark> benchmark) {
  if (benchmark->kind == CustomBenchmark::documents) return make_own_documents(benchmark);
  return std::make_unique<CustomQuestions>(std::move(benchmark));
}

Result<std::unique_ptr<Benchmark>> make_benchmark(const BenchmarkDescription& description) {
  if (description.custom) return make_custom(description.custom);
  return make_benchmark(description.id);
}

Result<CustomBenchmark> prepare_custom(CustomBenchmark benchmark, std::stop_token stop) {
  LOOM_CHECK(check_custom_benchmark(benchmark, benchmark.id));
  if (benchmark.kind == CustomBenchmark::documents) {
    LOOM_TRY(const Documents documents, read_documents(benchmark.data, stop));
    return benchmark;
  }
  size_t samples = 0, most_choices = 0;
  auto receive = [&](Record record, const json&) -> Result<Reading> {
    if (samples++ == 0) LOOM_CHECK(try_metric(benchmark, record));
    if (auto options = record.metadata.find("options"); options != record.metadata.end())
      most_choices = std::max(most_choices, options->size());
    return Reading::go_on;
  };
  LOOM_CHECK(for_each_custom_record(benchmark, wording_of(benchmark), receive, {}, stop));
  if (samples == 0)
    return Error{ErrorKind::corrupt, "holds no record", benchmark.data.string(), ""};
  benchmark.samples = samples;
  if (benchmark.metric == "choice" && most_choices > 0 &&
      !benchmark.metric_parameters.contains("choices")) {
    std::string letters;
    for (size_t i = 0; i < most_choices; ++i) letters += static_cast<char>('A' + i);
    benchmark.metric_parameters["choices"] = letters;
  }
  return benchmark;
}

}  // namespace loom

// A stored run's references looked up under the models that answered it: how likely each of them is
// behind the prompt that was sent. The run itself stays as it is.
#pragma once

#include "core/execution/evaluation_run.h"

namespace loom {

struct MeasureRequest {
  int64_t run = 0;
  std::string device = "cpu";
  size_t limit = 0;                                      // per task and length; 0: all
  nlohmann::json parameters = nlohmann::json::object();  // of reference_perplexity
  std::function<void(size_t done, size_t planned)> progress = [](size_t, size_t) {};
};

struct MeasuredSample {
  int job = 0;  // Job::index
  Sample sample;
  Result<SampleScore> score = Error{ErrorKind::internal, "was not measured", "", ""};
};

// Errors of single samples are records. A model that is not the one that answered is an Error.
Result<std::vector<MeasuredSample>> measure_references(const MeasureRequest& request,
                                                       const RunQueries& queries,
                                                       const RunEnvironment& environment,
                                                       std::stop_token stop);

}  // namespace loom

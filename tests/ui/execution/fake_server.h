// A server that answers at once or after a pause, so that runs can be watched without a model.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "core/servers/model_server.h"
#include "tests/support/test_folders.h"
#include "ui/execution/evaluation_controller.h"
#include "ui/execution/workspace.h"

namespace loom::testing {

class FakeServer : public ModelServer {
 public:
  // The first `failing` answers of its life fail.
  explicit FakeServer(std::chrono::milliseconds pause, int failing = 0)
      : pause_(pause), failing_(failing) {}

  Result<LoadedModel> load(const LoadRequest&, std::stop_token) override {
    LoadedModel model;
    model.architecture = "fake";
    model.window_tokens = 8192;
    model.weights_hash = "0";
    model.kernel_version = "fake";
    model.device_name = "no device";
    return model;
  }

  Status generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                  std::stop_token stop) override {
    for (const GenerationRequest& request : requests) {
      observer.started(request.id);
      for (const char* piece : {"an", " ", "answer"}) {
        if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "", ""};
        std::this_thread::sleep_for(pause_ / 3);
        observer.token(request.id, piece);
      }
      if (failing_-- > 0) {
        observer.finished(request.id, Error{ErrorKind::timeout, "no answer in time", "", ""});
        continue;
      }
      GenerationResult result;
      result.id = request.id;
      result.text = "an answer";
      result.finish_reason = FinishReason::end_of_text;
      result.tokens_prefilled = request.ids.size();
      result.peak_memory_bytes = 1000;
      observer.finished(request.id, result);
      if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "", ""};
    }
    return {};
  }

 private:
  std::chrono::milliseconds pause_;
  int failing_;
};

inline ui::EvaluationController::ServerFactory fake_servers(std::chrono::milliseconds pause,
                                                            int failing = 0) {
  return [=](const PlanMethod&, const std::string&) -> Result<std::unique_ptr<ModelServer>> {
    return std::unique_ptr<ModelServer>(std::make_unique<FakeServer>(pause, failing));
  };
}

// Six short samples of one task; the default model gives the tokenizer.
inline EvaluationPlan small_plan() {
  EvaluationPlan plan = starter_plan(default_model()->string());
  plan.benchmarks[0].tasks = {"code_words"};
  plan.benchmarks[0].samples = 6;
  return plan;
}

}  // namespace loom::testing

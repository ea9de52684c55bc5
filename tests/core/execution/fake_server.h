// A server that answers from the prompt's ids alone, at once, and can be told to misbehave.
#pragma once

#include <set>

#include "core/base/hash.h"
#include "core/servers/model_server.h"

namespace loom::testing {

struct FakeBehaviour {
  size_t stop_after = SIZE_MAX;     // answers, then `stop` is asked for
  std::stop_source* stop = nullptr;
  std::set<size_t> failing;         // numbers of the answers that fail
  size_t gone_after = SIZE_MAX;     // answers, then the server is gone for good
  size_t window = 8192;
  std::string weights = "fake";     // their hash
  size_t answered = 0;              // counted over the server's life
};

class FakeServer : public ModelServer {
 public:
  explicit FakeServer(FakeBehaviour& behaviour) : behaviour_(behaviour) {}

  Result<LoadedModel> load(const LoadRequest&, std::stop_token) override {
    LoadedModel model;
    model.architecture = "llama";
    model.window_tokens = behaviour_.window;
    model.weights_hash = behaviour_.weights;
    model.kernel_version = "fake-1";
    model.device_name = "Fake";
    model.torch_version = "9.8.7";
    model.device_memory_bytes = 123'456;
    return model;
  }

  Status generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                  std::stop_token stop) override {
    for (const GenerationRequest& request : requests) {
      if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "", ""};
      if (behaviour_.answered >= behaviour_.gone_after)
        return Error{ErrorKind::server, "the engine is gone", "engine", ""};
      observer.started(request.id);
      observer.prefilled(request.id, request.ids.size(), request.ids.size());
      size_t number = behaviour_.answered++;
      if (behaviour_.failing.contains(number)) {
        observer.finished(request.id, Error{ErrorKind::timeout, "no answer in time", "engine", ""});
      } else {
        observer.finished(request.id, answer(request));
      }
      if (behaviour_.answered >= behaviour_.stop_after && behaviour_.stop)
        behaviour_.stop->request_stop();
    }
    return {};
  }

 private:
  static GenerationResult answer(const GenerationRequest& request) {
    std::string bytes(reinterpret_cast<const char*>(request.ids.data()),
                      request.ids.size() * sizeof(TokenId));
    std::string hash = sha256(bytes);
    GenerationResult result;
    result.id = request.id;
    result.text = std::string(1, static_cast<char>('A' + hash[0] % 4)) + " " + hash.substr(0, 12);
    result.ids = {1, 2, 3};
    result.tokens_prefilled = request.ids.size();
    result.timings = {0, 0.01, 0, 0.02};
    return result;
  }

  FakeBehaviour& behaviour_;
};

}  // namespace loom::testing

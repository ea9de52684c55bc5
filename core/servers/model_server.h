// The one interface through which evaluation reaches a model: an engine process, an in-process
// engine (tests), later an HTTP endpoint. Not thread-safe; one owner, one call at a time.
#pragma once

#include <span>
#include <stop_token>
#include <string>

#include "core/base/embeddings.h"
#include "core/base/generation.h"
#include "core/base/likelihood.h"

namespace loom {

struct LoadRequest {
  std::string model_path;     // a GGUF file or a folder with config.json and safetensors
  std::string device = "cpu";  // "cpu", "cuda:0"
  size_t window_tokens = 0;   // longest sequence wanted; 0: the model's own window
};

struct LoadedModel {
  std::string architecture;  // "llama"
  size_t window_tokens = 0;
  size_t vocabulary = 0;
  size_t weight_bytes = 0;
  std::string weights_hash;    // SHA-256 over weights and configuration, hex
  std::string kernel_version;  // changes when the arithmetic does: part of a result's fingerprint
  std::string device_name;
  size_t chunk_tokens = 0;
  double load_s = 0;
  std::string torch_version;
  uint64_t device_memory_bytes = 0;  // of all devices that hold the model; 0: not known
};

class ModelServer {
 public:
  virtual ~ModelServer() = default;
  virtual Result<LoadedModel> load(const LoadRequest& request, std::stop_token stop) = 0;
  // Answers all requests, in the order that shares most work; observer.finished is called exactly
  // once per request unless stopped. A failed request is an Error in finished(); the returned
  // status fails only when the server as a whole is gone or was stopped (ErrorKind::cancelled).
  virtual Status generate(std::span<const GenerationRequest> requests,
                          const GenerationObserver& observer, std::stop_token stop) = 0;
  // Vectors of texts, from a loaded encoder; core/base/embeddings.h says how it is used.
  virtual Result<Embeddings> encode(const EncodeRequest&, std::stop_token) {
    return Error{ErrorKind::unsupported, "this server gives no embeddings", "server",
                 "Load an encoder such as all-MiniLM-L6-v2 in the local engine"};
  }
  // Log probabilities of given continuations; finished is called exactly once per request unless
  // stopped, as in generate().
  virtual Status likelihoods(std::span<const LikelihoodRequest>, const LikelihoodFinished&,
                             std::stop_token) {
    return Error{ErrorKind::unsupported, "this server gives no log probabilities", "server",
                 "Perplexity needs a model in the local engine"};
  }
};

}  // namespace loom

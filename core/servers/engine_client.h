// A ModelServer that lives in a child process (loomscope-engine): length-prefixed CBOR on pipes,
// heartbeats, versioned hello. A dead, stopped or stalled child is killed and started again, the
// requests it had not finished are sent once more, and one that fails twice is finished with an
// Error. Never blocks past its limits; `stop` is honoured within 100 ms.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/servers/engine_limits.h"
#include "core/servers/measured_rates.h"
#include "core/servers/model_server.h"

namespace loom {

// Engine next to the running executable, or $LOOMSCOPE_ENGINE.
std::filesystem::path default_engine_path();

struct EngineChild;

class EngineClient : public ModelServer {
 public:
  EngineClient(std::filesystem::path engine, std::string device, EngineLimits limits = {});
  ~EngineClient() override;
  Result<LoadedModel> load(const LoadRequest& request, std::stop_token stop) override;
  Status generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                  std::stop_token stop) override;
  // Texts go out a few at a time; an engine that died is started again once.
  Result<Embeddings> encode(const EncodeRequest& request, std::stop_token stop) override;
  // A prompt's continuations go out together; an engine that died over them is started again once.
  Status likelihoods(std::span<const LikelihoodRequest> requests,
                     const LikelihoodFinished& finished, std::stop_token stop) override;
  int process_id() const;  // 0 when none runs; for tests and the activity bar
  Result<MeasuredRates> measure(std::stop_token stop);
  // What the engine understands of a model's description, without loading it: core/models'
  // describe_model(). The weights' hash reads whole files the first time.
  Result<nlohmann::json> describe(const std::string& model_path, bool with_hash,
                                  std::stop_token stop);
  // The last position's logits for ids, or all positions'; row-major [n, vocabulary].
  Result<std::vector<float>> logits(std::span<const TokenId> ids, bool all, std::stop_token stop);

 private:
  Status ensure_started(std::stop_token stop);
  Result<Embeddings> encode_part(const EncodeRequest& part, std::stop_token stop);
  Status likelihoods_of_prompt(std::span<const LikelihoodRequest* const> requests,
                               const LikelihoodFinished& finished, std::stop_token stop);

  std::unique_ptr<EngineChild> child_;
};

}  // namespace loom

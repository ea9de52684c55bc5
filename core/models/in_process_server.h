// A ModelServer in this very process: what loomscope-engine wraps, and what tests call directly.
#pragma once

#include "core/engine/generator.h"
#include "core/models/all_models.h"
#include "core/models/encoder.h"
#include "core/servers/measured_rates.h"
#include "core/servers/model_server.h"

namespace loom {

class InProcessServer : public ModelServer {
 public:
  explicit InProcessServer(GeneratorLimits limits = {}) : limits_(limits) {}
  Result<LoadedModel> load(const LoadRequest& request, std::stop_token stop) override;
  Status generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                  std::stop_token stop) override;
  Result<Embeddings> encode(const EncodeRequest& request, std::stop_token stop) override;
  Status likelihoods(std::span<const LikelihoodRequest> requests,
                     const LikelihoodFinished& finished, std::stop_token stop) override;

  // Some seconds of work at several depths; as deep as window and memory allow.
  Result<MeasuredRates> measure(std::stop_token stop);
  Result<std::vector<float>> logits(std::span<const TokenId> ids, bool all, std::stop_token stop);
  Generator* generator() { return generator_.get(); }
  const CausalModel* model() const { return model_.get(); }

 private:
  Result<LoadedModel> open(const LoadRequest& request, std::stop_token stop);
  Status encode_all(const EncodeRequest& request, Embeddings& embeddings, std::stop_token stop) const;
  Result<TextEmbedding> encode_one(const std::string& text, int64_t layer, bool tokens) const;
  Error not_loaded() const;

  GeneratorLimits limits_;
  ComputeDevice device_;
  std::unique_ptr<CausalModel> model_;
  std::unique_ptr<Generator> generator_;
  std::unique_ptr<Encoder> encoder_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  size_t window_tokens_ = 0;  // of the encoder
};

}  // namespace loom

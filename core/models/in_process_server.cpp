#include "core/models/in_process_server.h"

#include <ATen/TensorOperators.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>

#include "core/engine/finite.h"
#include "core/engine/memory.h"
#include "core/engine/out_of_memory.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

Error InProcessServer::not_loaded() const {
  if (encoder_)
    return {ErrorKind::unsupported, "the loaded model is an encoder: it gives embeddings, no answers",
            encoder_->shape().architecture, "Choose a language model"};
  return {ErrorKind::invalid_input, "no model is loaded", "engine", ""};
}

Result<LoadedModel> InProcessServer::load(const LoadRequest& request, std::stop_token stop) {
  Result<LoadedModel> loaded = Error{};
  LOOM_CHECK(catch_out_of_memory(
      [&]() -> Status {
        loaded = open(request, stop);
        return {};
      },
      request.model_path));
  return loaded;
}

Result<LoadedModel> InProcessServer::open(const LoadRequest& request, std::stop_token stop) {
  c10::InferenceMode inference;
  auto start = std::chrono::steady_clock::now();
  generator_.reset();
  model_.reset();
  encoder_.reset();
  tokenizer_.reset();
  LOOM_TRY(device_, open_device(request.device));
  LOOM_TRY(OpenedModel opened, open_model(request.model_path));
  if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", request.model_path, ""};
  bool encodes = find_architecture(opened.config.architecture)->kind == ModelKind::encoder;
  if (encodes) {
    LOOM_TRY(encoder_, Encoder::load(opened, device_));
  } else {
    LOOM_TRY(model_, load_model(opened, device_));
  }
  std::vector<TokenId> end_tokens = opened.config.end_tokens;
  // A model without a readable tokenizer still answers token ids with token ids.
  if (auto loaded = load_tokenizer(request.model_path)) {
    tokenizer_ = *loaded;
    for (TokenId id : tokenizer_->special().end) end_tokens.push_back(id);
  }
  LoadedModel model;
  LOOM_TRY(model.weights_hash, weights_hash(opened.files));
  GeneratorLimits limits = limits_;
  // GLM's ends are a list of their own kind: benchmarks that ask this leave it out.
  limits.several_ends = opened.config.end_tokens.size() > 1 &&
                        opened.config.architecture.find("glm") == std::string::npos;
  limits.window_tokens = request.window_tokens;
  limits.check_weights = [path = request.model_path]() -> Status {
    LOOM_TRY(const OpenedModel again, open_model(path));
    return again.weights.check_finite();
  };
  if (!encodes) generator_ = std::make_unique<Generator>(*model_, tokenizer_, end_tokens, limits);
  const ModelShape& shape = encodes ? encoder_->shape() : model_->shape();
  window_tokens_ = static_cast<size_t>(shape.window_tokens);
  if (request.window_tokens > 0) window_tokens_ = std::min(window_tokens_, request.window_tokens);
  model.architecture = shape.architecture;
  model.window_tokens = static_cast<size_t>(shape.window_tokens);
  model.vocabulary = static_cast<size_t>(shape.vocabulary);
  model.weight_bytes = shape.weight_bytes;
  model.kernel_version = device_.kernel_version;
  model.device_name = device_.name;
  model.chunk_tokens = device_.chunk_tokens;
  model.torch_version = LOOM_TORCH_VERSION;
  model.device_memory_bytes = total_bytes(device_);
  model.load_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return model;
}

Status InProcessServer::generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                                 std::stop_token stop) {
  if (!generator_) return not_loaded();
  return catch_out_of_memory([&] { return generator_->generate(requests, observer, stop); }, "engine");
}

Status InProcessServer::likelihoods(std::span<const LikelihoodRequest> requests,
                                    const LikelihoodFinished& finished, std::stop_token stop) try {
  if (!generator_) return not_loaded();
  return generator_->likelihoods(requests, finished, stop);
} catch (const c10::Error& error) {
  return Error{ErrorKind::internal, error.what_without_backtrace(), "engine", ""};
}

Result<std::vector<float>> InProcessServer::logits(std::span<const TokenId> ids, bool all, std::stop_token stop) {
  if (!generator_) return not_loaded();
  std::vector<float> values;
  LOOM_CHECK(catch_out_of_memory(
      [&]() -> Status {
        LOOM_TRY(const at::Tensor computed, generator_->logits(ids, all, stop));
        const at::Tensor flat = computed.contiguous();
        const float* data = flat.const_data_ptr<float>();
        values.assign(data, data + flat.numel());
        return {};
      },
      "logits of " + std::to_string(ids.size()) + " tokens"));
  return values;
}

// A text that is too long loses its end, not the token that closes it.
Result<TextEmbedding> InProcessServer::encode_one(const std::string& text, int64_t layer, bool tokens) const {
  TextEmbedding made;
  made.ids = tokenizer_->encode_with_special(text);
  if (made.ids.empty()) return Error{ErrorKind::invalid_input, "the text has no tokens", "encode", ""};
  for (TokenId id : made.ids)
    if (id < 0 || id >= encoder_->shape().vocabulary)
      return Error{ErrorKind::invalid_input, "the token id " + std::to_string(id) + " is not in the vocabulary",
                   "encode", "Tokenizer and model do not belong together"};
  made.truncated = made.ids.size() > window_tokens_;
  if (made.truncated) {
    made.ids[window_tokens_ - 1] = made.ids.back();
    made.ids.resize(window_tokens_);
  }
  at::Tensor hidden = encoder_->hidden_states(made.ids, layer).back().to(at::kCPU, at::kFloat).contiguous();
  if (!all_finite(hidden))
    return Error{ErrorKind::corrupt, "the encoder's states are NaN or infinite", "encode", "Use another model"};
  at::Tensor mean = hidden.mean(0);
  mean = mean / std::max(mean.norm().item<double>(), 1e-12);
  const float* data = mean.const_data_ptr<float>();
  made.mean.assign(data, data + mean.numel());
  data = hidden.const_data_ptr<float>();
  if (tokens) made.tokens.assign(data, data + hidden.numel());
  return made;
}

Result<Embeddings> InProcessServer::encode(const EncodeRequest& request, std::stop_token stop) {
  Embeddings embeddings;
  LOOM_CHECK(catch_out_of_memory([&] { return encode_all(request, embeddings, stop); }, "encode"));
  return embeddings;
}

Status InProcessServer::encode_all(const EncodeRequest& request, Embeddings& embeddings, std::stop_token stop) const {
  c10::InferenceMode inference;
  if (!encoder_)
    return Error{ErrorKind::unsupported, "the loaded model gives no embeddings", "engine",
                 "Load an encoder such as all-MiniLM-L6-v2"};
  if (!tokenizer_)
    return Error{ErrorKind::unsupported, "the encoder has no tokenizer that can be read", "engine",
                 "Its folder needs tokenizer.json"};
  int64_t layers = encoder_->layers(), layer = request.layer < 0 ? layers + 1 + request.layer : request.layer;
  if (layer < 0 || layer > layers)
    return Error{ErrorKind::invalid_input, "there is no layer " + std::to_string(request.layer), "encode",
                 "The model has " + std::to_string(layers) + " layers"};
  embeddings.width = static_cast<size_t>(encoder_->shape().hidden);
  for (const std::string& text : request.texts) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "engine", ""};
    LOOM_TRY(TextEmbedding made, encode_one(text, layer, request.tokens));
    embeddings.texts.push_back(std::move(made));
  }
  return {};
}

}  // namespace loom

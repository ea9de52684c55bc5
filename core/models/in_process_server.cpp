#include "core/models/in_process_server.h"

#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <chrono>

#include "core/base/random.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {
namespace {

Error not_loaded() { return {ErrorKind::invalid_input, "no model is loaded", "engine", ""}; }

}  // namespace

Result<LoadedModel> InProcessServer::load(const LoadRequest& request, std::stop_token stop) try {
  c10::InferenceMode inference;
  auto start = std::chrono::steady_clock::now();
  generator_.reset();
  model_.reset();
  LOOM_TRY(device_, open_device(request.device));
  LOOM_TRY(OpenedModel opened, open_model(request.model_path));
  if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", request.model_path, ""};
  LOOM_TRY(model_, load_model(opened, device_));
  std::vector<TokenId> end_tokens = opened.config.end_tokens;
  // A model without a readable tokenizer still answers token ids with token ids.
  std::shared_ptr<const Tokenizer> tokenizer;
  if (auto loaded = load_tokenizer(request.model_path)) {
    tokenizer = *loaded;
    for (TokenId id : tokenizer->special().end) end_tokens.push_back(id);
  }
  LoadedModel model;
  LOOM_TRY(model.weights_hash, weights_hash(opened.files));
  GeneratorLimits limits = limits_;
  limits.window_tokens = request.window_tokens;
  generator_ = std::make_unique<Generator>(*model_, tokenizer, end_tokens, limits);
  const ModelShape& shape = model_->shape();
  model.architecture = shape.architecture;
  model.window_tokens = static_cast<size_t>(shape.window_tokens);
  model.vocabulary = static_cast<size_t>(shape.vocabulary);
  model.weight_bytes = shape.weight_bytes;
  model.kernel_version = device_.kernel_version;
  model.device_name = device_.name;
  model.chunk_tokens = static_cast<size_t>(kPageTokens);
  model.load_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return model;
} catch (const c10::Error& error) {
  return Error{ErrorKind::internal, error.what_without_backtrace(), request.model_path, ""};
} catch (const std::bad_alloc&) {
  return Error{ErrorKind::out_of_memory, "the weights do not fit into memory", request.model_path,
               "Use a smaller model"};
}

Status InProcessServer::generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                                 std::stop_token stop) try {
  if (!generator_) return not_loaded();
  return generator_->generate(requests, observer, stop);
} catch (const c10::Error& error) {
  return Error{ErrorKind::internal, error.what_without_backtrace(), "engine", ""};
}

Result<InProcessServer::Rates> InProcessServer::measure(std::stop_token stop) {
  if (!generator_) return not_loaded();
  Rates rates;
  Random random(1, "measure");
  // The first prompt is left out of the figures: it pays for pages and threads that later ones find.
  for (size_t length : {256u, 512u, 2048u}) {
    if (length + 32 >= static_cast<size_t>(model_->shape().window_tokens)) break;
    GenerationRequest request;
    request.max_new_tokens = 16;
    request.ignore_eos = true;
    for (size_t i = 0; i < length; ++i)
      request.ids.push_back(static_cast<TokenId>(random.below(static_cast<uint64_t>(model_->shape().vocabulary))));
    Result<GenerationResult> answer = not_loaded();
    GenerationObserver observer;
    observer.finished = [&answer](uint64_t, Result<GenerationResult> result) { answer = std::move(result); };
    LOOM_CHECK(generate({&request, 1}, observer, stop));
    if (!answer) return answer.error();
    if (length == 256) continue;
    rates.prefill.emplace_back(length, static_cast<double>(length) / answer->timings.prefill_new_s);
    rates.decode = static_cast<double>(answer->ids.size() - 1) / answer->timings.decode_s;
  }
  generator_->prefixes().clear();
  return rates;
}

Result<std::vector<float>> InProcessServer::logits(std::span<const TokenId> ids, bool all, std::stop_token stop) {
  if (!generator_) return not_loaded();
  LOOM_TRY(at::Tensor values, generator_->logits(ids, all, stop));
  at::Tensor flat = values.contiguous();
  const float* data = flat.const_data_ptr<float>();
  return std::vector<float>(data, data + flat.numel());
}

}  // namespace loom

// What desktop or command line and an engine say to each other: CBOR objects with a "type", each
// behind its length in four little-endian bytes.
//   to the engine:   load, describe, generate, cancel, measure, logits, encode, likelihoods, bye
//   from the engine: hello, loaded, described, started, prefilled, token, finished, notice, beat,
//                    done, rates, logits, embeddings, likelihoods, error
#pragma once

#include <nlohmann/json.hpp>

#include "core/servers/measured_rates.h"
#include "core/servers/model_server.h"

namespace loom::protocol {

constexpr int kVersion = 2;
constexpr size_t kLargestFrame = 1u << 30;

nlohmann::json to_message(const GenerationRequest& request);
Result<GenerationRequest> request_from(const nlohmann::json& message);
nlohmann::json to_message(const GenerationResult& result);
Result<GenerationResult> result_from(const nlohmann::json& message);
nlohmann::json to_message(const EncodeRequest& request);
Result<EncodeRequest> encode_request_from(const nlohmann::json& message);
nlohmann::json to_message(const Embeddings& embeddings);
Result<Embeddings> embeddings_from(const nlohmann::json& message);
nlohmann::json to_message(const LikelihoodRequest& request);
Result<LikelihoodRequest> likelihood_request_from(const nlohmann::json& message);
nlohmann::json to_message(const Likelihood& likelihood);
Result<Likelihood> likelihood_from(const nlohmann::json& message);
nlohmann::json to_message(const LoadedModel& model);
Result<LoadedModel> loaded_from(const nlohmann::json& message);
nlohmann::json to_message(const MeasuredRates& rates);
Result<MeasuredRates> rates_from(const nlohmann::json& message);
nlohmann::json to_message(const Error& error);
Error error_from(const nlohmann::json& message);
std::string type_of(const nlohmann::json& message);

}  // namespace loom::protocol

#include "core/servers/engine_protocol.h"

#include "core/base/error_json.h"

namespace loom::protocol {
namespace {

using nlohmann::json;

// Ids travel as bytes: a list of numbers would cost a parse per token.
template <typename T>
json pack(const std::vector<T>& values) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(values.data());
  return json::binary(std::vector<uint8_t>(bytes, bytes + values.size() * sizeof(T)));
}

template <typename T = TokenId>
std::vector<T> unpack(const json& value) {
  const auto& bytes = value.get_binary();
  std::vector<T> values(bytes.size() / sizeof(T));
  std::copy_n(bytes.begin(), values.size() * sizeof(T), reinterpret_cast<uint8_t*>(values.data()));
  return values;
}

// A message of another shape becomes an Error instead of an exception.
template <typename T, typename Read>
Result<T> reading(const char* what, Read read) try {
  return read();
} catch (const json::exception& problem) {
  return Error{ErrorKind::corrupt, problem.what(), std::string("engine message ") + what, ""};
}

}  // namespace

json to_message(const GenerationRequest& request) {
  return {{"id", request.id},
          {"ids", pack(request.ids)},
          {"context_end", request.context_end},
          {"max_new_tokens", request.max_new_tokens},
          {"stop", request.stop},
          {"ignore_eos", request.ignore_eos},
          {"temperature", request.decoding.temperature},
          {"top_k", request.decoding.top_k},
          {"top_p", request.decoding.top_p},
          {"min_p", request.decoding.min_p},
          {"seed", request.decoding.seed},
          {"repetition_penalty", request.decoding.repetition_penalty},
          {"end_tokens", pack(request.end_tokens)},
          {"ends_for_several", request.ends_for_several},
          {"min_new_tokens", request.min_new_tokens}};
}

Result<GenerationRequest> request_from(const json& message) {
  return reading<GenerationRequest>("request", [&] {
    GenerationRequest request;
    request.id = message.at("id").get<uint64_t>();
    request.ids = unpack(message.at("ids"));
    request.context_end = message.at("context_end").get<size_t>();
    request.max_new_tokens = message.at("max_new_tokens").get<int>();
    request.stop = message.at("stop").get<std::vector<std::string>>();
    request.ignore_eos = message.at("ignore_eos").get<bool>();
    request.decoding = {message.at("temperature").get<double>(), message.at("top_k").get<int>(),
                        message.at("top_p").get<double>(), message.at("min_p").get<double>(),
                        message.at("seed").get<uint64_t>(),
                        message.at("repetition_penalty").get<double>()};
    request.end_tokens = unpack(message.at("end_tokens"));
    request.ends_for_several = message.at("ends_for_several").get<bool>();
    request.min_new_tokens = message.at("min_new_tokens").get<int>();
    return request;
  });
}

json to_message(const GenerationResult& result) {
  return {{"id", result.id},
          {"ids", pack(result.ids)},
          {"text", result.text},
          {"finish_reason", to_string(result.finish_reason)},
          {"tokens_prefilled", result.tokens_prefilled},
          {"tokens_reused", result.tokens_reused},
          {"prefill_new_s", result.timings.prefill_new_s},
          {"prefill_reused_s", result.timings.prefill_reused_s},
          {"decode_s", result.timings.decode_s},
          {"peak_memory", result.peak_memory_bytes}};
}

Result<GenerationResult> result_from(const json& message) {
  return reading<GenerationResult>("result", [&]() -> Result<GenerationResult> {
    GenerationResult result;
    result.id = message.at("id").get<uint64_t>();
    result.ids = unpack(message.at("ids"));
    result.text = message.at("text").get<std::string>();
    LOOM_TRY(result.finish_reason, finish_reason_from(message.at("finish_reason").get<std::string>()));
    result.tokens_prefilled = message.at("tokens_prefilled").get<size_t>();
    result.tokens_reused = message.at("tokens_reused").get<size_t>();
    result.timings.prefill_new_s = message.at("prefill_new_s").get<double>();
    result.timings.prefill_reused_s = message.at("prefill_reused_s").get<double>();
    result.timings.decode_s = message.at("decode_s").get<double>();
    result.peak_memory_bytes = message.at("peak_memory").get<size_t>();
    return result;
  });
}

json to_message(const EncodeRequest& request) {
  return {{"texts", request.texts}, {"layer", request.layer}, {"tokens", request.tokens}};
}

Result<EncodeRequest> encode_request_from(const json& message) {
  return reading<EncodeRequest>("encode", [&] {
    return EncodeRequest{message.at("texts").get<std::vector<std::string>>(), message.at("layer").get<int>(),
                         message.at("tokens").get<bool>()};
  });
}

json to_message(const Embeddings& embeddings) {
  json texts = json::array();
  for (const TextEmbedding& text : embeddings.texts)
    texts.push_back({{"ids", pack(text.ids)},
                     {"mean", pack(text.mean)},
                     {"tokens", pack(text.tokens)},
                     {"truncated", text.truncated}});
  return {{"width", embeddings.width}, {"texts", std::move(texts)}};
}

Result<Embeddings> embeddings_from(const json& message) {
  return reading<Embeddings>("embeddings", [&]() -> Result<Embeddings> {
    Embeddings embeddings;
    embeddings.width = message.at("width").get<size_t>();
    for (const json& text : message.at("texts")) {
      TextEmbedding made{unpack(text.at("ids")), unpack<float>(text.at("mean")), unpack<float>(text.at("tokens")),
                         text.at("truncated").get<bool>()};
      bool whole = made.tokens.empty() || made.tokens.size() == made.ids.size() * embeddings.width;
      if (made.mean.size() != embeddings.width || !whole)
        return Error{ErrorKind::corrupt, "the vectors are of another size than announced", "engine message embeddings", ""};
      embeddings.texts.push_back(std::move(made));
    }
    return embeddings;
  });
}

json to_message(const LikelihoodRequest& request) {
  return {{"id", request.id},
          {"prompt", pack(request.prompt)},
          {"context_end", request.context_end},
          {"continuation", pack(request.continuation)}};
}

Result<LikelihoodRequest> likelihood_request_from(const json& message) {
  return reading<LikelihoodRequest>("likelihoods", [&] {
    return LikelihoodRequest{message.at("id").get<uint64_t>(), unpack(message.at("prompt")),
                             message.at("context_end").get<size_t>(),
                             unpack(message.at("continuation"))};
  });
}

json to_message(const Likelihood& likelihood) {
  return {{"log_probability", likelihood.log_probability},
          {"tokens", likelihood.tokens},
          {"tokens_prefilled", likelihood.tokens_prefilled},
          {"tokens_reused", likelihood.tokens_reused},
          {"seconds", likelihood.seconds}};
}

Result<Likelihood> likelihood_from(const json& message) {
  return reading<Likelihood>("likelihood", [&] {
    return Likelihood{
        message.at("log_probability").get<double>(), message.at("tokens").get<size_t>(),
        message.at("tokens_prefilled").get<size_t>(), message.at("tokens_reused").get<size_t>(),
        message.at("seconds").get<double>()};
  });
}

json to_message(const LoadedModel& model) {
  return {{"architecture", model.architecture},
          {"window_tokens", model.window_tokens},
          {"vocabulary", model.vocabulary},
          {"weight_bytes", model.weight_bytes},
          {"weights_hash", model.weights_hash},
          {"kernel_version", model.kernel_version},
          {"device_name", model.device_name},
          {"chunk_tokens", model.chunk_tokens},
          {"load_s", model.load_s},
          {"torch_version", model.torch_version},
          {"device_memory", model.device_memory_bytes}};
}

Result<LoadedModel> loaded_from(const json& message) {
  return reading<LoadedModel>("loaded", [&] {
    return LoadedModel{message.at("architecture").get<std::string>(),
                       message.at("window_tokens").get<size_t>(),
                       message.at("vocabulary").get<size_t>(),
                       message.at("weight_bytes").get<size_t>(),
                       message.at("weights_hash").get<std::string>(),
                       message.at("kernel_version").get<std::string>(),
                       message.at("device_name").get<std::string>(),
                       message.at("chunk_tokens").get<size_t>(),
                       message.at("load_s").get<double>(),
                       message.at("torch_version").get<std::string>(),
                       message.at("device_memory").get<uint64_t>()};
  });
}

json to_message(const MeasuredRates& rates) {
  json prefill = json::array(), decode = json::array();
  for (const PrefillStep& step : rates.prefill)
    prefill.push_back({step.depth, step.tokens, step.seconds, step.resident_bytes});
  for (const DecodeStep& step : rates.decode)
    decode.push_back({step.answers, step.depth, step.seconds});
  return {{"prefill", prefill}, {"decode", decode}, {"state_bytes", rates.state_bytes}};
}

Result<MeasuredRates> rates_from(const json& message) {
  return reading<MeasuredRates>("rates", [&] {
    MeasuredRates rates;
    for (const json& row : message.at("prefill"))
      rates.prefill.push_back({row.at(0).get<size_t>(), row.at(1).get<size_t>(),
                               row.at(2).get<double>(), row.at(3).get<size_t>()});
    for (const json& row : message.at("decode"))
      rates.decode.push_back(
          {row.at(0).get<size_t>(), row.at(1).get<size_t>(), row.at(2).get<double>()});
    rates.state_bytes = message.at("state_bytes").get<size_t>();
    return rates;
  });
}

json to_message(const Error& error) {
  return error_json(error);
}

Error error_from(const json& message) {
  auto text = [&](const char* field) {
    auto found = message.find(field);
    return found != message.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  return {error_kind_from(text("kind")).value_or(ErrorKind::server), text("message"), text("where"), text("remedy")};
}

std::string type_of(const json& message) {
  auto found = message.find("type");
  return found != message.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace loom::protocol

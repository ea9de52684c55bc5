#include "core/servers/engine_client.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "core/base/file_paths.h"
#include "core/servers/engine_child.h"
#include "core/servers/engine_protocol.h"

namespace loom {

using nlohmann::json;

std::filesystem::path default_engine_path() {
  if (const char* given = std::getenv("LOOMSCOPE_ENGINE"); given && *given) return given;
  return paths::executable_folder() / "loomscope-engine";
}

EngineClient::EngineClient(std::filesystem::path engine, std::string device, EngineLimits limits)
    : child_(std::make_unique<EngineChild>()) {
  child_->engine = std::move(engine);
  child_->device = std::move(device);
  child_->limits = limits;
}

EngineClient::~EngineClient() = default;

int EngineClient::process_id() const {
  return child_->process ? child_->process->process_id() : 0;
}

Result<LoadedModel> EngineClient::load(const LoadRequest& request, std::stop_token stop) {
  auto model = child_->load(request, stop);
  if (!model &&
      (model.error().kind == ErrorKind::server || model.error().kind == ErrorKind::timeout ||
       model.error().kind == ErrorKind::cancelled)) {
    Error error = child_->explained(model.error());
    child_->kill();
    return error;
  }
  return model;
}

Result<json> EngineClient::describe(const std::string& model_path, bool with_hash,
                                    std::stop_token stop) {
  LOOM_CHECK(child_->start(stop));
  auto reply = child_->ask({{"type", "describe"}, {"model", model_path}, {"hash", with_hash}},
                           "described", std::chrono::hours(2), stop);
  if (reply) return reply;
  Error error = child_->explained(reply.error());
  // Its late answer would be taken for the next one's.
  if (error.kind == ErrorKind::server || error.kind == ErrorKind::timeout ||
      error.kind == ErrorKind::cancelled)
    child_->kill();
  return error;
}

Result<MeasuredRates> EngineClient::measure(std::stop_token stop) {
  if (!child_->process) return Error{ErrorKind::invalid_input, "no model is loaded", "engine", ""};
  LOOM_TRY(json reply, child_->ask({{"type", "measure"}}, "rates", std::chrono::minutes(10), stop));
  return protocol::rates_from(reply);
}

Status EngineClient::ensure_started(std::stop_token stop) {
  if (child_->process) return {};
  if (!child_->loaded) return Error{ErrorKind::invalid_input, "no model is loaded", "engine", ""};
  LoadRequest again = *child_->loaded;
  LOOM_TRY([[maybe_unused]] LoadedModel model, load(again, stop));
  return {};
}

Result<Embeddings> EngineClient::encode_part(const EncodeRequest& part, std::stop_token stop) {
  LOOM_CHECK(ensure_started(stop));
  json message = protocol::to_message(part);
  message["type"] = "encode";
  auto reply = child_->ask(message, "embeddings", std::chrono::minutes(5), stop);
  if (reply) return protocol::embeddings_from(*reply);
  Error error = child_->explained(reply.error());
  // Its late answer would be taken for the next one's.
  if (error.kind == ErrorKind::server || error.kind == ErrorKind::timeout ||
      error.kind == ErrorKind::cancelled)
    child_->kill();
  return error;
}

Result<Embeddings> EngineClient::encode(const EncodeRequest& request, std::stop_token stop) {
  // Eight texts with the hidden states of 512 tokens stay far below the largest frame.
  constexpr size_t kTogether = 8;
  Embeddings all;
  for (size_t done = 0; done < request.texts.size(); done += kTogether) {
    size_t end = std::min(done + kTogether, request.texts.size());
    EncodeRequest part{{request.texts.begin() + static_cast<long>(done),
                        request.texts.begin() + static_cast<long>(end)},
                       request.layer,
                       request.tokens};
    auto made = encode_part(part, stop);
    if (!made && made.error().kind == ErrorKind::server) made = encode_part(part, stop);
    if (!made) return made.error();
    if (made->texts.size() != end - done)
      return Error{ErrorKind::corrupt, "the engine left texts out", "engine", ""};
    all.width = made->width;
    for (TextEmbedding& text : made->texts) all.texts.push_back(std::move(text));
  }
  return all;
}

Result<std::vector<float>> EngineClient::logits(std::span<const TokenId> ids, bool all,
                                                std::stop_token stop) {
  if (!child_->process) return Error{ErrorKind::invalid_input, "no model is loaded", "engine", ""};
  GenerationRequest request;
  request.ids.assign(ids.begin(), ids.end());
  json message = {{"type", "logits"}, {"request", protocol::to_message(request)}, {"all", all}};
  LOOM_TRY(json reply, child_->ask(message, "logits", std::chrono::minutes(30), stop));
  if (!reply.contains("values") || !reply["values"].is_binary())
    return Error{ErrorKind::corrupt, "the answer holds no values", "engine", ""};
  const auto& bytes = reply["values"].get_binary();
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

}  // namespace loom

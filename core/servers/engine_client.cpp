#include "core/servers/engine_client.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>

#include "core/base/file_paths.h"
#include "core/servers/child_process.h"
#include "core/servers/engine_protocol.h"
#include "core/servers/frame_stream.h"

namespace loom {

using nlohmann::json;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

// libgomp's threads wait for each other by spinning for milliseconds, which beside other programs
// costs more than it saves: measured 4 to 6 times slower on two busy cores. A short spin keeps
// nearly all of its gain on an idle machine.
constexpr const char* kShortSpin = "GOMP_SPINCOUNT=1000";

Error stopped() { return {ErrorKind::cancelled, "stopped", "engine", ""}; }
bool is_fatal(const Error& error) { return error.kind != ErrorKind::cancelled; }

}  // namespace

std::filesystem::path default_engine_path() {
  if (const char* given = std::getenv("LOOMSCOPE_ENGINE"); given && *given) return given;
  return paths::executable_folder() / "loomscope-engine";
}

struct EngineClient::Child {
  std::filesystem::path engine;
  std::string device;
  EngineLimits limits;
  std::unique_ptr<ChildProcess> process;
  std::unique_ptr<FrameStream> stream;
  std::optional<LoadRequest> loaded;

  Status start(std::stop_token stop);
  Result<LoadedModel> load(const LoadRequest& request, std::stop_token stop);
  // The next message that is not a heartbeat. Silence beyond `silence` or work without progress
  // beyond `stall` is a timeout.
  Result<json> next(milliseconds silence, milliseconds stall, std::stop_token stop);
  Result<json> ask(json message, const std::string& answer, milliseconds stall, std::stop_token stop);
  void kill() {
    stream.reset();
    process.reset();
  }
  void cancel();
  Error explained(Error error) {
    if (process && error.kind == ErrorKind::server) {
      std::string words = process->last_words();
      if (!words.empty()) error.message += ": " + words;
    }
    return error;
  }

 private:
  uint64_t progress_ = 0;
  Clock::time_point moved_ = Clock::now();
};

Status EngineClient::Child::start(std::stop_token stop) {
  if (process) return {};
  LOOM_TRY(process, ChildProcess::start(engine, {"--device", device}, {kShortSpin}));
  stream = std::make_unique<FrameStream>(process->from_child(), process->to_child());
  auto hello = next(limits.start, limits.start, stop);
  if (!hello) {
    Error error = explained(hello.error());
    kill();
    return error;
  }
  if (protocol::type_of(*hello) != "hello" || hello->value("version", 0) != protocol::kVersion) {
    kill();
    return Error{ErrorKind::conflict, "the engine is of another version than this program", engine.string(),
                 "Build or install both from the same source"};
  }
  return {};
}

Result<json> EngineClient::Child::next(milliseconds silence, milliseconds stall, std::stop_token stop) {
  auto heard = Clock::now();
  moved_ = heard;
  for (;;) {
    if (stop.stop_requested()) return stopped();
    LOOM_TRY(auto message, stream->receive(milliseconds(50)));
    auto now = Clock::now();
    if (!message) {
      if (now - heard > silence) return Error{ErrorKind::timeout, "gives no sign of life", "engine", ""};
      continue;
    }
    heard = now;
    if (protocol::type_of(*message) != "beat") return std::move(*message);
    // The engine's heartbeat thread lives on when its computing thread hangs: the counter tells.
    uint64_t progress = message->value("progress", uint64_t{0});
    if (progress != progress_) {
      progress_ = progress;
      moved_ = now;
    }
    if (now - moved_ > stall) return Error{ErrorKind::timeout, "makes no progress", "engine", ""};
  }
}

Result<json> EngineClient::Child::ask(json message, const std::string& answer, milliseconds stall, std::stop_token stop) {
  LOOM_CHECK(stream->send(message, stop, limits.heartbeat));
  for (;;) {
    LOOM_TRY(json reply, next(limits.heartbeat, stall, stop));
    std::string type = protocol::type_of(reply);
    if (type == answer) return reply;
    if (type == "error") return protocol::error_from(reply);
  }
}

Result<LoadedModel> EngineClient::Child::load(const LoadRequest& request, std::stop_token stop) {
  LOOM_CHECK(start(stop));
  LOOM_TRY(json reply, ask({{"type", "load"}, {"model", request.model_path}, {"window", request.window_tokens}},
                           "loaded", std::chrono::minutes(30), stop));
  LOOM_TRY(LoadedModel model, protocol::loaded_from(reply));
  loaded = request;
  return model;
}

// Asks the child to stop and waits briefly for its word, so that its cache stays warm.
void EngineClient::Child::cancel() {
  (void)stream->send({{"type", "cancel"}}, {}, milliseconds(200));
  auto until = Clock::now() + milliseconds(1500);
  while (Clock::now() < until) {
    auto message = next(milliseconds(1500), milliseconds(1500), {});
    if (!message) break;
    std::string type = protocol::type_of(*message);
    if (type == "done" || type == "likelihoods" || type == "error") return;
  }
  kill();
}

EngineClient::EngineClient(std::filesystem::path engine, std::string device, EngineLimits limits)
    : child_(std::make_unique<Child>()) {
  child_->engine = std::move(engine);
  child_->device = std::move(device);
  child_->limits = limits;
}

EngineClient::~EngineClient() = default;

int EngineClient::process_id() const { return child_->process ? child_->process->process_id() : 0; }

Result<LoadedModel> EngineClient::load(const LoadRequest& request, std::stop_token stop) {
  auto model = child_->load(request, stop);
  if (!model && (model.error().kind == ErrorKind::server || model.error().kind == ErrorKind::timeout ||
                 model.error().kind == ErrorKind::cancelled)) {
    Error error = child_->explained(model.error());
    child_->kill();
    return error;
  }
  return model;
}

namespace {

// The requests of one generate() call and how far each has come.
struct Pending {
  const GenerationRequest* request;
  int deaths = 0;       // times the engine died while this one was at work
  bool at_work = false;
};
using PendingMap = std::map<uint64_t, Pending>;

json generate_message(const PendingMap& pending) {
  json list = json::array();
  for (const auto& [id, one] : pending) list.push_back(protocol::to_message(*one.request));
  return {{"type", "generate"}, {"requests", std::move(list)}};
}

milliseconds longest_silence(const PendingMap& pending, const EngineLimits& limits) {
  size_t most = 0;
  for (const auto& [id, one] : pending) most = std::max(most, one.request->ids.size());
  return limits.heartbeat + limits.per_kilotoken * static_cast<long>(1 + most / 1000);
}

void finish_one(PendingMap& pending, uint64_t id, Result<GenerationResult> result, const GenerationObserver& observer) {
  auto found = pending.find(id);
  if (found == pending.end()) return;
  if (result) result->attempt = found->second.deaths + 1;
  pending.erase(found);
  observer.finished(id, std::move(result));
}

// One message of a running generate(); true when the engine says that it has done all.
bool handle(const json& message, PendingMap& pending, const GenerationObserver& observer) {
  std::string type = protocol::type_of(message);
  uint64_t id = message.value("id", uint64_t{0});
  if (type == "started") {
    if (auto found = pending.find(id); found != pending.end()) found->second.at_work = true;
    observer.started(id);
  } else if (type == "prefilled") {
    observer.prefilled(id, message.value("done", size_t{0}), message.value("total", size_t{0}));
  } else if (type == "token") {
    observer.token(id, message.value("text", ""));
  } else if (type == "notice") {
    observer.notice(message.value("text", ""));
  } else if (type == "finished") {
    if (message.contains("error")) {
      finish_one(pending, id, protocol::error_from(message["error"]), observer);
    } else {
      finish_one(pending, id, protocol::result_from(message.at("result")), observer);
    }
  }
  return type == "done";
}

}  // namespace

Status EngineClient::generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                              std::stop_token stop) {
  PendingMap pending;
  for (const GenerationRequest& request : requests) pending[request.id] = {&request, 0, false};
  int restarts = 0;
  while (!pending.empty()) {
    Status status;
    if (!child_->process) {
      if (!child_->loaded) return Error{ErrorKind::invalid_input, "no model is loaded", "engine", ""};
      LoadRequest again = *child_->loaded;
      LOOM_CHECK(Status(load(again, stop) ? Status() : Status(Error{ErrorKind::server, "could not be started again", "engine", ""})));
    }
    for (auto& [id, one] : pending) one.at_work = false;
    // The engine reads all the time: one that lets its pipe fill up has stopped.
    status = child_->stream->send(generate_message(pending), stop, child_->limits.heartbeat);
    bool done = false;
    while (status && !done) {
      auto message = child_->next(child_->limits.heartbeat, longest_silence(pending, child_->limits), stop);
      if (!message) {
        status = message.error();
      } else if (protocol::type_of(*message) == "error") {
        status = protocol::error_from(*message);
      } else {
        try {
          done = handle(*message, pending, observer);
        } catch (const json::exception& problem) {
          status = Error{ErrorKind::server, std::string("sent a message that cannot be read: ") + problem.what(), "engine", ""};
        }
      }
    }
    if (done && pending.empty()) return {};
    if (!status && !is_fatal(status.error())) {
      child_->cancel();
      return status;
    }
    Error error = child_->explained(done ? Error{ErrorKind::server, "left requests unanswered", "engine", ""} : status.error());
    child_->kill();
    bool any_at_work = false;
    for (const auto& [id, one] : pending) any_at_work = any_at_work || one.at_work;
    // Nobody was at work: the engine fails by itself, and trying for ever would not help.
    if (!any_at_work && ++restarts > 2) return error;
    observer.notice("The engine stopped (" + error.message + "); it is started again");
    std::vector<uint64_t> lost;
    for (auto& [id, one] : pending)
      if (one.at_work && ++one.deaths > 1) lost.push_back(id);
    error.kind = ErrorKind::server;
    error.message = "the engine failed twice on this sample: " + error.message;
    for (uint64_t id : lost) finish_one(pending, id, error, observer);
  }
  return {};
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
  if (error.kind == ErrorKind::server || error.kind == ErrorKind::timeout || error.kind == ErrorKind::cancelled)
    child_->kill();
  return error;
}

Result<Embeddings> EngineClient::encode(const EncodeRequest& request, std::stop_token stop) {
  // Eight texts with the hidden states of 512 tokens stay far below the largest frame.
  constexpr size_t kTogether = 8;
  Embeddings all;
  for (size_t done = 0; done < request.texts.size(); done += kTogether) {
    size_t end = std::min(done + kTogether, request.texts.size());
    EncodeRequest part{{request.texts.begin() + static_cast<long>(done), request.texts.begin() + static_cast<long>(end)},
                       request.layer, request.tokens};
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

namespace {

// The engine answers in the order of the requests.
Status hand_out(const json& reply, std::span<const LikelihoodRequest* const> requests,
                const LikelihoodFinished& finished) {
  const auto results = reply.find("results");
  if (results == reply.end() || !results->is_array() || results->size() != requests.size())
    return Error{ErrorKind::corrupt, "the engine left requests unanswered", "engine", ""};
  for (size_t i = 0; i < requests.size(); ++i) {
    const json& one = (*results)[i];
    const auto error = one.find("error");
    finished(requests[i]->id, error != one.end() ? Result<Likelihood>(protocol::error_from(*error))
                                                 : protocol::likelihood_from(one));
  }
  return {};
}

}  // namespace

Status EngineClient::likelihoods_of_prompt(std::span<const LikelihoodRequest* const> requests,
                                           const LikelihoodFinished& finished,
                                           std::stop_token stop) {
  json list = json::array();
  size_t tokens = 0;
  for (const LikelihoodRequest* request : requests) {
    list.push_back(protocol::to_message(*request));
    tokens += request->continuation.size();
  }
  tokens += requests.front()->prompt.size();
  const milliseconds stall = child_->limits.heartbeat +
                             child_->limits.per_kilotoken * static_cast<long>(1 + tokens / 1000);
  Error error;
  for (int attempt = 0; attempt < 2; ++attempt) {
    LOOM_CHECK(ensure_started(stop));
    auto reply =
        child_->ask({{"type", "likelihoods"}, {"requests", list}}, "likelihoods", stall, stop);
    if (reply) return hand_out(*reply, requests, finished);
    error = child_->explained(reply.error());
    if (error.kind == ErrorKind::cancelled) {
      child_->cancel();
      return error;
    }
    // Said by an engine that is well: the next attempt would end the same way.
    if (error.kind != ErrorKind::server && error.kind != ErrorKind::timeout) return error;
    child_->kill();
  }
  error.message = "the engine failed twice on this sample: " + error.message;
  for (const LikelihoodRequest* request : requests) finished(request->id, error);
  return {};
}

Status EngineClient::likelihoods(std::span<const LikelihoodRequest> requests,
                                 const LikelihoodFinished& finished, std::stop_token stop) {
  std::vector<const LikelihoodRequest*> order;
  for (const LikelihoodRequest& request : requests) order.push_back(&request);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->prompt < b->prompt; });
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && order[end]->prompt == order[begin]->prompt) ++end;
    if (stop.stop_requested()) return stopped();
    LOOM_CHECK(likelihoods_of_prompt({&order[begin], end - begin}, finished, stop));
    begin = end;
  }
  return {};
}

Result<std::vector<float>> EngineClient::logits(std::span<const TokenId> ids, bool all, std::stop_token stop) {
  if (!child_->process) return Error{ErrorKind::invalid_input, "no model is loaded", "engine", ""};
  GenerationRequest request;
  request.ids.assign(ids.begin(), ids.end());
  json message = {{"type", "logits"}, {"request", protocol::to_message(request)}, {"all", all}};
  LOOM_TRY(json reply, child_->ask(message, "logits", std::chrono::minutes(30), stop));
  if (!reply.contains("values") || !reply["values"].is_binary())
    return Error{ErrorKind::corrupt, "the answer holds no values", "engine", ""};
  const auto& bytes = reply["values"].get_binary();
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

}  // namespace loom

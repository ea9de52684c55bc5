#include "app/engine/message_loop.h"

#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <thread>

#include "core/models/describe_model.h"
#include "core/models/in_process_server.h"
#include "core/servers/engine_protocol.h"
#include "core/servers/frame_stream.h"

namespace loom {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

class MessageLoop {
 public:
  MessageLoop(int read_end, int write_end, std::string device)
      : stream_(read_end, write_end), device_(std::move(device)) {}

  int run() {
    send({{"type", "hello"}, {"version", protocol::kVersion}, {"process", ::getpid()}});
    std::jthread beat([this](std::stop_token stop) { beat_until(stop); });
    std::jthread reader([this] { read_all(); });
    for (;;) {
      json message = take();
      if (message.is_null()) break;
      work(message);
    }
    // The reader blocks on a pipe that may stay open; the process is over anyway.
    _exit(0);
  }

 private:
  void send(const json& message) {
    if (!stream_.send(message)) _exit(1);
  }
  void beat_until(std::stop_token stop) {
    while (!stop.stop_requested()) {
      send({{"type", "beat"}, {"progress", progress_.load()}});
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
  }
  void read_all() {
    for (;;) {
      auto message = stream_.receive(std::chrono::hours(1));
      // The parent has gone or talks nonsense: there is nobody to work for.
      if (!message) _exit(0);
      if (!*message) continue;
      if (protocol::type_of(**message) == "cancel") {
        std::lock_guard lock(mutex_);
        work_stop_.request_stop();
        continue;
      }
      std::lock_guard lock(mutex_);
      queue_.push_back(std::move(**message));
      arrived_.notify_one();
    }
  }
  json take() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !queue_.empty(); });
    json message = std::move(queue_.front());
    queue_.pop_front();
    work_stop_ = std::stop_source();
    return protocol::type_of(message) == "bye" ? json() : message;
  }
  std::stop_token stop() {
    std::lock_guard lock(mutex_);
    return work_stop_.get_token();
  }
  void answer(const std::string& type, Result<json> result) {
    json message = result ? std::move(*result) : protocol::to_message(result.error());
    message["type"] = result ? type : "error";
    send(message);
  }

  void work(const json& message) {
    std::string type = protocol::type_of(message);
    ++progress_;
    if (type == "load") {
      answer("loaded", load(message));
    } else if (type == "generate") {
      answer("done", generate(message));
    } else if (type == "measure") {
      answer("rates", measure());
    } else if (type == "logits") {
      answer("logits", logits(message));
    } else if (type == "encode") {
      answer("embeddings", encode(message));
    } else if (type == "describe") {
      answer("described", describe_model(message.value("model", ""), message.value("hash", false)));
    } else if (type == "likelihoods") {
      answer("likelihoods", likelihoods(message));
    } else {
      answer("", Error{ErrorKind::unsupported, "the message \"" + type + "\" is not known",
                       "engine", ""});
    }
  }

  Result<json> load(const json& message) {
    LOOM_TRY(LoadedModel model,
             server_.load({message.value("model", ""), device_, message.value("window", size_t{0})},
                          stop()));
    return protocol::to_message(model);
  }

  Result<json> generate(const json& message) {
    std::vector<GenerationRequest> requests;
    for (const json& one : message.value("requests", json::array())) {
      LOOM_TRY(GenerationRequest request, protocol::request_from(one));
      requests.push_back(std::move(request));
    }
    LOOM_CHECK(server_.generate(requests, observer(), stop()));
    return json::object();
  }

  // Tokens and prefill steps go out ten times a second; what was held back goes with the next one.
  GenerationObserver observer() {
    GenerationObserver observer;
    observer.started = [this](uint64_t id) { send({{"type", "started"}, {"id", id}}); };
    observer.prefilled = [this](uint64_t id, size_t done, size_t total) {
      ++progress_;
      if (!due()) return;
      send({{"type", "prefilled"}, {"id", id}, {"done", done}, {"total", total}});
    };
    observer.token = [this](uint64_t id, const std::string& piece) {
      ++progress_;
      if (id != held_id_) held_.clear();
      held_id_ = id;
      held_ += piece;
      if (!due()) return;
      send({{"type", "token"}, {"id", id}, {"text", held_}});
      held_.clear();
    };
    observer.finished = [this](uint64_t id, Result<GenerationResult> result) {
      ++progress_;
      if (id == held_id_) held_.clear();
      json message = {{"type", "finished"}, {"id", id}};
      message[result ? "result" : "error"] =
          result ? protocol::to_message(*result) : protocol::to_message(result.error());
      send(message);
    };
    observer.notice = [this](const std::string& text) {
      send({{"type", "notice"}, {"text", text}});
    };
    return observer;
  }
  bool due() {
    auto now = Clock::now();
    if (now - sent_ < std::chrono::milliseconds(100)) return false;
    sent_ = now;
    return true;
  }

  Result<json> measure() {
    LOOM_TRY(auto rates, server_.measure(stop()));
    return protocol::to_message(rates);
  }

  Result<json> logits(const json& message) {
    LOOM_TRY(GenerationRequest request,
             protocol::request_from(message.value("request", json::object())));
    LOOM_TRY(auto values, server_.logits(request.ids, message.value("all", false), stop()));
    const auto* bytes = reinterpret_cast<const uint8_t*>(values.data());
    return json{{"values",
                 json::binary(std::vector<uint8_t>(bytes, bytes + values.size() * sizeof(float)))}};
  }

  Result<json> encode(const json& message) {
    LOOM_TRY(EncodeRequest request, protocol::encode_request_from(message));
    LOOM_TRY(Embeddings made, server_.encode(request, stop()));
    return protocol::to_message(made);
  }

  Result<json> likelihoods(const json& message) {
    std::vector<LikelihoodRequest> requests;
    for (const json& one : message.value("requests", json::array())) {
      LOOM_TRY(LikelihoodRequest request, protocol::likelihood_request_from(one));
      request.id = requests.size();
      requests.push_back(std::move(request));
    }
    json results = json::array();
    for (size_t i = 0; i < requests.size(); ++i) results.push_back(json::object());
    LOOM_CHECK(server_.likelihoods(
        requests,
        [&](uint64_t id, Result<Likelihood> result) {
          ++progress_;
          results[id] = result ? protocol::to_message(*result)
                               : json{{"error", protocol::to_message(result.error())}};
        },
        stop()));
    return json{{"results", std::move(results)}};
  }

  FrameStream stream_;
  std::string device_;
  InProcessServer server_;
  std::atomic<uint64_t> progress_ = 0;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<json> queue_;
  std::stop_source work_stop_;
  Clock::time_point sent_{};
  uint64_t held_id_ = UINT64_MAX;
  std::string held_;
};

}  // namespace

int run_messages(int read_end, int write_end, const std::string& device) {
  return MessageLoop(read_end, write_end, device).run();
}

}  // namespace loom

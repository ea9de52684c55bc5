// EngineClient::generate(): what the engine did not finish before it died is sent once more.
#include <algorithm>
#include <map>

#include "core/servers/engine_child.h"
#include "core/servers/engine_client.h"
#include "core/servers/engine_protocol.h"

namespace loom {

using nlohmann::json;
using std::chrono::milliseconds;

namespace {

// The requests of one generate() call and how far each has come.
struct Pending {
  const GenerationRequest* request;
  int deaths = 0;  // times the engine died while this one was at work
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

void finish_one(PendingMap& pending, uint64_t id, Result<GenerationResult> result,
                const GenerationObserver& observer) {
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

bool is_fatal(const Error& error) {
  return error.kind != ErrorKind::cancelled;
}

}  // namespace

Status EngineClient::generate(std::span<const GenerationRequest> requests,
                              const GenerationObserver& observer, std::stop_token stop) {
  PendingMap pending;
  for (const GenerationRequest& request : requests) pending[request.id] = {&request, 0, false};
  int restarts = 0;
  while (!pending.empty()) {
    Status status;
    if (Status started = ensure_started(stop); !started) {
      Error error = started.error();
      if (error.kind == ErrorKind::timeout && ++restarts <= 2) continue;  // a busy machine
      return error;
    }
    for (auto& [id, one] : pending) one.at_work = false;
    // The engine reads all the time: one that lets its pipe fill up has stopped.
    status = child_->stream->send(generate_message(pending), stop, child_->limits.heartbeat);
    bool done = false;
    while (status && !done) {
      auto message =
          child_->next(child_->limits.heartbeat, longest_silence(pending, child_->limits), stop);
      if (!message) {
        status = message.error();
      } else if (protocol::type_of(*message) == "error") {
        status = protocol::error_from(*message);
      } else {
        try {
          done = handle(*message, pending, observer);
        } catch (const json::exception& problem) {
          status = Error{ErrorKind::server,
                         std::string("sent a message that cannot be read: ") + problem.what(),
                         "engine", ""};
        }
      }
    }
    if (done && pending.empty()) return {};
    if (!status && !is_fatal(status.error())) {
      child_->cancel();
      return status;
    }
    Error error = child_->explained(
        done ? Error{ErrorKind::server, "left requests unanswered", "engine", ""} : status.error());
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

}  // namespace loom

// EngineClient::likelihoods(): one message for the continuations of each prompt.
#include <algorithm>

#include "core/servers/engine_child.h"
#include "core/servers/engine_client.h"
#include "core/servers/engine_protocol.h"

namespace loom {

using nlohmann::json;
using std::chrono::milliseconds;

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
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "engine", ""};
    LOOM_CHECK(likelihoods_of_prompt({&order[begin], end - begin}, finished, stop));
    begin = end;
  }
  return {};
}

}  // namespace loom

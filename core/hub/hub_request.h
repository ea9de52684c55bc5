// A request to the hub: redirects are followed without handing the token on, busy servers are
// asked again, refusals become errors that say what to do.
#pragma once

#include "core/hub/http_exchange.h"
#include "core/hub/hub_repo.h"

namespace loom {

struct HubRequest {
  const HubSettings& settings;
  const HubRepo& repo;
  std::string what;  // for errors: "the list of files", a path
  std::string url;
  std::vector<std::string> headers;
  bool decode = false;
  std::function<Status(const HttpAnswer& answer)> begin;
  std::function<Status(std::string_view bytes)> body;
  // Called with each answer of the endpoint's own server on the way, redirects included.
  std::function<Status(const HttpAnswer& answer)> on_endpoint_answer;
};

// One attempt. A refusal is an Error; `retry_after` is what a busy server asked for.
Result<HttpAnswer> hub_get_once(const HubRequest& request, std::chrono::seconds& retry_after,
                                std::stop_token stop);
// With the attempts that the settings allow.
Result<HttpAnswer> hub_get(const HubRequest& request, std::stop_token stop);

bool is_worth_another_attempt(const Error& error);
// Waits before attempt `failed` + 1; false when stopped or the server asks for too long.
Status wait_before_attempt(const HubSettings& settings, int failed,
                           std::chrono::seconds retry_after, std::stop_token stop);

}  // namespace loom

#include "core/hub/hub_request.h"

#include <algorithm>
#include <set>

namespace loom {
namespace {

constexpr size_t kMostRedirects = 10;
constexpr int kStalledAttempts = 2;  // each takes the whole stall time, and a person waits

bool is_redirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Error gated(const HubRequest& request) {
  return {ErrorKind::io, "may be used only by those who accepted its terms", request.repo.id,
          "Accept them at " + hub_page(request.settings, request.repo) +
              " and set a token of that account (HF_TOKEN, or Settings)"};
}

Error not_allowed(const HubRequest& request, const HttpAnswer& answer) {
  const std::string code = answer.header("x-error-code");
  if (code == "GatedRepo") return gated(request);
  if (request.settings.token.empty())
    return {ErrorKind::not_found, "does not exist, or is private", request.repo.id,
            "Check the name; for a private one set a token (HF_TOKEN, or Settings)"};
  if (answer.status == 401)
    return {ErrorKind::io, "the token is not accepted", request.settings.endpoint,
            "Make a new one in the account's settings on the hub"};
  return {ErrorKind::io, "the token gives no access", request.repo.id,
          "Look at " + hub_page(request.settings, request.repo) + " with that account"};
}

Error not_there(const HubRequest& request, const HttpAnswer& answer) {
  const std::string code = answer.header("x-error-code");
  if (code == "RevisionNotFound")
    return {ErrorKind::not_found, "has no revision \"" + request.repo.revision + "\"",
            request.repo.id, "See " + hub_page(request.settings, request.repo)};
  if (code == "EntryNotFound")
    return {ErrorKind::not_found, "has no " + request.what, request.repo.id, ""};
  return {ErrorKind::not_found, "is not on " + request.settings.endpoint, request.repo.id,
          "Check the spelling of ORG/NAME"};
}

Error refusal(const HubRequest& request, const HttpAnswer& answer) {
  if (answer.status == 401 || answer.status == 403) return not_allowed(request, answer);
  if (answer.status == 404 || answer.status == 410) return not_there(request, answer);
  const std::string code = std::to_string(answer.status);
  if (answer.status == 429)
    return {ErrorKind::server, "the server is asked too often (429)", request.settings.endpoint,
            "Wait some minutes, or set a token"};
  if (answer.status == 408 || answer.status >= 500)
    return {ErrorKind::server, "the server has a problem (" + code + ")", request.settings.endpoint,
            "Try again later; what came is kept"};
  const ErrorKind kind = answer.status == 416 ? ErrorKind::conflict : ErrorKind::io;
  return {kind, "the server refused " + request.what + " (" + code + ")", request.settings.endpoint,
          ""};
}

// Follows one redirect; a token's https address may not lead to plain http.
Result<std::string> next_address(const HubRequest& request, const std::string& url,
                                 const HttpAnswer& answer) {
  LOOM_TRY(std::string next, resolve_url(url, answer.header("location")));
  if (url.starts_with("https:") && !next.starts_with("https:"))
    return Error{ErrorKind::io, "the server leads to an unprotected address", url_origin(next), ""};
  if (url_origin(next).empty())
    return Error{ErrorKind::corrupt, "the server leads nowhere", request.settings.endpoint, ""};
  return next;
}

}  // namespace

// Lasting refusals have other kinds.
bool is_worth_another_attempt(const Error& error) {
  return error.kind == ErrorKind::timeout || error.kind == ErrorKind::server;
}

Status wait_before_attempt(const HubSettings& settings, int failed,
                           std::chrono::seconds retry_after, std::stop_token stop) {
  if (retry_after > settings.longest_wait)
    return Error{
        ErrorKind::server,
        "the server is busy and asks to wait " + std::to_string(retry_after.count()) + " s",
        settings.endpoint, "Try again after that time, or set a token"};
  std::chrono::milliseconds wait = settings.first_wait * (1 << std::min(failed - 1, 6));
  wait = std::max<std::chrono::milliseconds>(wait, retry_after);
  return wait_for(wait, stop);
}

Result<HttpAnswer> hub_get_once(const HubRequest& request, std::chrono::seconds& retry_after,
                                std::stop_token stop) {
  const HubSettings& settings = request.settings;
  if (settings.offline)
    return Error{ErrorKind::unsupported, "is not on this disk, and the program works offline",
                 request.repo.id, "Switch offline work off (HF_HUB_OFFLINE, or Settings)"};
  std::string url = request.url;
  std::set<std::string> seen;
  while (seen.size() <= kMostRedirects && seen.insert(url).second) {
    HttpRequest get{url, request.headers, settings.stall_time, request.decode};
    const bool own = url_origin(url) == url_origin(settings.endpoint);
    if (own && !settings.token.empty())
      get.headers.push_back("Authorization: Bearer " + settings.token);
    if (!request.decode) get.headers.push_back("Accept-Encoding: identity");
    get.begin = request.begin;
    get.body = request.body;
    LOOM_TRY(HttpAnswer answer, http_get(get, stop));
    if (own && request.on_endpoint_answer && answer.status < 400)
      LOOM_CHECK(request.on_endpoint_answer(answer));
    if (is_redirect(answer.status)) {
      LOOM_TRY(url, next_address(request, url, answer));
      continue;
    }
    if (answer.status == 200 || answer.status == 206) return answer;
    retry_after = retry_after_of(answer);
    return refusal(request, answer);
  }
  return Error{ErrorKind::io, "the server leads in a circle", settings.endpoint,
               "Check the hub's address in the settings"};
}

Result<HttpAnswer> hub_get(const HubRequest& request, std::stop_token stop) {
  for (int failed = 1;; ++failed) {
    std::chrono::seconds retry_after{};
    auto answer = hub_get_once(request, retry_after, stop);
    if (answer || failed >= request.settings.attempts || !is_worth_another_attempt(answer.error()))
      return answer;
    if (answer.error().kind == ErrorKind::timeout && failed >= kStalledAttempts) return answer;
    LOOM_CHECK(wait_before_attempt(request.settings, failed, retry_after, stop));
  }
}

}  // namespace loom

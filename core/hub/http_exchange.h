// One HTTP request and its answer over libcurl: no redirects, no retries. Both belong to the
// caller, who knows to whom the token may go.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct HttpAnswer {
  long status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string text;                            // the body where no `body` took it
  std::string header(const std::string& name) const;
};

struct HttpRequest {
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
  std::chrono::seconds stall_time{30};
  bool decode = false;  // let the server compress the answer
  size_t most_text = size_t{64} << 20;
  std::chrono::seconds total_time{0};  // for the whole exchange; 0: as long as bytes come
  // Takes the bytes of an answer with status 200 or 206; asked first whether its headers suit.
  std::function<Status(const HttpAnswer& answer)> begin;
  std::function<Status(std::string_view bytes)> body;
};

// ErrorKind::timeout and ErrorKind::server are worth another attempt; others are not.
Result<HttpAnswer> http_get(const HttpRequest& request, std::stop_token stop);
Result<HttpAnswer> http_post(const HttpRequest& request, const std::string& content,
                             std::stop_token stop);

std::string trimmed_value(std::string_view text);  // without white space at its ends

// What a busy server asks for, in seconds or as a date; 0 where it says nothing.
std::chrono::seconds retry_after_of(const HttpAnswer& answer);
// The Error `cancelled` when stopped meanwhile.
Status wait_for(std::chrono::milliseconds time, std::stop_token stop);

// `location` as seen from `base`; the scheme is http or https.
Result<std::string> resolve_url(const std::string& base, const std::string& location);
// "https://host:port", to tell whether two addresses are one server's.
std::string url_origin(const std::string& url);
std::string url_escaped(const std::string& text, bool keep_slashes);

}  // namespace loom

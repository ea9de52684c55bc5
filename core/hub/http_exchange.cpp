#include "core/hub/http_exchange.h"

#include <curl/curl.h>

#include <algorithm>
#include <condition_variable>
#include <ctime>
#include <memory>
#include <mutex>

namespace loom {
namespace {

constexpr long kConnectSeconds = 20;
constexpr size_t kMostHeaderBytes = 256 << 10;

struct Exchange {
  const HttpRequest& request;
  const std::string* content;  // to send; none: GET
  std::stop_token stop;
  HttpAnswer answer;
  size_t header_bytes = 0;
  bool begun = false;
  Status failure;

  bool takes_body() const { return request.body && (answer.status == 200 || answer.status == 206); }
};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return text;
}

size_t take_header(char* data, size_t size, size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  const std::string_view line(data, size * count);
  exchange.header_bytes += line.size();
  if (exchange.header_bytes > kMostHeaderBytes) return 0;
  if (line.starts_with("HTTP/")) {  // also of a proxy's answer before the server's
    exchange.answer = {};
    const size_t space = line.find(' ');
    if (space != std::string_view::npos)
      exchange.answer.status = std::strtol(line.data() + space, nullptr, 10);
  } else if (const size_t colon = line.find(':'); colon != std::string_view::npos) {
    exchange.answer.headers[lower(std::string(line.substr(0, colon)))] =
        trimmed_value(line.substr(colon + 1));
  }
  return line.size();
}

size_t take_body(char* data, size_t size, size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  const std::string_view bytes(data, size * count);
  if (!exchange.takes_body()) {
    if (exchange.answer.text.size() + bytes.size() > exchange.request.most_text) {
      exchange.failure =
          Error{ErrorKind::corrupt, "the server's answer has no end", exchange.request.url, ""};
      return 0;
    }
    exchange.answer.text += bytes;
    return bytes.size();
  }
  if (!exchange.begun && exchange.request.begin)
    exchange.failure = exchange.request.begin(exchange.answer);
  exchange.begun = true;
  if (exchange.failure) exchange.failure = exchange.request.body(bytes);
  return exchange.failure ? bytes.size() : 0;
}

int watch(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Exchange*>(context)->stop.stop_requested() ? 1 : 0;
}

void configure(CURL* curl, Exchange& exchange, curl_slist* headers) {
  const HttpRequest& request = exchange.request;
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "loomscope");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 64L);  // bytes a second: a drip is a stall
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stall_time.count()));
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  if (request.total_time.count() > 0)
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(request.total_time.count()));
  if (exchange.content) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(exchange.content->size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, exchange.content->c_str());
  }
  if (request.decode) curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

Error transfer_problem(CURLcode code, const std::string& url, bool answered) {
  const std::string origin = url_origin(url), said = curl_easy_strerror(code);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      if (!answered)
        return {ErrorKind::timeout, "the server does not answer", origin,
                "Try again later, or check the network and the proxy settings"};
      return {ErrorKind::timeout, "the server stopped sending", origin,
              "Try again; what came is kept"};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return {ErrorKind::server, "cannot be reached: " + said, origin,
              "Check the network, the proxy settings and the hub's address"};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
      return {ErrorKind::io, "no safe connection: " + said, origin,
              "Check the clock and the certificates of this machine"};
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {ErrorKind::invalid_input, "is not an http or https address", url, ""};
    default:
      return {ErrorKind::server, "the transfer broke off: " + said, origin,
              "Try again; what came is kept"};
  }
}

struct Url {
  CURLU* handle = curl_url();
  ~Url() { curl_url_cleanup(handle); }
  std::string part(CURLUPart which, unsigned flags = 0) const {
    char* text = nullptr;
    if (curl_url_get(handle, which, &text, flags) != CURLUE_OK) return "";
    std::string copy = text;
    curl_free(text);
    return copy;
  }
};

Result<HttpAnswer> perform(const HttpRequest& request, const std::string* content,
                           std::stop_token stop) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  std::unique_ptr<CURL, void (*)(CURL*)> curl(ready == CURLE_OK ? curl_easy_init() : nullptr,
                                              curl_easy_cleanup);
  if (!curl) return Error{ErrorKind::internal, "libcurl cannot be used", "", ""};
  curl_slist* headers = nullptr;
  for (const std::string& header : request.headers)
    headers = curl_slist_append(headers, header.c_str());
  Exchange exchange{request, content, stop, {}, 0, false, {}};
  configure(curl.get(), exchange, headers);
  const CURLcode code = curl_easy_perform(curl.get());
  curl_slist_free_all(headers);
  if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "", ""};
  if (!exchange.failure) return exchange.failure.error();
  if (code != CURLE_OK) return transfer_problem(code, request.url, exchange.answer.status > 0);
  if (exchange.takes_body() && !exchange.begun && request.begin)  // an empty file
    LOOM_CHECK(request.begin(exchange.answer));
  return std::move(exchange.answer);
}

}  // namespace

std::string trimmed_value(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return "";
  return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

std::string HttpAnswer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

Result<HttpAnswer> http_get(const HttpRequest& request, std::stop_token stop) {
  return perform(request, nullptr, stop);
}

Result<HttpAnswer> http_post(const HttpRequest& request, const std::string& content,
                             std::stop_token stop) {
  return perform(request, &content, stop);
}

std::chrono::seconds retry_after_of(const HttpAnswer& answer) {
  const std::string text = answer.header("retry-after");
  if (text.empty()) return {};
  char* end = nullptr;
  const long seconds = std::strtol(text.c_str(), &end, 10);
  if (end && *end == '\0') return std::chrono::seconds(std::clamp(seconds, 0L, 1000000L));
  const time_t when = curl_getdate(text.c_str(), nullptr);
  if (when < 0) return {};
  return std::chrono::seconds(std::max<time_t>(0, when - std::time(nullptr)));
}

Status wait_for(std::chrono::milliseconds time, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait_for(lock, stop, time, [] { return false; });
  if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "", ""};
  return {};
}

Result<std::string> resolve_url(const std::string& base, const std::string& location) {
  Url url;
  const bool read = curl_url_set(url.handle, CURLUPART_URL, base.c_str(), 0) == CURLUE_OK &&
                    curl_url_set(url.handle, CURLUPART_URL, location.c_str(), 0) == CURLUE_OK;
  const std::string scheme = url.part(CURLUPART_SCHEME);
  if (!read || (scheme != "http" && scheme != "https"))
    return Error{ErrorKind::corrupt, "the server points to an address that is not followed",
                 location.substr(0, 200), "Check the hub's address and the proxy"};
  return url.part(CURLUPART_URL);
}

std::string url_origin(const std::string& text) {
  Url url;
  if (curl_url_set(url.handle, CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return "";
  return lower(url.part(CURLUPART_SCHEME) + "://" + url.part(CURLUPART_HOST) + ":" +
               url.part(CURLUPART_PORT, CURLU_DEFAULT_PORT));
}

std::string url_escaped(const std::string& text, bool keep_slashes) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string escaped;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || (c == '/' && keep_slashes);
    if (plain) {
      escaped += c;
      continue;
    }
    escaped += '%';
    escaped += digits[static_cast<unsigned char>(c) >> 4];
    escaped += digits[static_cast<unsigned char>(c) & 15];
  }
  return escaped;
}

}  // namespace loom

#include "core/judge/chat_endpoint.h"

#include <algorithm>

#include "core/hub/http_exchange.h"
#include "core/judge/completion.h"

namespace loom {
namespace {

constexpr const char* kCompletions = "/chat/completions";
// Shorter ones are placeholders ("EMPTY", "none") that may occur in any text.
constexpr size_t kLeastKey = 8;

Error bad_address(const std::string& message) {
  return {ErrorKind::invalid_input, message, "--judge_url",
          "Give the address up to the version, such as https://api.example.org/v1"};
}

Status check_key(const std::string& key) {
  const bool plain =
      std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
  if (plain) return {};
  return Error{ErrorKind::invalid_input, "holds characters that no key has", "key of the judge",
               "Look for a line break or a space in it"};
}

bool is_loopback(const std::string& origin) {
  for (const char* host : {"//127.0.0.1:", "//localhost:", "//[::1]:"})
    if (origin.find(host) != std::string::npos) return true;
  return false;
}

// "text: what the server says"
std::string with_words(const std::string& text, const std::string& said) {
  return said.empty() ? text : text + ": " + said;
}

Error refused(const HttpAnswer& answer, const Refusal& refusal, const std::string& model,
              const std::string& where) {
  const std::string code = std::to_string(answer.status), &said = refusal.message;
  switch (answer.status) {
    case 401:
    case 403:
      return {ErrorKind::io, with_words("the key is not accepted (" + code + ")", said), where,
              "Put the judge's key into an environment variable and name it with --judge_key_env"};
    case 402:
      return {ErrorKind::io, with_words("wants to be paid (402)", said), where, ""};
    case 404:
    case 405:
      return {
          ErrorKind::not_found,
          with_words("has no chat completions, or no model \"" + model + "\" (" + code + ")", said),
          where, "Check the address, which usually ends in /v1, and --judge_name"};
    case 400:
    case 413:
    case 422:
      return {ErrorKind::invalid_input, with_words("refused the question (" + code + ")", said),
              where, ""};
    case 429:
      if (refusal.code == "insufficient_quota")
        return {ErrorKind::io, with_words("the account has nothing left to spend", said), where,
                ""};
      return {ErrorKind::server, with_words("is asked too often (429)", said), where,
              "Wait some minutes; verdicts so far are kept"};
    default:
      break;
  }
  if (answer.status == 408 || answer.status >= 500)
    return {ErrorKind::server, with_words("has a problem (" + code + ")", said), where,
            "Try again later; verdicts so far are kept"};
  if (answer.status >= 300 && answer.status < 400)
    return {ErrorKind::io, "leads to another address (" + code + "), which is not followed", where,
            "Give the address that it leads to"};
  return {ErrorKind::io, with_words("refused (" + code + ")", said), where, ""};
}

bool is_worth_another_attempt(const Error& error) {
  return error.kind == ErrorKind::timeout || error.kind == ErrorKind::server;
}

}  // namespace

struct ChatEndpoint::Attempt {
  Result<JudgeAnswer> result;
  std::chrono::seconds retry_after{0};
};

Result<std::unique_ptr<ChatEndpoint>> ChatEndpoint::create(EndpointSettings settings) {
  std::string url = settings.base_url;
  while (url.ends_with('/')) url.pop_back();
  if (!url.starts_with("http://") && !url.starts_with("https://"))
    return bad_address("is not an http or https address");
  // A key may hide in either, and the address is shown and stored.
  if (url.find_first_of("?#@ \t\r\n") != std::string::npos)
    return bad_address("may hold neither user names nor parameters");
  if (url_origin(url).empty() || !resolve_url(url, url))
    return bad_address("is not an http or https address");
  if (settings.model.empty())
    return Error{ErrorKind::invalid_input, "the judge's model is needed", "--judge_name",
                 "Name it as the server does"};
  LOOM_CHECK(check_key(settings.key));
  if (!url.ends_with(kCompletions)) url += kCompletions;
  return std::unique_ptr<ChatEndpoint>(new ChatEndpoint(std::move(settings), std::move(url)));
}

std::string ChatEndpoint::identity() const {
  return "chat " + url_ + " " + settings_.model;
}

bool ChatEndpoint::sends_key_in_the_clear() const {
  return !settings_.key.empty() && url_.starts_with("http://") && !is_loopback(url_origin(url_));
}

std::string ChatEndpoint::without_key(std::string text) const {
  if (settings_.key.size() < kLeastKey) return text;
  constexpr std::string_view kInstead = "[key]";
  for (size_t at = 0; (at = text.find(settings_.key, at)) != std::string::npos;
       at += kInstead.size())
    text.replace(at, settings_.key.size(), kInstead);
  return text;
}

ChatEndpoint::Attempt ChatEndpoint::attempt(const std::string& content,
                                            std::stop_token stop) const {
  HttpRequest request;
  request.url = url_;
  // A model thinks before its first byte: only the whole time is limited.
  request.stall_time = request.total_time = settings_.answer_time;
  request.most_text = settings_.most_answer_bytes;
  request.headers = {"Content-Type: application/json", "Accept: application/json", "Expect:"};
  if (!settings_.key.empty()) request.headers.push_back("Authorization: Bearer " + settings_.key);
  auto answer = http_post(request, content, stop);
  const std::string where = url_origin(url_);
  if (!answer) {
    Error error = answer.error();
    error.where = where;
    error.remedy = error.kind == ErrorKind::timeout || error.kind == ErrorKind::server
                       ? "Check the judge's address and the network; verdicts so far are kept"
                       : "";
    return {error, {}};
  }
  if (answer->status == 200) return {read_completion(answer->text, where), {}};
  Refusal refusal = read_refusal(without_key(answer->text));
  return {refused(*answer, refusal, settings_.model, where), retry_after_of(*answer)};
}

Result<JudgeAnswer> ChatEndpoint::answer(std::span<const ChatMessage> messages, int max_tokens,
                                         std::stop_token stop) {
  const std::string content = completion_request(settings_.model, messages, max_tokens);
  for (int failed = 1;; ++failed) {
    Attempt made = attempt(content, stop);
    if (made.result) {
      made.result->text = without_key(std::move(made.result->text));
      return made.result;
    }
    Error error = made.result.error();
    error.message = without_key(std::move(error.message));
    if (failed >= settings_.attempts || !is_worth_another_attempt(error)) return error;
    if (made.retry_after > settings_.longest_wait) {
      error.message += "; it asks to wait " + std::to_string(made.retry_after.count()) + " s";
      return error;
    }
    const auto doubled = settings_.first_wait * (1 << std::min(failed - 1, 6));
    LOOM_CHECK(wait_for(std::max<std::chrono::milliseconds>(doubled, made.retry_after), stop));
  }
}

}  // namespace loom

#include "core/judge/completion.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/bounded_json.h"
#include "core/base/json_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kMostWords = 200;

std::string text_at(const json& object, const char* name) {
  if (!object.is_object()) return "";
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// A string, or the texts of a list of parts.
std::optional<std::string> content_text(const json& content) {
  if (content.is_string()) return content.get<std::string>();
  if (content.is_null()) return "";
  if (!content.is_array()) return std::nullopt;
  std::string joined;
  for (const json& part : content) joined += text_at(part, "text");
  return joined;
}

TokenUsage usage_of(const json& body) {
  TokenUsage usage;
  const auto found = body.find("usage");
  const auto count = [&](const char* name) -> std::optional<uint64_t> {
    if (found == body.end() || !found->is_object()) return std::nullopt;
    const auto number = found->find(name);
    constexpr uint64_t kMost = 1'000'000'000;  // a hostile count may not overflow a sum
    if (number == found->end() || !number->is_number_unsigned() || number->get<uint64_t>() > kMost)
      return std::nullopt;
    return number->get<uint64_t>();
  };
  const auto prompt = count("prompt_tokens"), completion = count("completion_tokens");
  usage.prompt = prompt.value_or(0);
  usage.completion = completion.value_or(0);
  usage.unknown = prompt && completion ? 0 : 1;
  return usage;
}

std::string one_line(const std::string& text) {
  std::string line = text.substr(0, kMostWords);
  line.resize(line.size() - incomplete_tail(line));
  line = repair_utf8(line);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return line;
}

}  // namespace

std::string completion_request(const std::string& model, std::span<const ChatMessage> messages,
                               int max_tokens) {
  json list = json::array();
  for (const ChatMessage& message : messages)
    list.push_back({{"role", message.role}, {"content", message.content}});
  const json request = {{"model", model},
                        {"messages", list},
                        {"temperature", 0},
                        {"max_tokens", max_tokens},
                        {"stream", false}};
  return json_text(request);
}

Result<JudgeAnswer> read_completion(const std::string& body, const std::string& where) {
  const Error foreign{ErrorKind::corrupt, "does not answer as a chat completions server does",
                      where, "Check the address: it usually ends in /v1"};
  const json answer = parse_bounded(body);
  if (answer.is_discarded() && body.starts_with('{'))
    return Error{ErrorKind::server, "the answer broke off", where, ""};
  if (!answer.is_object()) return foreign;
  const auto choices = answer.find("choices");
  if (choices == answer.end() || !choices->is_array() || choices->empty()) return foreign;
  const json& choice = choices->front();
  if (!choice.is_object()) return foreign;
  const auto message = choice.find("message");
  if (message == choice.end() || !message->is_object() ||
      !(message->contains("content") || message->contains("refusal")))
    return foreign;
  const auto text = content_text(message->value("content", json()));
  if (!text) return foreign;
  return JudgeAnswer{*text, usage_of(answer)};
}

Refusal read_refusal(const std::string& body) {
  const json answer = parse_bounded(body);
  if (!answer.is_object()) return {};
  const json error = answer.value("error", json());
  Refusal refusal;
  if (error.is_string()) {
    refusal.message = error.get<std::string>();
  } else if (error.is_object()) {
    refusal.message = text_at(error, "message");
    refusal.code = text_at(error, "code");
  } else {
    for (const char* name : {"message", "detail"})
      if (refusal.message.empty()) refusal.message = text_at(answer, name);
  }
  refusal.message = one_line(refusal.message);
  return refusal;
}

}  // namespace loom

#include "core/judge/offered_models.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/hub/http_exchange.h"
#include "core/judge/chat_endpoint.h"
#include "core/judge/completion.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr size_t kMostBytes = size_t{4} << 20, kMostModels = 1000, kLongestName = 200;

std::string shown(std::string name) {
  name.resize(std::min(name.size(), kLongestName));
  name.resize(name.size() - incomplete_tail(name));
  name = repair_utf8(name);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return name;
}

std::string models_url(std::string base) {
  constexpr std::string_view kCompletions = "/chat/completions";
  while (base.ends_with('/')) base.pop_back();
  if (base.ends_with(kCompletions)) base.resize(base.size() - kCompletions.size());
  return base + "/models";
}

Error refused(const HttpAnswer& answer, const std::string& key, const std::string& where) {
  std::string words = read_refusal(answer.text).message;
  if (!key.empty() && words.find(key) != std::string::npos) words.clear();
  if (!words.empty()) words = ": " + words;
  const std::string code = " (" + std::to_string(answer.status) + ")";
  switch (answer.status) {
    case 401:
    case 403:
      return {ErrorKind::io, (key.empty() ? "wants a key" : "does not take the key") + code + words,
              where, "Keep the server's key in the key ring and give its name"};
    case 404:
    case 405:
      return {ErrorKind::not_found, "answers, but has no list of models here" + code, where,
              "Check the address, which usually ends in /v1"};
    default:
      break;
  }
  if (answer.status >= 300 && answer.status < 400)
    return {ErrorKind::io, "leads to another address" + code + ", which is not followed", where,
            "Give the address that it leads to"};
  return {ErrorKind::server, "has a problem" + code + words, where, "Try again later"};
}

}  // namespace

Result<std::vector<std::string>> read_offered_models(const std::string& body,
                                                     const std::string& where) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  const Error strange{ErrorKind::corrupt, "answers, but not as an OpenAI-compatible server does",
                      where, "Check the address, which usually ends in /v1"};
  if (!json.is_object()) return strange;
  const auto list = json.find("data");
  if (list == json.end() || !list->is_array()) return strange;
  std::vector<std::string> names;
  for (const auto& model : *list) {
    if (!model.is_object() || !model.contains("id") || !model["id"].is_string()) continue;
    if (names.size() == kMostModels) break;
    names.push_back(shown(model["id"].get<std::string>()));
  }
  return names;
}

Result<std::vector<std::string>> offered_models(const std::string& base_url, const std::string& key,
                                                std::stop_token stop) {
  EndpointSettings settings;
  settings.base_url = base_url;
  settings.model = "any";  // none is asked for
  settings.key = key;
  LOOM_TRY(auto checked, ChatEndpoint::create(std::move(settings)));
  HttpRequest request;
  request.url = models_url(base_url);
  request.stall_time = request.total_time = kPatience;
  request.most_text = kMostBytes;
  request.headers = {"Accept: application/json"};
  if (!key.empty()) request.headers.push_back("Authorization: Bearer " + key);
  const std::string where = url_origin(request.url);
  auto answer = http_get(request, stop);
  if (!answer) {
    Error error = answer.error();
    error.where = where;
    error.remedy = "Check the address and whether the server runs";
    return error;
  }
  if (answer->status != 200) return refused(*answer, key, where);
  return read_offered_models(answer->text, where);
}

}  // namespace loom

#include "tests/support/chat_server.h"

#include <algorithm>
#include <chrono>

namespace loom::testing {
namespace {

using nlohmann::json;

constexpr const char* kModels =
    R"({"object":"list","data":[{"id":"model-1","object":"model"},{"id":"model-2"}]})";

void send_whole(Connection& connection, int status, const std::string& headers,
                const std::string& body) {
  connection.send("HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers + "Content-Length: " +
                  std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
}

size_t length_of(const std::string& head) {
  const size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

}  // namespace

ChatServer::ChatServer(Answer answer)
    : answer_(std::move(answer)),
      server_([this](Connection& connection, std::stop_token stop) { serve(connection, stop); }) {}

void ChatServer::require_key(const std::string& key) {
  std::lock_guard lock(mutex_);
  key_ = key;
}

void ChatServer::add_fault(ChatFault fault) {
  std::lock_guard lock(mutex_);
  faults_.push_back(std::move(fault));
}

std::vector<ChatRequest> ChatServer::requests() const {
  std::lock_guard lock(mutex_);
  return requests_;
}

std::string ChatServer::completion(const std::string& text) {
  return json{{"id", "c-1"},
              {"object", "chat.completion"},
              {"choices",
               {{{"index", 0},
                 {"message", {{"role", "assistant"}, {"content", text}}},
                 {"finish_reason", "stop"}}}},
              {"usage", {{"prompt_tokens", 100}, {"completion_tokens", 5}, {"total_tokens", 105}}}}
      .dump();
}

std::optional<ChatFault> ChatServer::take_fault() {
  std::lock_guard lock(mutex_);
  for (ChatFault& fault : faults_)
    if (fault.times != 0) {
      if (fault.times > 0) --fault.times;
      return fault;
    }
  return std::nullopt;
}

void ChatServer::serve(Connection& connection, std::stop_token stop) {
  ChatRequest request;
  request.head = connection.read_head();
  request.body = json::parse(connection.read(length_of(request.head)), nullptr, false);
  std::string key;
  {
    std::lock_guard lock(mutex_);
    requests_.push_back(request);
    key = key_;
  }
  const bool asked = request.head.starts_with("POST /v1/chat/completions ") &&
                     request.body.is_object() && request.body.contains("messages");
  const bool listed = request.head.starts_with("GET /v1/models ");
  if (!asked && !listed)
    return send_whole(connection, 404, "", R"({"error":{"message":"no such page"}})");
  if (!key.empty() &&
      request.head.find("Authorization: Bearer " + key + "\r\n") == std::string::npos)
    return send_whole(connection, 401, "", R"({"error":{"message":"bad key","code":"no"}})");
  const std::string good = listed ? kModels : completion(answer_(request.body));
  if (const auto fault = take_fault()) return misbehave(connection, *fault, good, stop);
  send_whole(connection, 200, "Content-Type: application/json\r\n", good);
}

void ChatServer::misbehave(Connection& connection, const ChatFault& fault, const std::string& good,
                           std::stop_token stop) {
  const std::string half = good.substr(0, good.size() / 2);
  const std::string length = "Content-Length: " + std::to_string(good.size()) + "\r\n";
  switch (fault.kind) {
    case ChatFault::reply:
      return send_whole(connection, fault.status, fault.headers, fault.body);
    case ChatFault::cut:
      connection.send("HTTP/1.1 200 X\r\n" + length + "\r\n" + half);
      return;
    case ChatFault::open_end:
      connection.send("HTTP/1.1 200 X\r\nConnection: close\r\n\r\n" + half);
      return;
    case ChatFault::endless:
      connection.send("HTTP/1.1 200 X\r\n\r\n");
      while (!stop.stop_requested() && connection.send(std::string(1 << 16, 'x'))) {
      }
      return;
    case ChatFault::drip:
      connection.send("HTTP/1.1 200 X\r\n" + length + "\r\n");
      for (const char c : good) {
        if (stop.stop_requested() || !connection.send({&c, 1})) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
      return;
  }
}

}  // namespace loom::testing

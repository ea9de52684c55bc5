// A stand-in for an OpenAI-compatible server: it answers chat completions by a rule of the test,
// names its models model-1 and model-2, and misbehaves on demand.
#pragma once

#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "tests/support/tcp_server.h"

namespace loom::testing {

// What to do instead of answering, so many times.
struct ChatFault {
  enum Kind {
    reply,     // this status, these headers, this body
    cut,       // the whole length is announced, half of the body comes
    open_end,  // half of the body, no length
    endless,   // bytes without end
    drip       // a byte every 50 ms
  } kind = reply;
  int times = 1;  // -1: always
  int status = 200;
  std::string headers;
  std::string body;  // of a reply
};

struct ChatRequest {
  std::string head;
  nlohmann::json body;
};

class ChatServer {
 public:
  // `answer` gets a request and gives the assistant's text.
  using Answer = std::function<std::string(const nlohmann::json& request)>;
  explicit ChatServer(Answer answer);
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/v1"; }
  void require_key(const std::string& key);
  void add_fault(ChatFault fault);
  std::vector<ChatRequest> requests() const;

  // The body of a good answer.
  static std::string completion(const std::string& text);

 private:
  void serve(Connection& connection, std::stop_token stop);
  std::optional<ChatFault> take_fault();
  static void misbehave(Connection& connection, const ChatFault& fault, const std::string& good,
                        std::stop_token stop);

  Answer answer_;
  mutable std::mutex mutex_;
  std::string key_;
  std::vector<ChatFault> faults_;
  std::vector<ChatRequest> requests_;
  TcpServer server_;  // last: its threads use the rest
};

}  // namespace loom::testing

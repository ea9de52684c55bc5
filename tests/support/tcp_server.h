// A server on this machine's loopback for tests: plain sockets, one thread for each connection.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace loom::testing {

// One accepted connection. Sending to a peer that is gone does nothing.
class Connection {
 public:
  explicit Connection(int handle) : handle_(handle) {}
  std::string read_head();  // an HTTP request's lines up to the empty one
  std::string read(size_t bytes);  // so many, or what came before the peer fell silent
  bool send(std::string_view bytes);

 private:
  int handle_;
};

class TcpServer {
 public:
  explicit TcpServer(std::function<void(Connection& connection, std::stop_token stop)> serve);
  ~TcpServer();
  TcpServer(const TcpServer&) = delete;
  TcpServer& operator=(const TcpServer&) = delete;
  int port() const { return port_; }

 private:
  void accept_all(std::stop_token stop);

  std::function<void(Connection&, std::stop_token)> serve_;
  int listener_ = -1, port_ = 0;
  std::jthread thread_;
};

}  // namespace loom::testing

#include "tests/support/tcp_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

namespace loom::testing {
namespace {
constexpr size_t kMostHead = 64 << 10;
constexpr int kPoll_ms = 20;
}  // namespace

std::string Connection::read_head() {
  std::string head;
  char byte = 0;
  while (head.size() < kMostHead && !head.ends_with("\r\n\r\n") &&
         ::recv(handle_, &byte, 1, 0) == 1)
    head += byte;
  return head;
}

std::string Connection::read(size_t bytes) {
  std::string text(bytes, '\0');
  size_t have = 0;
  while (have < bytes) {
    const ssize_t count = ::recv(handle_, text.data() + have, bytes - have, 0);
    if (count <= 0) break;
    have += static_cast<size_t>(count);
  }
  text.resize(have);
  return text;
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

TcpServer::TcpServer(std::function<void(Connection&, std::stop_token)> serve)
    : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* general = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, general, size) == 0 && ::listen(listener_, 64) == 0 &&
      ::getsockname(listener_, general, &size) == 0)
    port_ = ntohs(address.sin_port);
  thread_ = std::jthread([this](std::stop_token stop) { accept_all(stop); });
}

TcpServer::~TcpServer() {
  thread_.request_stop();
  thread_.join();
  ::close(listener_);
}

void TcpServer::accept_all(std::stop_token stop) {
  std::vector<std::jthread> connections;
  while (!stop.stop_requested()) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, kPoll_ms) <= 0) continue;
    const int handle = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (handle < 0) continue;
    connections.emplace_back([this, handle](std::stop_token ending) {
      const timeval patience{2, 0};
      ::setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
      Connection connection(handle);
      serve_(connection, ending);
      ::close(handle);
    });
  }
}

}  // namespace loom::testing

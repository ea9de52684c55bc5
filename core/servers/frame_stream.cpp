#include "core/servers/frame_stream.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/servers/engine_limits.h"
#include "core/servers/engine_protocol.h"

namespace loom {
namespace {

using Clock = std::chrono::steady_clock;

Error gone(const char* what) { return {ErrorKind::server, what, "engine", ""}; }

}  // namespace

Status FrameStream::send(const nlohmann::json& message, std::stop_token stop, std::chrono::milliseconds limit) {
  std::vector<uint8_t> body = nlohmann::json::to_cbor(message);
  if (body.size() > protocol::kLargestFrame) return gone("a message is too large");
  std::vector<uint8_t> bytes(4 + body.size());
  for (int i = 0; i < 4; ++i) bytes[static_cast<size_t>(i)] = static_cast<uint8_t>(body.size() >> (8 * i));
  std::copy(body.begin(), body.end(), bytes.begin() + 4);
  std::lock_guard lock(writing_);
  auto deadline = Clock::now() + limit;
  for (size_t at = 0; at < bytes.size();) {
    pollfd ready{write_, POLLOUT, 0};
    const auto asked = Clock::now();
    int events = poll(&ready, 1, 50);
    const auto now = Clock::now();
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "engine", ""};
    if (now - asked > kStandstill) deadline += now - asked;
    if (now > deadline) return Error{ErrorKind::timeout, "takes no messages", "engine", ""};
    if (events <= 0) continue;
    // At most what a pipe takes whole, so that a full pipe never blocks the write.
    ssize_t written = ::write(write_, bytes.data() + at, std::min<size_t>(bytes.size() - at, 4096));
    if (written < 0 && errno != EINTR && errno != EAGAIN) return gone(std::strerror(errno));
    if (written > 0) at += static_cast<size_t>(written);
  }
  return {};
}

Result<std::optional<nlohmann::json>> FrameStream::take() {
  if (buffer_.size() < 4) return std::optional<nlohmann::json>();
  size_t length = 0;
  for (size_t i = 0; i < 4; ++i) length |= static_cast<size_t>(static_cast<unsigned char>(buffer_[i])) << (8 * i);
  if (length > protocol::kLargestFrame) return gone("sent a message that is too large");
  if (buffer_.size() < 4 + length) return std::optional<nlohmann::json>();
  nlohmann::json message;
  try {
    auto begin = buffer_.begin() + 4;
    message = nlohmann::json::from_cbor(begin, begin + static_cast<long>(length));
  } catch (const nlohmann::json::exception&) {
    return gone("sent a message that cannot be read");
  }
  buffer_.erase(0, 4 + length);
  if (!message.is_object()) return gone("sent a message that cannot be read");
  return std::optional(std::move(message));
}

Result<std::optional<nlohmann::json>> FrameStream::receive(std::chrono::milliseconds wait) {
  auto deadline = Clock::now() + wait;
  for (;;) {
    LOOM_TRY(auto message, take());
    if (message) return message;
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd ready{read_, POLLIN, 0};
    int events = poll(&ready, 1, static_cast<int>(std::max<long>(left, 0)));
    if (events == 0) return std::optional<nlohmann::json>();
    if (events < 0 && errno == EINTR) continue;
    char bytes[65536];
    ssize_t count = ::read(read_, bytes, sizeof bytes);
    if (count == 0) return gone("ended");
    if (count < 0 && errno != EINTR && errno != EAGAIN) return gone(std::strerror(errno));
    if (count > 0) buffer_.append(bytes, static_cast<size_t>(count));
  }
}

}  // namespace loom

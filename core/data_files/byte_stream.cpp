#include "core/data_files/byte_stream.h"

#include <cstring>

namespace loom {
namespace {
constexpr size_t kBuffer = 1 << 18;
}

ByteStream::ByteStream(std::unique_ptr<ByteSource> source, std::string name, size_t record_bytes,
                       std::stop_token stop)
    : source_(std::move(source)),
      name_(std::move(name)),
      buffer_(kBuffer, '\0'),
      record_bytes_(record_bytes),
      stop_(std::move(stop)) {}

bool ByteStream::refill() {
  if (ended_) return false;
  passed_ += filled_;
  at_ = filled_ = 0;
  if (stop_.stop_requested())
    status_ = Error{ErrorKind::cancelled, "stopped", name_, ""};
  else if (passed_ - record_start_ > record_bytes_)
    status_ = Error{ErrorKind::invalid_input,
                    "a record is larger than " + std::to_string(record_bytes_ >> 20) + " MiB",
                    name_ + ":" + std::to_string(line_), ""};
  else if (auto count = source_->read(buffer_.data(), buffer_.size()))
    filled_ = *count;
  else
    status_ = count.error();
  ended_ = filled_ == 0;
  return !ended_;
}

void ByteStream::skip_white_space() {
  while (!at_end() && std::strchr(" \t\r\n", peek()) && peek() != '\0') advance();
}

void ByteStream::skip_byte_order_mark() {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (!at_end() && std::string_view(buffer_.data(), filled_).starts_with(kMark)) at_ = kMark.size();
}

bool ByteStream::read_line(std::string& line) {
  line.clear();
  if (at_end()) return false;
  begin_record();
  do {
    const char* from = buffer_.data() + at_;
    const auto* end = static_cast<const char*>(std::memchr(from, '\n', filled_ - at_));
    const size_t count = end ? static_cast<size_t>(end - from) : filled_ - at_;
    line.append(from, count);
    at_ += count;
    if (!end) continue;
    ++at_;
    ++line_;
    break;
  } while (!at_end());
  if (!status_) return false;
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

}  // namespace loom

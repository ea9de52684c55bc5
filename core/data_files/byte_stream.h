// A byte source read character by character or line by line, with line numbers and a bound on what
// one record may take.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "core/data_files/byte_source.h"

namespace loom {

class ByteStream {
 public:
  ByteStream(std::unique_ptr<ByteSource> source, std::string name, size_t record_bytes,
             std::stop_token stop);

  bool at_end() { return at_ == filled_ && !refill(); }  // also after a failure: see status()
  char peek() const { return buffer_[at_]; }             // only where at_end() is false
  void advance() {
    if (buffer_[at_] == '\n') ++line_;
    ++at_;
  }
  size_t line() const { return line_; }  // of the next character, from 1
  void begin_record() { record_start_ = passed_ + at_; }
  void skip_white_space();
  void skip_byte_order_mark();  // before anything else
  // The rest of the line without its end; false at the file's end.
  bool read_line(std::string& line);

  const std::string& name() const { return name_; }
  const Status& status() const { return status_; }

 private:
  bool refill();

  std::unique_ptr<ByteSource> source_;
  std::string name_, buffer_;
  size_t record_bytes_;
  std::stop_token stop_;
  size_t at_ = 0, filled_ = 0, line_ = 1;
  uint64_t passed_ = 0, record_start_ = 0;  // bytes before the buffer; where the record began
  bool ended_ = false;
  Status status_;
};

}  // namespace loom

// The bytes of a GGUF header, read one checked field at a time.
#pragma once

#include <cstring>
#include <span>
#include <string>

#include "core/model_files/gguf_file.h"

namespace loom {

class GgufReader {
 public:
  GgufReader(std::span<const std::byte> bytes, std::string file)
      : bytes_(bytes), file_(std::move(file)) {}

  template <typename T>
  Result<T> number() {
    if (bytes_.size() - at_ < sizeof(T)) return ends_early(sizeof(T));
    T value;
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  Result<std::string> text();
  Result<GgufValue> value(uint32_t type);
  size_t at() const { return at_; }
  size_t left() const { return bytes_.size() - at_; }
  Error problem(const std::string& message) const;

 private:
  Error ends_early(uint64_t wanted) const;
  Result<GgufValue> array();
  template <typename Stored, typename Kept>
  Result<GgufValue> numbers(uint64_t count);

  std::span<const std::byte> bytes_;
  std::string file_;
  size_t at_ = 0;
};

}  // namespace loom

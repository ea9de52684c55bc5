#include "core/model_files/gguf_reader.h"

namespace loom {
namespace {
// Value types as numbered by the format.
enum Type : uint32_t {
  kU8,
  kI8,
  kU16,
  kI16,
  kU32,
  kI32,
  kF32,
  kBool,
  kText,
  kArray,
  kU64,
  kI64,
  kF64
};

template <typename Stored, typename Kept>
Result<GgufValue> one(GgufReader& reader) {
  LOOM_TRY(Stored value, reader.number<Stored>());
  return GgufValue(static_cast<Kept>(value));
}
}  // namespace

Error GgufReader::problem(const std::string& message) const {
  return {ErrorKind::corrupt, message, file_ + " at byte " + std::to_string(at_),
          "The file is damaged or not GGUF; fetch it again"};
}

Error GgufReader::ends_early(uint64_t wanted) const {
  return problem("the file ends where " + std::to_string(wanted) + " more bytes were announced");
}

Result<std::string> GgufReader::text() {
  LOOM_TRY(uint64_t length, number<uint64_t>());
  if (length > left()) return ends_early(length);
  std::string value(reinterpret_cast<const char*>(bytes_.data() + at_), length);
  at_ += length;
  return value;
}

template <typename Stored, typename Kept>
Result<GgufValue> GgufReader::numbers(uint64_t count) {
  // The count is held against the bytes that are there before anything is allocated.
  if (count > left() / sizeof(Stored)) return ends_early(count);
  std::vector<Kept> values;
  values.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    Stored value;
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    values.push_back(static_cast<Kept>(value));
  }
  return GgufValue(std::move(values));
}

Result<GgufValue> GgufReader::array() {
  LOOM_TRY(uint32_t type, number<uint32_t>());
  LOOM_TRY(uint64_t count, number<uint64_t>());
  switch (type) {
    case kU8:
      return numbers<uint8_t, uint64_t>(count);
    case kU16:
      return numbers<uint16_t, uint64_t>(count);
    case kU32:
      return numbers<uint32_t, uint64_t>(count);
    case kU64:
      return numbers<uint64_t, uint64_t>(count);
    case kI8:
      return numbers<int8_t, int64_t>(count);
    case kI16:
      return numbers<int16_t, int64_t>(count);
    case kI32:
      return numbers<int32_t, int64_t>(count);
    case kI64:
      return numbers<int64_t, int64_t>(count);
    case kF32:
      return numbers<float, double>(count);
    case kF64:
      return numbers<double, double>(count);
    case kBool:
      return numbers<uint8_t, bool>(count);
    case kText:
      break;
    default:
      return problem("an array of type " + std::to_string(type) + " is not known");
  }
  if (count > left() / sizeof(uint64_t)) return ends_early(count);
  std::vector<std::string> texts;
  texts.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    LOOM_TRY(std::string item, text());
    texts.push_back(std::move(item));
  }
  return GgufValue(std::move(texts));
}

Result<GgufValue> GgufReader::value(uint32_t type) {
  switch (type) {
    case kU8:
      return one<uint8_t, uint64_t>(*this);
    case kU16:
      return one<uint16_t, uint64_t>(*this);
    case kU32:
      return one<uint32_t, uint64_t>(*this);
    case kU64:
      return one<uint64_t, uint64_t>(*this);
    case kI8:
      return one<int8_t, int64_t>(*this);
    case kI16:
      return one<int16_t, int64_t>(*this);
    case kI32:
      return one<int32_t, int64_t>(*this);
    case kI64:
      return one<int64_t, int64_t>(*this);
    case kF32:
      return one<float, double>(*this);
    case kF64:
      return one<double, double>(*this);
    case kBool:
      return one<uint8_t, bool>(*this);
    case kText: {
      LOOM_TRY(std::string item, text());
      return GgufValue(std::move(item));
    }
    case kArray:
      return array();
    default:
      return problem("a value of type " + std::to_string(type) + " is not known");
  }
}

}  // namespace loom

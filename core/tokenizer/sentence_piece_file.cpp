// The protobuf messages of a .model file, as far as ids depend on them.
#include <cstring>

#include "core/tokenizer/sentence_piece.h"

namespace loom {
namespace {

struct Field {
  uint64_t number = 0, integer = 0;
  std::string_view bytes;
};

// One message; stops at what is cut off and says so.
class Message {
 public:
  explicit Message(std::string_view bytes) : rest_(bytes) {}
  bool broken() const { return broken_; }
  bool next(Field& field) {
    if (rest_.empty() || broken_) return false;
    field = {};
    uint64_t tag = varint();
    field.number = tag >> 3;
    switch (tag & 7) {
      case 0: field.integer = varint(); break;
      case 1: field.bytes = take(8); break;
      case 2: field.bytes = take(varint()); break;
      case 5: field.bytes = take(4); break;
      default: broken_ = true;
    }
    return !broken_;
  }

 private:
  uint64_t varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    broken_ = true;
    return 0;
  }
  std::string_view take(uint64_t count) {
    if (count > rest_.size()) {
      broken_ = true;
      return {};
    }
    std::string_view taken = rest_.substr(0, static_cast<size_t>(count));
    rest_.remove_prefix(static_cast<size_t>(count));
    return taken;
  }
  std::string_view rest_;
  bool broken_ = false;
};

bool read_piece(std::string_view bytes, SentencePieceRules& rules) {
  SentencePieceRules::Piece piece;
  Message message(bytes);
  for (Field field; message.next(field);) {
    if (field.number == 1) piece.text = field.bytes;
    if (field.number == 2 && field.bytes.size() == 4) std::memcpy(&piece.score, field.bytes.data(), 4);
    if (field.number == 3 && field.integer >= 1 && field.integer <= 6) piece.type = static_cast<PieceType>(field.integer);
  }
  rules.pieces.push_back(std::move(piece));
  return !message.broken();
}

bool read_trainer(std::string_view bytes, SentencePieceRules& rules, uint64_t& kind) {
  Message message(bytes);
  for (Field field; message.next(field);) {
    if (field.number == 3) kind = field.integer;
    if (field.number == 24) rules.space_as_suffix = field.integer != 0;
    if (field.number == 35) rules.byte_fallback = field.integer != 0;
  }
  return !message.broken();
}

bool read_normaliser_fields(std::string_view bytes, SentencePieceRules& rules, std::string_view& map) {
  Message message(bytes);
  for (Field field; message.next(field);) {
    if (field.number == 2) map = field.bytes;
    if (field.number == 3) rules.prefix_space = field.integer != 0;
    if (field.number == 4) rules.removes_extra_spaces = field.integer != 0;
    if (field.number == 5) rules.escapes_spaces = field.integer != 0;
  }
  return !message.broken();
}

}  // namespace

Result<SentencePieceRules> parse_sentence_piece(std::string_view bytes, const std::string& where) {
  SentencePieceRules rules;
  uint64_t kind = 1;
  std::string_view map;
  bool fine = true;
  Message message(bytes);
  for (Field field; fine && message.next(field);) {
    if (field.number == 1) fine = read_piece(field.bytes, rules);
    if (field.number == 2) fine = read_trainer(field.bytes, rules, kind);
    if (field.number == 3) fine = read_normaliser_fields(field.bytes, rules, map);
  }
  if (!fine || message.broken() || rules.pieces.empty())
    return Error{ErrorKind::corrupt, "is not a SentencePiece model", where, ""};
  if (kind != 1 && kind != 2)
    return Error{ErrorKind::unsupported, "SentencePiece models of words or characters are not read", where, ""};
  rules.unigram = kind == 1;
  LOOM_TRY(rules.map, CharacterMap::parse(map, where));
  return rules;
}

}  // namespace loom

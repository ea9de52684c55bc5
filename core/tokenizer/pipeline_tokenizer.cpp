#include "core/tokenizer/pipeline_tokenizer.h"

#include <atomic>

#include "core/text/utf8.h"
#include "core/tokenizer/piece_memory.h"

namespace loom {
namespace {

uint64_t next_number() {
  static std::atomic<uint64_t> number{0};
  return ++number;
}

}  // namespace

PipelineTokenizer::PipelineTokenizer(TokenizerParts parts) : parts_(std::move(parts)), number_(next_number()) {}

void PipelineTokenizer::encode_pieces(std::string_view text, bool at_start, std::vector<TokenId>& ids) const {
  if (!parts_.splitter) return parts_.model->encode(text, ids);
  thread_local PieceMemory memory;
  if (parts_.pieces_repeat) memory.use(number_);
  auto encode = [this](std::string_view piece, std::vector<TokenId>& out) { parts_.model->encode(piece, out); };
  auto sink = [&](std::string_view piece) {
    if (piece.empty()) return;
    if (parts_.pieces_repeat) {
      memory.append(piece, ids, encode);
    } else {
      encode(piece, ids);
    }
  };
  if (at_start) {
    parts_.splitter->split_start(text, sink);
  } else {
    parts_.splitter->split(text, sink);
  }
}

void PipelineTokenizer::encode_section(std::string_view text, bool at_start, std::vector<TokenId>& ids) const {
  std::string changed;
  if (parts_.normaliser) text = changed = parts_.normaliser(text);
  for (const auto& span : parts_.added.split(text, true)) {
    if (span.token) {
      ids.push_back(span.token->id);
    } else {
      encode_pieces(span.text, at_start, ids);
    }
    at_start = false;
  }
}

std::vector<TokenId> PipelineTokenizer::encode(std::string_view text) const {
  std::string repaired;
  if (!is_utf8(text)) text = repaired = repair_utf8(text);
  std::vector<TokenId> ids;
  ids.reserve(text.size() / 3 + 8);
  bool at_start = true;
  for (const auto& span : parts_.added.split(text, false)) {
    if (span.token) {
      ids.push_back(span.token->id);
    } else {
      encode_section(span.text, at_start, ids);
    }
    at_start = false;
  }
  return ids;
}

std::vector<TokenId> PipelineTokenizer::encode_with_special(std::string_view text) const {
  std::vector<TokenId> ids = parts_.before, middle = encode(text);
  ids.insert(ids.end(), middle.begin(), middle.end());
  ids.insert(ids.end(), parts_.after.begin(), parts_.after.end());
  return ids;
}

std::string PipelineTokenizer::decode(std::span<const TokenId> ids, bool skip_special) const {
  std::string text;
  Spellings spellings;
  for (TokenId id : ids) {
    if (id < 0 || static_cast<size_t>(id) >= parts_.spellings.size()) continue;
    const AddedToken* token = parts_.added.find(id);
    if (token && skip_special && token->special) continue;
    if (parts_.decoder.empty()) {
      text += token ? token->text : parts_.token_bytes[static_cast<size_t>(id)];
    } else {
      spellings.push_back(token ? token->text : parts_.spellings[static_cast<size_t>(id)]);
    }
  }
  for (const DecoderStep& step : parts_.decoder) step(spellings);
  for (const std::string& spelling : spellings) text += spelling;
  return text;
}

std::string PipelineTokenizer::token_text(TokenId id) const {
  return id >= 0 && static_cast<size_t>(id) < parts_.spellings.size() ? parts_.spellings[static_cast<size_t>(id)] : "";
}

}  // namespace loom

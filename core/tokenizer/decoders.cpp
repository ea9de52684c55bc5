#include "core/text/utf8.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/byte_tokens.h"
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/normaliser.h"

namespace loom {
namespace {

// What the reference mends in texts of WordPiece.
std::string cleaned_up(std::string text) {
  static constexpr std::pair<const char*, const char*> kChanges[] = {
      {" .", "."},   {" ?", "?"},   {" !", "!"},          {" ,", ","},   {" ' ", "'"},  {" n't", "n't"},
      {" 'm", "'m"}, {" do not", " don't"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};
  for (const auto& [from, to] : kChanges) text = replace_all(text, from, to);
  return text;
}

// A run of byte tokens that is no UTF-8 is a replacement character per byte, as in the reference; at
// the end of all tokens more bytes may follow, and a sequence that has begun stays as it is.
std::string text_of_bytes(const std::string& bytes, bool at_end) {
  if (is_utf8(bytes)) return bytes;
  size_t tail = at_end ? incomplete_tail(bytes) : 0;
  if (tail > 0 && is_utf8(std::string_view(bytes).substr(0, bytes.size() - tail))) return bytes;
  std::string text;
  for (size_t i = 0; i < bytes.size(); ++i) text += "\uFFFD";
  return text;
}

}  // namespace

DecoderStep byte_level_decoder() {
  return [](Spellings& tokens) {
    std::string text;
    for (const std::string& token : tokens) text += from_byte_level(token).value_or(token);
    tokens = {text};
  };
}

DecoderStep metaspace_decoder(std::string mark, bool drop_first_space) {
  return [=](Spellings& tokens) {
    for (size_t i = 0; i < tokens.size(); ++i) tokens[i] = replace_all(tokens[i], mark, i == 0 && drop_first_space ? "" : " ");
  };
}

DecoderStep word_piece_decoder(std::string prefix, bool clean_up) {
  return [=](Spellings& tokens) {
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (i > 0 && !prefix.empty() && tokens[i].starts_with(prefix)) {
        tokens[i].erase(0, prefix.size());
      } else if (i > 0) {
        tokens[i].insert(0, " ");
      }
      if (clean_up) tokens[i] = cleaned_up(tokens[i]);
    }
  };
}

DecoderStep suffix_decoder(std::string suffix) {
  return [=](Spellings& tokens) {
    for (size_t i = 0; i < tokens.size(); ++i) tokens[i] = replace_all(tokens[i], suffix, i + 1 == tokens.size() ? "" : " ");
  };
}

DecoderStep byte_fallback_decoder() {
  return [](Spellings& tokens) {
    Spellings out;
    std::string bytes;
    auto close = [&](bool at_end) {
      if (!bytes.empty()) out.push_back(text_of_bytes(bytes, at_end));
      bytes.clear();
    };
    for (std::string& token : tokens) {
      if (auto byte = byte_of_token(token)) {
        bytes += static_cast<char>(*byte);
        continue;
      }
      close(false);
      out.push_back(std::move(token));
    }
    close(true);
    tokens = std::move(out);
  };
}

DecoderStep fuse_decoder() {
  return [](Spellings& tokens) {
    std::string text;
    for (const std::string& token : tokens) text += token;
    tokens = {text};
  };
}

DecoderStep strip_decoder(std::string text, size_t start, size_t stop) {
  return [=](Spellings& tokens) {
    for (std::string& token : tokens) {
      for (size_t n = 0; n < start && !text.empty() && token.starts_with(text); ++n) token.erase(0, text.size());
      for (size_t n = 0; n < stop && !text.empty() && token.ends_with(text); ++n) token.resize(token.size() - text.size());
    }
  };
}

DecoderStep replace_decoder(std::string text, std::string by) {
  return [=](Spellings& tokens) {
    for (std::string& token : tokens) token = replace_all(token, text, by);
  };
}

DecoderStep space_decoder() {
  return [](Spellings& tokens) {
    for (size_t i = 1; i < tokens.size(); ++i) tokens[i].insert(0, " ");
  };
}

}  // namespace loom

// From tokens' spellings back to a text: steps that each change the list of spellings.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace loom {

// Bytes; the last may end inside a UTF-8 sequence.
using Spellings = std::vector<std::string>;
using DecoderStep = std::function<void(Spellings&)>;

DecoderStep byte_level_decoder();
DecoderStep metaspace_decoder(std::string mark, bool drop_first_space);
DecoderStep word_piece_decoder(std::string prefix, bool clean_up);
DecoderStep suffix_decoder(std::string suffix);
DecoderStep byte_fallback_decoder();
DecoderStep fuse_decoder();
DecoderStep strip_decoder(std::string text, size_t start, size_t stop);
DecoderStep replace_decoder(std::string text, std::string by);
DecoderStep space_decoder();  // what becomes of tokens where no decoder is named

}  // namespace loom

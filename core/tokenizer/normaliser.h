// What a tokenizer does to a text before it is split. Input is valid UTF-8, and so is output.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace loom {

using Normaliser = std::function<std::string(std::string_view)>;

Normaliser normaliser_sequence(std::vector<Normaliser> steps);
Normaliser strip_normaliser(bool left, bool right);
Normaliser strip_accents_normaliser();
Normaliser prepend_normaliser(std::string prefix);  // nothing before an empty text
Normaliser replace_normaliser(std::string text, std::string by);
Result<Normaliser> replace_pattern_normaliser(const std::string& pattern, const std::string& by);
Normaliser byte_level_normaliser();
Normaliser nmt_normaliser();

struct BertRules {
  bool clean_text = true, handle_chinese_characters = true, strip_accents = true, lower_case = true;
};
Normaliser bert_normaliser(BertRules rules);

// Every match of `text` in `in` becomes `by`.
std::string replace_all(std::string_view in, std::string_view text, std::string_view by);

}  // namespace loom

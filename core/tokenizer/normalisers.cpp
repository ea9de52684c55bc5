#include "core/text/character_class.h"
#include "core/text/normalise.h"
#include "core/text/utf8.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/normaliser.h"
#include "core/tokenizer/pattern.h"

namespace loom {
namespace {

template <typename Keep>
std::string each(std::string_view text, Keep change) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    change(point.value, text.substr(at, point.bytes), out);
    at += point.bytes;
  }
  return out;
}

bool is_space_class(uint32_t c) {
  return character_class(c) == CharacterClass::space;
}

// The reference's ranges: its fifth begins later than that of BERT's own code.
bool is_chinese(uint32_t c) {
  return is_han(c) && !(c >= 0x2B820 && c < 0x2B920);
}

void clean(uint32_t c, std::string_view bytes, std::string& out) {
  bool kept = c == '\t' || c == '\n' || c == '\r';
  if (c == 0 || c == 0xFFFD || (!kept && is_control(c) && is_old(c))) return;
  if (is_space_class(c)) {
    out += ' ';
  } else {
    out += bytes;
  }
}

void space_chinese(uint32_t c, std::string_view bytes, std::string& out) {
  bool chinese = is_chinese(c);
  if (chinese) out += ' ';
  out += bytes;
  if (chinese) out += ' ';
}

}  // namespace

std::string replace_all(std::string_view in, std::string_view text, std::string_view by) {
  std::string out;
  size_t begin = 0;
  for (size_t at; !text.empty() && (at = in.find(text, begin)) != std::string_view::npos;
       begin = at + text.size())
    out.append(in, begin, at - begin).append(by);
  return out.append(in, begin);
}

Normaliser normaliser_sequence(std::vector<Normaliser> steps) {
  if (steps.size() == 1) return steps.front();
  return [steps = std::move(steps)](std::string_view text) {
    std::string changed(text);
    for (const Normaliser& step : steps) changed = step(changed);
    return changed;
  };
}

Normaliser strip_normaliser(bool left, bool right) {
  return [=](std::string_view text) {
    while (left && !text.empty() && is_space_class(decode_utf8(text, 0).value))
      text.remove_prefix(decode_utf8(text, 0).bytes);
    while (right && !text.empty()) {
      size_t last = text.size() - 1;
      while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
      if (!is_space_class(decode_utf8(text, last).value)) break;
      text = text.substr(0, last);
    }
    return std::string(text);
  };
}

Normaliser strip_accents_normaliser() {
  return [](std::string_view text) {
    return each(text, [](uint32_t c, std::string_view bytes, std::string& out) {
      if (!is_mark_of_unicode_9(c)) out += bytes;
    });
  };
}

Normaliser prepend_normaliser(std::string prefix) {
  return [prefix = std::move(prefix)](std::string_view text) {
    return text.empty() ? std::string() : prefix + std::string(text);
  };
}

Normaliser replace_normaliser(std::string text, std::string by) {
  return [text = std::move(text), by = std::move(by)](std::string_view in) {
    return replace_all(in, text, by);
  };
}

Result<Normaliser> replace_pattern_normaliser(const std::string& pattern, const std::string& by) {
  LOOM_TRY(auto compiled, Pattern::compile(pattern));
  return Normaliser([compiled = std::move(compiled), by](std::string_view in) {
    std::string out;
    size_t done = 0;
    compiled->each_match(in, [&](size_t begin, size_t end) {
      out.append(in, done, begin - done).append(by);
      done = end;
    });
    return out.append(in, done);
  });
}

Normaliser byte_level_normaliser() {
  return [](std::string_view text) { return to_byte_level(text); };
}

// Control characters go, all kinds of space become one (as in OpenNMT's rules).
Normaliser nmt_normaliser() {
  return [](std::string_view text) {
    return each(text, [](uint32_t c, std::string_view bytes, std::string& out) {
      if ((c >= 1 && c <= 8) || c == 0xB || (c >= 0xE && c <= 0x1F) || c == 0x7F || c == 0x8F ||
          c == 0x9F)
        return;
      bool space = c == 9 || c == 0xA || c == 0xC || c == 0xD || c == 0x1680 ||
                   (c >= 0x200B && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x2581 ||
                   c == 0xFEFF || c == 0xFFFD;
      out += space ? std::string_view(" ") : bytes;
    });
  };
}

Normaliser bert_normaliser(BertRules rules) {
  return [rules](std::string_view text) {
    std::string out(text);
    if (rules.clean_text) out = each(out, clean);
    if (rules.handle_chinese_characters) out = each(out, space_chinese);
    if (rules.strip_accents)
      out = each(normalise_as_unicode_9(out, NormalForm::nfd),
                 [](uint32_t c, std::string_view bytes, std::string& kept) {
                   if (!(is_nonspacing_mark(c) && is_old(c))) kept += bytes;
                 });
    return rules.lower_case ? lower_case_each(out) : out;
  };
}

}  // namespace loom

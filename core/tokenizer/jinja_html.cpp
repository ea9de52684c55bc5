// Texts that count as HTML: what filters take out of them.
#include <algorithm>
#include <array>
#include <cctype>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

constexpr std::array<std::pair<const char*, uint32_t>, 16> kEntities = {{{"amp", '&'},
                                                                         {"lt", '<'},
                                                                         {"gt", '>'},
                                                                         {"quot", '"'},
                                                                         {"apos", '\''},
                                                                         {"nbsp", 0xA0},
                                                                         {"copy", 0xA9},
                                                                         {"reg", 0xAE},
                                                                         {"hellip", 0x2026},
                                                                         {"ndash", 0x2013},
                                                                         {"mdash", 0x2014},
                                                                         {"lsquo", 0x2018},
                                                                         {"rsquo", 0x2019},
                                                                         {"ldquo", 0x201C},
                                                                         {"rdquo", 0x201D},
                                                                         {"euro", 0x20AC}}};

// The character that stands between & and ;, or 0.
uint32_t entity(const std::string& name) {
  if (name.size() > 1 && name[0] == '#') {
    const bool hex = name[1] == 'x' || name[1] == 'X';
    const std::string digits = name.substr(hex ? 2 : 1);
    const bool right = !digits.empty() && digits.size() < 8 &&
                       std::all_of(digits.begin(), digits.end(), [&](unsigned char c) {
                         return hex ? std::isxdigit(c) : std::isdigit(c);
                       });
    if (!right) return 0;
    const unsigned long point = std::stoul(digits, nullptr, hex ? 16 : 10);
    return point == 0 || point >= 0x110000 || (point >= 0xD800 && point < 0xE000)
               ? 0xFFFD
               : static_cast<uint32_t>(point);
  }
  for (const auto& [known, point] : kEntities)
    if (name == known) return point;
  return 0;
}

void remove_between(std::string& text, const char* open, const char* close) {
  const std::string begin = open, end = close;
  std::string out;
  size_t at = 0;
  for (size_t from = text.find(begin); from != std::string::npos; from = text.find(begin, at)) {
    const size_t to = text.find(end, from);
    if (to == std::string::npos) break;
    out.append(text, at, from - at);
    at = to + end.size();
  }
  text = out.append(text, at);
}

}  // namespace

std::string unescape_html(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text[at] == '&' ? text.find(';', at) : std::string::npos;
    const uint32_t point =
        end != std::string::npos && end - at <= 10 ? entity(text.substr(at + 1, end - at - 1)) : 0;
    if (point == 0) {
      out += text[at++];
    } else {
      append_utf8(out, point);
      at = end + 1;
    }
  }
  return out;
}

std::string strip_tags(const std::string& text) {
  std::string rest = text;
  remove_between(rest, "<!--", "-->");
  remove_between(rest, "<", ">");
  std::string joined;
  for (const std::string& word : split_words(rest)) joined += (joined.empty() ? "" : " ") + word;
  return unescape_html(joined);
}

}  // namespace loom::jinja

// Addresses in a text become links, by the reference's rules (jinja2 3.1).
#include <array>
#include <set>

#include "core/tokenizer/jinja_addresses.h"
#include "core/tokenizer/jinja_filters.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

size_t count_of(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
    ++count;
  return count;
}

// A word without the marks around it, that belong to the sentence rather than to the address.
struct Word {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPairs = {
      {{"(", ")"}, {"<", ">"}, {"&lt;", "&gt;"}}};
  std::string_view head, middle, tail;

  explicit Word(std::string_view word) {
    size_t begin = 0, end = word.size();
    for (size_t size = 1; size > 0; begin += size) size = opening(word.substr(begin));
    for (size_t size = 1; size > 0 && end >= begin; end -= size)
      size = closing(word.substr(begin, end - begin));
    // A mark that closes what the middle opens is the middle's.
    for (const auto& [open, close] : kPairs) {
      const std::string_view inside = word.substr(begin, end - begin);
      const size_t opened = count_of(inside, open);
      if (opened <= count_of(inside, close)) continue;
      for (size_t i = 0; i < opened; ++i) {
        const size_t at = word.find(close, end);
        if (at == word.npos) break;
        end = at + close.size();
      }
    }
    head = word.substr(0, begin);
    middle = word.substr(begin, end - begin);
    tail = word.substr(end);
  }
  static size_t opening(std::string_view rest) {
    if (rest.starts_with("&lt;")) return 4;
    return rest.starts_with('(') || rest.starts_with('<') ? 1 : 0;
  }
  static size_t closing(std::string_view rest) {
    if (rest.ends_with("&gt;")) return 4;
    return !rest.empty() && std::string_view(")>.,").find(rest.back()) != rest.npos ? 1 : 0;
  }
};

struct Links {
  const Value* limit;      // code points of an address that are shown
  std::string attributes;  // of each link but those to mail
  std::vector<std::string> schemes;

  std::string shown(const std::string& address) const {
    if (!limit || count_points(address) <= limit->integer()) return address;
    return part_of(address, 0, limit->integer()) + "...";
  }
  std::string link(const std::string& target, const std::string& text) const {
    return "<a href=\"" + target + "\"" + attributes + ">" + text + "</a>";
  }
  std::string linked(const std::string& word) const {
    if (is_address(word)) {
      const bool whole = word.starts_with("https://") || word.starts_with("http://");
      return link(whole ? word : "https://" + word, shown(word));
    }
    if (word.starts_with("mailto:") && is_mail_address(word.substr(7)))
      return "<a href=\"" + word + "\">" + word.substr(7) + "</a>";
    if (word.find('@') != word.npos && !word.starts_with("www.") && !word.starts_with("@") &&
        word.find(':') == word.npos && is_mail_address(word))
      return "<a href=\"mailto:" + word + "\">" + word + "</a>";
    for (const std::string& scheme : schemes)
      if (word != scheme && word.starts_with(scheme)) return link(word, word);
    return word;
  }
};

// What an address of another kind may begin with: NAME:, NAME:/ or NAME://.
bool is_scheme(const std::string& text) {
  const size_t colon = text.find(':');
  if (colon == text.npos) return false;
  const std::string name = text.substr(0, colon), after = text.substr(colon + 1);
  bool right = count_points(name) >= 2 && (after.empty() || after == "/" || after == "//");
  for_each_point(
      name, [&](uint32_t c) { right = right && (is_word(c) || c == '.' || c == '+' || c == '-'); });
  return right;
}

std::string as_html(const Value& value) {
  return value.is_markup() ? value.print() : escape_html(value.print());
}

std::string rel_attribute(const FilterInput& c) {
  std::set<std::string> parts = {"noopener"};
  if (const Value* rel = c.given(3, "rel"); rel && rel->truth()) {
    if (!rel->text()) throw TemplateError("urlize's rel is a text");
    for (const std::string& word : split_words(*rel->text())) parts.insert(word);
  }
  if (c.flag(1, "nofollow", false)) parts.insert("nofollow");
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : " ") + part;
  return " rel=\"" + escape_html(joined) + "\"";
}

}  // namespace

std::string urlize(const FilterInput& c) {
  Links links{c.given(0, "trim_url_limit"), rel_attribute(c), {}};
  if (const Value* target = c.given(2, "target"); target && target->truth())
    links.attributes += " target=\"" + as_html(*target) + "\"";
  if (const Value* schemes = c.given(4, "extra_schemes"))
    for (const Value& scheme : iterate(*schemes)) {
      if (!scheme.text() || !is_scheme(*scheme.text()))
        throw TemplateError(scheme.repr() + " is not the begin of an address");
      links.schemes.push_back(*scheme.text());
    }
  const std::string text = as_html(c.value);
  spend(text.size() / 64 * (1 + links.schemes.size()));
  std::string out;
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    const bool space = is_space(decode_utf8(text, at).value);
    for (end = at; end < text.size();) {
      const CodePoint point = decode_utf8(text, end);
      if (is_space(point.value) != space) break;
      end += point.bytes;
    }
    const std::string_view run = std::string_view(text).substr(at, end - at);
    if (space) {
      append(out, std::string(run));
      continue;
    }
    const Word word(run);
    append(out, std::string(word.head) + links.linked(std::string(word.middle)) +
                    std::string(word.tail));
  }
  return out;
}

}  // namespace loom::jinja

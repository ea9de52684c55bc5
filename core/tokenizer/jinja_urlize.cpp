// Addresses in a text become links, by the reference's rules (jinja2 3.1). Each word is looked
// through once from the left, whatever it holds.
#include <algorithm>
#include <array>
#include <set>

#include "core/tokenizer/jinja_filters.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

using UrlText = std::u32string;
using PointsView = std::u32string_view;

// As the reference's expressions compare without case: four letters beyond ASCII count as i, k, s.
char32_t folded(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  switch (c) {
    case 0x130:
    case 0x131:
      return 'i';
    case 0x17F:
      return 's';
    case 0x212A:
      return 'k';
    default:
      return c;
  }
}

UrlText points_of(std::string_view text) {
  UrlText points;
  for_each_point(std::string(text), [&](uint32_t c) { points += static_cast<char32_t>(c); });
  return points;
}

template <typename Is>
bool all_within(PointsView text, size_t least, size_t most, Is is) {
  return text.size() >= least && text.size() <= most && std::all_of(text.begin(), text.end(), is);
}

bool in_label(char32_t c) {
  return is_word(c) || c == '%' || c == '-';
}

std::vector<PointsView> split_at_points(PointsView text) {
  std::vector<PointsView> parts;
  for (size_t at = 0;;) {
    const size_t end = text.find(U'.', at);
    parts.push_back(text.substr(at, end == PointsView::npos ? end : end - at));
    if (end == PointsView::npos) return parts;
    at = end + 1;
  }
}

bool is_top_level(PointsView label) {
  if (label.starts_with(U"xn--"))
    if (all_within(label.substr(4), 2, 59, [](char32_t c) { return is_word(c) || c == '%'; }))
      return true;
  return all_within(label, 2, 63, [](char32_t c) { return c >= 'a' && c <= 'z'; });
}

// After http:// or www.
bool is_named_host(PointsView host) {
  const std::vector<PointsView> labels = split_at_points(host);
  return is_top_level(labels.back()) &&
         std::all_of(labels.begin(), labels.end() - 1,
                     [](PointsView label) { return all_within(label, 1, SIZE_MAX, in_label); });
}

// With nothing before it: only below the oldest names.
bool is_bare_host(PointsView host) {
  static const std::set<PointsView> kTop = {U"com", U"net", U"int",  U"edu",
                                            U"gov", U"org", U"info", U"mil"};
  const std::vector<PointsView> labels = split_at_points(host);
  return labels.size() > 1 && kTop.contains(labels.back()) &&
         std::all_of(labels.begin(), labels.end() - 1,
                     [](PointsView label) { return all_within(label, 2, 63, in_label); });
}

bool is_ipv4(PointsView host) {
  const std::vector<PointsView> numbers = split_at_points(host);
  return numbers.size() == 4 && std::all_of(numbers.begin(), numbers.end(), [](PointsView number) {
           return all_within(number, 1, 3, is_decimal);
         });
}

// Between the brackets: two groups that end with a colon, then one to six that may.
bool is_ipv6(PointsView text) {
  size_t at = 0;
  for (int group = 0; group < 8; ++group) {
    for (int digits = 0; digits < 4 && at < text.size(); ++digits, ++at)
      if (!is_decimal(text[at]) && !(text[at] >= 'a' && text[at] <= 'f')) break;
    const bool colon = at < text.size() && text[at] == ':';
    if (group < 2 && !colon) return false;
    at += colon ? 1 : 0;
  }
  return at == text.size();
}

// A port and a path, either of which may be missing.
bool ends_address(PointsView rest) {
  if (rest.starts_with(U":")) {
    const size_t end = std::min(rest.find_first_of(U"/?#"), rest.size());
    if (!all_within(rest.substr(1, end - 1), 1, 5, is_decimal)) return false;
    rest.remove_prefix(end);
  }
  return rest.empty() || rest.find_first_of(U"/?#") == 0;
}

bool is_address(const std::string& word) {
  UrlText points = points_of(word);
  std::transform(points.begin(), points.end(), points.begin(), folded);
  PointsView text = points;
  bool scheme = false;
  for (PointsView begin : {PointsView(U"http://"), PointsView(U"https://")})
    if (!scheme && text.starts_with(begin)) {
      scheme = true;
      text.remove_prefix(begin.size());
    }
  if (scheme && text.starts_with(U"[")) {
    const size_t end = text.find(U']');
    return end != PointsView::npos && is_ipv6(text.substr(1, end - 1)) &&
           ends_address(text.substr(end + 1));
  }
  const size_t end = std::min(text.find_first_of(U":/?#"), text.size());
  const PointsView host = text.substr(0, end);
  if (!ends_address(text.substr(end))) return false;
  if (scheme) return is_named_host(host) || is_ipv4(host);
  return (host.starts_with(U"www.") && is_named_host(host.substr(4))) || is_bare_host(host);
}

bool is_mail_address(const std::string& word) {
  const size_t at = word.rfind('@');
  if (at == std::string::npos || at == 0) return false;
  const UrlText domain = points_of(std::string_view(word).substr(at + 1));
  const size_t dot = domain.rfind(U'.');
  return dot != UrlText::npos && is_word(domain[0]) &&
         all_within(PointsView(domain).substr(dot + 1), 1, SIZE_MAX, is_word) &&
         std::all_of(domain.begin(), domain.end(),
                     [](char32_t c) { return is_word(c) || c == '.' || c == '-'; });
}

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

bool is_scheme(const std::string& text) {
  PointsView rest;
  const UrlText points = points_of(text);
  rest = points;
  const size_t colon = rest.find(U':');
  if (colon == PointsView::npos) return false;
  const PointsView after = rest.substr(colon + 1);
  return (after.empty() || after == U"/" || after == U"//") &&
         all_within(rest.substr(0, colon), 2, SIZE_MAX,
                    [](char32_t c) { return is_word(c) || c == '.' || c == '+' || c == '-'; });
}

std::string escaped_link(const Value& value) {
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
    links.attributes += " target=\"" + escaped_link(*target) + "\"";
  if (const Value* schemes = c.given(4, "extra_schemes"))
    for (const Value& scheme : iterate(*schemes)) {
      if (!scheme.text() || !is_scheme(*scheme.text()))
        throw TemplateError(scheme.repr() + " is not the begin of an address");
      links.schemes.push_back(*scheme.text());
    }
  const std::string text = escaped_link(c.value);
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

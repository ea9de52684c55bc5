#include "core/tokenizer/jinja_addresses.h"

#include <algorithm>
#include <set>
#include <vector>

#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

using Points = std::u32string;
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

Points points_of(std::string_view text) {
  Points points;
  for_each_point(std::string(text), [&](uint32_t c) { points += static_cast<char32_t>(c); });
  return points;
}

template <typename Is>
bool all_of(PointsView text, size_t least, size_t most, Is is) {
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
    if (all_of(label.substr(4), 2, 59, [](char32_t c) { return is_word(c) || c == '%'; }))
      return true;
  return all_of(label, 2, 63, [](char32_t c) { return c >= 'a' && c <= 'z'; });
}

// After http:// or www.
bool is_named_host(PointsView host) {
  const std::vector<PointsView> labels = split_at_points(host);
  return is_top_level(labels.back()) &&
         std::all_of(labels.begin(), labels.end() - 1,
                     [](PointsView label) { return all_of(label, 1, SIZE_MAX, in_label); });
}

// With nothing before it: only below the oldest names.
bool is_bare_host(PointsView host) {
  static const std::set<PointsView> kTop = {U"com", U"net", U"int",  U"edu",
                                            U"gov", U"org", U"info", U"mil"};
  const std::vector<PointsView> labels = split_at_points(host);
  return labels.size() > 1 && kTop.contains(labels.back()) &&
         std::all_of(labels.begin(), labels.end() - 1,
                     [](PointsView label) { return all_of(label, 2, 63, in_label); });
}

bool is_ipv4(PointsView host) {
  const std::vector<PointsView> numbers = split_at_points(host);
  return numbers.size() == 4 && std::all_of(numbers.begin(), numbers.end(), [](PointsView number) {
           return all_of(number, 1, 3, is_decimal);
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
    if (!all_of(rest.substr(1, end - 1), 1, 5, is_decimal)) return false;
    rest.remove_prefix(end);
  }
  return rest.empty() || rest.find_first_of(U"/?#") == 0;
}

}  // namespace

bool is_address(const std::string& word) {
  Points points = points_of(word);
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
  const Points domain = points_of(std::string_view(word).substr(at + 1));
  const size_t dot = domain.rfind(U'.');
  return dot != Points::npos && is_word(domain[0]) &&
         all_of(PointsView(domain).substr(dot + 1), 1, SIZE_MAX, is_word) &&
         std::all_of(domain.begin(), domain.end(),
                     [](char32_t c) { return is_word(c) || c == '.' || c == '-'; });
}

}  // namespace loom::jinja

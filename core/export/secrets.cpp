#include "core/export/secrets.h"

#include <array>
#include <regex>

namespace loom {
namespace {

constexpr const char* kRemoved = "[removed]";

struct Pattern {
  std::regex expression;
  const char* replacement;
};

const std::vector<Pattern>& patterns() {
  auto icase = std::regex::ECMAScript | std::regex::icase;
  static const std::vector<Pattern> list = {
      {std::regex(
           R"(\b(sk|hf|gh[pousr]|glpat|xox[abp]|AKIA|AIza|nvapi|gsk|r8)[-_][A-Za-z0-9_\-]{12,})"),
       kRemoved},
      {std::regex(R"(\b(AKIA[A-Z0-9]{16}|AIza[A-Za-z0-9_\-]{30,}))"), kRemoved},
      {std::regex(R"((bearer\s+)[A-Za-z0-9._~+/=\-]{8,})", icase), "$1[removed]"},
      {std::regex(R"((://[^/\s:@]+:)[^/\s@]+@)"), "$1[removed]@"},
      {std::regex(
           R"(((api[-_]?key|access[-_]?token|secret|password)["']?\s*[=:]\s*["']?)[^\s"'&,;]{4,})",
           icase),
       "$1[removed]"},
  };
  return list;
}

bool names_a_secret(const std::string& key) {
  static const std::regex name(R"((^|[-_])(api[-_]?key|token|secret|password|authorization)$)",
                               std::regex::icase);
  return std::regex_search(key, name);
}

// std::regex recurses by the length of a match, so long prompts are searched piece by piece.
constexpr size_t kPiece = 4096;
constexpr std::array kSigns = {
    "sk-", "sk_",  "hf_",  "hf-",   "ghp_", "gho_",  "ghu_",  "ghs_",    "ghr_",   "glpat",
    "xox", "AKIA", "AIza", "nvapi", "gsk_", "gsk-",  "r8_",   "earer",   "EARER",  "://",
    "key", "KEY",  "Key",  "oken",  "OKEN", "ecret", "ECRET", "assword", "ASSWORD"};

bool may_hold_a_secret(const std::string& text) {
  for (const char* sign : kSigns)
    if (text.find(sign) != std::string::npos) return true;
  return false;
}

std::string clean_piece(std::string piece) {
  if (!may_hold_a_secret(piece)) return piece;
  for (const Pattern& pattern : patterns())
    piece = std::regex_replace(piece, pattern.expression, pattern.replacement);
  return piece;
}

}  // namespace

std::string without_secrets(const std::string& text) {
  std::string clean;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(begin + kPiece, text.size());
    // Pieces end at white space, where no key is cut in two.
    while (end < text.size() && !std::isspace(static_cast<unsigned char>(text[end])) &&
           end - begin < 2 * kPiece)
      ++end;
    clean += clean_piece(text.substr(begin, end - begin));
    begin = end;
  }
  return clean;
}

nlohmann::json without_secrets(const nlohmann::json& document) {
  if (document.is_string()) return without_secrets(document.get<std::string>());
  if (document.is_array()) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& item : document) list.push_back(without_secrets(item));
    return list;
  }
  if (!document.is_object()) return document;
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [key, value] : document.items())
    object[key] = names_a_secret(key) && value.is_string() ? nlohmann::json(kRemoved)
                                                           : without_secrets(value);
  return object;
}

}  // namespace loom

#include "core/report/csv_text.h"

#include <charconv>
#include <string_view>

#include "core/text/utf8.h"

namespace loom {
namespace {

bool reads_as_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool begins_a_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != text.npos &&
         !reads_as_number(text);
}

}  // namespace

std::string csv_field(const std::string& text) {
  std::string field = begins_a_formula(text) ? "'" : "";
  for (char c : repair_utf8(text))
    if (c == '\0')
      field += "\uFFFD";
    else
      field += c;
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace loom

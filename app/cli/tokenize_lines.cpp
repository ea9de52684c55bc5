#include "app/cli/tokenize_lines.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "app/cli/interrupt.h"
#include "core/base/bounded_json.h"
#include "core/tokenizer/base64.h"

namespace loom::cli {
namespace {

using nlohmann::json;

std::optional<std::string> document_of(const std::string& line) {
  const json value = parse_bounded(line);
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_object()) return std::nullopt;
  auto text = value.find("text"), bytes = value.find("base64");
  if (text != value.end() && text->is_string()) return text->get<std::string>();
  if (bytes != value.end() && bytes->is_string()) return from_base64(bytes->get<std::string>());
  return std::nullopt;
}

// By hand: a JSON value for each of a million ids takes longer than the ids themselves.
std::string line_of(const std::vector<TokenId>& ids) {
  std::string line = "{\"count\":" + std::to_string(ids.size()) + ",\"ids\":[";
  char digits[16];
  for (size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) line += ',';
    line.append(digits, std::to_chars(digits, digits + sizeof digits, ids[i]).ptr);
  }
  return line += "]}\n";
}

}  // namespace

Status tokenize_lines(const Tokenizer& tokenizer, bool with_special, std::istream& in,
                      const std::string& name, std::ostream& out) {
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (interrupt_token().stop_requested())
      return Error{ErrorKind::cancelled, "was stopped", name + ":" + std::to_string(number), ""};
    const auto document = document_of(line);
    if (!document)
      return Error{ErrorKind::invalid_input,
                   "is neither a JSON string nor an object with text or base64",
                   name + ":" + std::to_string(number), "One document a line"};
    out << line_of(with_special ? tokenizer.encode_with_special(*document)
                                : tokenizer.encode(*document))
        << std::flush;
  }
  return {};
}

}  // namespace loom::cli

#include "app/cli/model_inputs.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/cli/session.h"
#include "core/base/bounded_json.h"
#include "core/base/text_file.h"
#include "core/catalog/local_models.h"
#include "core/tokenizer/tokenizer.h"

namespace loom::cli {
namespace fs = std::filesystem;
namespace {

// The longest conversations have some megabytes.
constexpr size_t kMostContext = 256u << 20;

Error too_large(size_t limit_bytes, const std::string& where) {
  return {ErrorKind::invalid_input, "is larger than " + std::to_string(limit_bytes) + " bytes",
          where, "Check what is given there"};
}

}  // namespace

Result<std::string> read_input(const std::string& file, size_t limit_bytes) {
  if (!file.empty() && file != "-") return read_file(file, limit_bytes);
  std::string bytes;
  char buffer[1 << 16];
  while (std::cin.read(buffer, sizeof buffer) || std::cin.gcount() > 0) {
    bytes.append(buffer, static_cast<size_t>(std::cin.gcount()));
    if (bytes.size() > limit_bytes) return too_large(limit_bytes, "standard input");
  }
  return bytes;
}

Result<std::string> model_path(const Invocation& invocation) {
  std::string given = invocation.text("model");
  if (given.empty())
    return Error{ErrorKind::invalid_input, "a model is needed", "--model",
                 "loomscope-cli models ls lists them; a path is as good"};
  std::error_code ignored;
  if (fs::exists(given, ignored)) return given;
  LOOM_TRY(LocalModel model, resolve_model(given, model_folders(invocation)));
  return model.path.string();
}

Result<std::vector<TokenId>> ids_from(const nlohmann::json& json, const std::string& where) {
  const nlohmann::json& list = json.is_object() && json.contains("ids") ? json["ids"] : json;
  if (!list.is_array())
    return Error{ErrorKind::invalid_input, "is not a list of token ids", where,
                 "JSON such as [1, 2, 3], or what tokenize printed"};
  std::vector<TokenId> ids;
  for (const auto& item : list) {
    if (!item.is_number_integer() || item.get<int64_t>() < 0 || item.get<int64_t>() > INT32_MAX)
      return Error{ErrorKind::invalid_input, "holds something that is not a token id", where,
                   "Token ids are whole numbers from 0 on"};
    ids.push_back(item.get<TokenId>());
  }
  if (ids.empty())
    return Error{ErrorKind::invalid_input, "holds no token ids", where, "At least one is needed"};
  return ids;
}

Result<std::vector<TokenId>> prompt_ids(const Invocation& invocation, const std::string& model) {
  if (invocation.has("ids") && invocation.has("prompt_file"))
    return Error{ErrorKind::invalid_input, "only one can be the prompt", "--ids or --prompt_file",
                 "Leave one of the two out"};
  if (invocation.has("ids")) {
    LOOM_TRY(auto json, read_json(invocation.text("ids")));
    return ids_from(json, invocation.text("ids"));
  }
  if (!invocation.has("prompt_file"))
    return Error{ErrorKind::invalid_input, "a prompt is needed", "--ids or --prompt_file",
                 "--prompt_file - reads standard input"};
  LOOM_TRY(std::string text, read_input(invocation.text("prompt_file")));
  LOOM_TRY(auto tokenizer, load_tokenizer(model));
  return tokenizer->encode_with_special(text);
}

Result<TemplateValues> template_values(const Invocation& invocation) {
  if (!invocation.has("context")) return TemplateValues::object();
  const std::string file = invocation.text("context");
  const std::string where = file == "-" ? "standard input" : file;
  LOOM_TRY(std::string text, read_input(file, kMostContext));
  if (nests_too_deep(text))
    return Error{ErrorKind::invalid_input,
                 "lists and objects nest deeper than " + std::to_string(kDeepestJson) + " levels",
                 where, "Such a conversation is none that this program reads"};
  auto values = TemplateValues::parse(text, nullptr, false);
  if (!values.is_object())
    return Error{ErrorKind::invalid_input, "is not a JSON object", where,
                 "For example {\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}"};
  return values;
}

Status check_time(const std::string& now) {
  std::tm time{};
  if (now.empty() || strptime(now.c_str(), "%Y-%m-%dT%H:%M:%S", &time)) return {};
  return Error{ErrorKind::invalid_input, "is not ISO 8601", "--now", "As 2025-07-10T12:00:00"};
}

Status check_output(const std::string& file) {
  std::error_code error;
  if (fs::is_directory(file, error))
    return Error{ErrorKind::invalid_input, "is a folder, a file was expected", file,
                 "Name a file in it"};
  const fs::path folder = fs::path(file).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  const std::string probe = file + ".part";  // what the file is written as at first
  errno = 0;
  const bool written = std::ofstream(probe, std::ios::binary | std::ios::app).is_open();
  const std::string reason = std::strerror(errno);
  if (!written)
    return Error{ErrorKind::io, "cannot be written: " + reason, file,
                 "Check free space and permissions"};
  fs::remove(probe, error);
  return {};
}

}  // namespace loom::cli

#include "core/base/text_file.h"
#include "core/model_files/adapter_folder.h"
#include "core/model_files/gguf_file.h"
#include "core/tokenizer/chat_template.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

std::string spelling(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_object() ? value.value("content", "") : "";
}

Result<std::optional<ModelChatFormat>> made(const std::string& source, const std::string& bos,
                                            const std::string& eos) {
  // A text without a place to fill is the name of a template that another program has built in.
  if (source.find("{{") == std::string::npos && source.find("{%") == std::string::npos)
    return std::optional<ModelChatFormat>();
  LOOM_TRY(ChatTemplate chat, ChatTemplate::parse(source));
  return std::optional(ModelChatFormat{std::move(chat), bos, eos});
}

Result<std::optional<ModelChatFormat>> from_gguf(const fs::path& path) {
  LOOM_TRY(GgufFile file, GgufFile::open(path));
  const auto* tokens = file.find_texts("tokenizer.ggml.tokens");
  auto token = [&](const char* key) -> std::string {
    auto id = file.find_integer(key);
    return id && tokens && *id >= 0 && static_cast<size_t>(*id) < tokens->size()
               ? (*tokens)[static_cast<size_t>(*id)]
               : "";
  };
  return made(file.find_text("tokenizer.chat_template").value_or(""),
              token("tokenizer.ggml.bos_token_id"), token("tokenizer.ggml.eos_token_id"));
}

// A list of named templates: the one named "default".
std::string template_of(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array())
    for (const auto& entry : value)
      if (entry.is_object() && entry.value("name", "") == "default")
        return entry.value("template", "");
  return "";
}

}  // namespace

Result<std::optional<ModelChatFormat>> load_chat_format(const fs::path& model) {
  LOOM_TRY(const fs::path model_path, text_folder(model));
  std::error_code ignored;
  if (!fs::is_directory(model_path, ignored)) return from_gguf(model_path);
  nlohmann::json config = nlohmann::json::object();
  if (fs::exists(model_path / "tokenizer_config.json", ignored)) {
    LOOM_TRY(config, read_json(model_path / "tokenizer_config.json"));
  }
  if (!config.is_object())
    return Error{ErrorKind::corrupt, "is not an object",
                 (model_path / "tokenizer_config.json").string(), ""};
  std::string source;
  if (fs::exists(model_path / "chat_template.jinja", ignored)) {
    LOOM_TRY(source, read_file(model_path / "chat_template.jinja", 1 << 20));
  } else {
    source = template_of(config.value("chat_template", nlohmann::json()));
  }
  return made(source, spelling(config.value("bos_token", nlohmann::json())),
              spelling(config.value("eos_token", nlohmann::json())));
}

Result<std::string> render_user_turn(const ModelChatFormat& format, const std::string& user,
                                     const std::string& system) {
  TemplateValues messages = TemplateValues::array();
  if (!system.empty()) messages.push_back({{"role", "system"}, {"content", system}});
  messages.push_back({{"role", "user"}, {"content", user}});
  // Templates that ask whether there are tools are given none, as the reference gives them.
  TemplateValues values = {{"messages", messages},
                           {"tools", nullptr},
                           {"documents", nullptr},
                           {"add_generation_prompt", true},
                           {"bos_token", format.bos_token},
                           {"eos_token", format.eos_token}};
  return format.chat.render(values);
}

}  // namespace loom

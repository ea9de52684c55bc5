#include <map>
#include <set>

#include "core/base/text_file.h"
#include "core/model_files/adapter_folder.h"
#include "core/model_files/gguf_file.h"
#include "core/tokenizer/chat_template.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
using NamedTemplates = std::map<std::string, std::string>;

constexpr size_t kLargestTemplate = 1 << 20;
constexpr const char* kTokenNames[] = {"bos_token", "eos_token", "unk_token", "sep_token",
                                       "pad_token", "cls_token", "mask_token"};

std::string spelling(const json& value) {
  const json text = value.is_object() ? value.value("content", json()) : value;
  return text.is_string() ? text.get<std::string>() : "";
}

Result<json> read_config_file(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return json::object();
  LOOM_TRY(json config, read_json(file));
  if (!config.is_object()) return Error{ErrorKind::corrupt, "is not an object", file.string(), ""};
  return config;
}

// Older folders keep them in a file of their own, which then counts more.
Result<TemplateValues> tokens_of_folder(const fs::path& folder) {
  LOOM_TRY(json config, read_config_file(folder / "tokenizer_config.json"));
  if (!config.contains("added_tokens_decoder")) {
    LOOM_TRY(const json older, read_config_file(folder / "special_tokens_map.json"));
    config.update(older);
  }
  TemplateValues tokens = TemplateValues::object();
  for (const char* name : kTokenNames)
    if (std::string text = spelling(config.value(name, json())); !text.empty()) tokens[name] = text;
  return tokens;
}

TemplateValues tokens_of_gguf(const GgufFile& file) {
  constexpr const char* kKeys[] = {"bos_token_id",       "eos_token_id",     "unknown_token_id",
                                   "seperator_token_id", "padding_token_id", "cls_token_id",
                                   "mask_token_id"};
  const auto* spellings = file.find_texts("tokenizer.ggml.tokens");
  TemplateValues tokens = TemplateValues::object();
  for (size_t i = 0; spellings && i < std::size(kKeys); ++i) {
    auto id = file.find_integer(std::string("tokenizer.ggml.") + kKeys[i]);
    if (id && *id >= 0 && static_cast<size_t>(*id) < spellings->size())
      tokens[kTokenNames[i]] = (*spellings)[static_cast<size_t>(*id)];
  }
  return tokens;
}

Result<TemplateValues> special_tokens_of(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return tokens_of_folder(path);
  LOOM_TRY(const GgufFile file, GgufFile::open(path));
  return tokens_of_gguf(file);
}

// One text, a list of named ones, or an object of them.
NamedTemplates templates_of(const json& value) {
  NamedTemplates named;
  auto add = [&named](const json& name, const json& source) {
    if (name.is_string() && source.is_string())
      named[name.get<std::string>()] = source.get<std::string>();
  };
  if (value.is_string()) add("default", value);
  if (value.is_object())
    for (const auto& [name, source] : value.items()) add(name, source);
  if (value.is_array())
    for (const auto& entry : value)
      if (entry.is_object()) add(entry.value("name", json()), entry.value("template", json()));
  return named;
}

// Files of their own take the place of what the configuration holds.
Result<NamedTemplates> templates_of_folder(const fs::path& folder) {
  NamedTemplates named;
  std::error_code ignored;
  const fs::path single = folder / "chat_template.jinja",
                 more = folder / "additional_chat_templates";
  if (fs::exists(single, ignored)) {
    LOOM_TRY(named["default"], read_file(single, kLargestTemplate));
  }
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(more, ignored))
    if (entry.path().extension() == ".jinja") files.insert(entry.path());
  for (const fs::path& file : files) {
    LOOM_TRY(named[file.stem().string()], read_file(file, kLargestTemplate));
  }
  if (!named.empty()) return named;
  LOOM_TRY(const json config, read_config_file(folder / "tokenizer_config.json"));
  return templates_of(config.value("chat_template", json()));
}

NamedTemplates templates_of_gguf(const GgufFile& file) {
  NamedTemplates named;
  for (const auto& [name, key] : {std::pair{"default", "tokenizer.chat_template"},
                                  {"tool_use", "tokenizer.chat_template.tool_use"}})
    if (auto source = file.find_text(key)) named[name] = *source;
  return named;
}

// A text without a place to fill is the name of a template that another program has built in.
bool fills_something(const std::string& source) {
  return source.find("{{") != std::string::npos || source.find("{%") != std::string::npos;
}

ModelChatFormat with_tokens(ChatTemplate chat, TemplateValues tokens) {
  const std::string bos = tokens.value("bos_token", ""), eos = tokens.value("eos_token", "");
  return {std::move(chat), bos, eos, std::move(tokens)};
}

Error no_default(const NamedTemplates& named, const fs::path& path) {
  std::string names;
  for (const auto& [name, source] : named) names += (names.empty() ? "" : ", ") + name;
  return {ErrorKind::unsupported,
          "has chat templates (" + names + "), none of which is the default", path.string(),
          "Save the one that is meant to a file and choose it as the model's template"};
}

}  // namespace

Result<std::optional<ModelChatFormat>> load_chat_format(const fs::path& model) {
  LOOM_TRY(const fs::path path, text_folder(model));
  NamedTemplates named;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    LOOM_TRY(named, templates_of_folder(path));
  } else {
    LOOM_TRY(const GgufFile file, GgufFile::open(path));
    named = templates_of_gguf(file);
  }
  std::erase_if(named, [](const auto& entry) { return !fills_something(entry.second); });
  if (named.empty()) return std::optional<ModelChatFormat>();
  if (!named.contains("default")) return no_default(named, path);
  LOOM_TRY(ChatTemplate chat, ChatTemplate::parse(named["default"]));
  LOOM_TRY(TemplateValues tokens, special_tokens_of(path));
  ModelChatFormat format = with_tokens(std::move(chat), std::move(tokens));
  if (named.contains("tool_use")) {
    LOOM_TRY(format.tool_use, ChatTemplate::parse(named["tool_use"]));
  }
  return std::optional(std::move(format));
}

Result<ModelChatFormat> chat_format_with(ChatTemplate chosen, const fs::path& model) {
  LOOM_TRY(const fs::path path, text_folder(model));
  LOOM_TRY(TemplateValues tokens, special_tokens_of(path));
  return with_tokens(std::move(chosen), std::move(tokens));
}

Result<std::string> render_chat(const ModelChatFormat& format, TemplateValues values,
                                const std::string& now) {
  auto give = [&values](const std::string& name, TemplateValues value) {
    if (!values.contains(name)) values[name] = std::move(value);
  };
  for (const auto& [name, text] : format.special_tokens.items()) give(name, text);
  give("bos_token", format.bos_token);
  give("eos_token", format.eos_token);
  // Templates that ask whether there are tools are given none, as the reference gives them.
  give("tools", nullptr);
  give("documents", nullptr);
  give("add_generation_prompt", false);
  const bool tools = format.tool_use && !values["tools"].is_null();
  return (tools ? *format.tool_use : format.chat).render(values, now);
}

Result<std::string> render_user_turn(const ModelChatFormat& format, const std::string& user,
                                     const std::string& system) {
  TemplateValues messages = TemplateValues::array();
  if (!system.empty()) messages.push_back({{"role", "system"}, {"content", system}});
  messages.push_back({{"role", "user"}, {"content", user}});
  return render_chat(format, {{"messages", messages}, {"add_generation_prompt", true}});
}

}  // namespace loom

#include "core/tokenizer/tokenizer_config.h"

#include <algorithm>
#include <charconv>

#include "core/base/text_file.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

json read_object(const fs::path& file) {
  auto config = read_json(file);
  return config && config->is_object() ? *config : json::object();
}

std::string token_spelling(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  json content = value.is_object() ? value.value("content", json()) : json();
  return content.is_string() ? content.get<std::string>() : "";
}

bool config_flag(const json& object, const char* key) {
  if (!object.is_object()) return false;
  json value = object.value(key, json());
  return value.is_boolean() && value.get<bool>();
}

std::optional<TokenId> added_id(const TokenizerParts& parts, const std::string& text) {
  for (const AddedToken& token : parts.added.all())
    if (token.text == text) return token.id;
  return std::nullopt;
}

}  // namespace

json tokenizer_config(const fs::path& folder) {
  return read_object(folder / "tokenizer_config.json");
}

void read_special_tokens(const fs::path& folder, TokenizerParts& parts) {
  auto id_of = [&](const std::string& text) { return added_id(parts, text); };
  auto add_end = [&](std::optional<TokenId> id) {
    if (id && std::find(parts.special.end.begin(), parts.special.end.end(), *id) ==
                  parts.special.end.end())
      parts.special.end.push_back(*id);
  };
  json config = tokenizer_config(folder);
  if (auto bos = id_of(token_spelling(config.value("bos_token", json())))) parts.special.bos = bos;
  add_end(id_of(token_spelling(config.value("eos_token", json()))));
  if (auto unknown = id_of(token_spelling(config.value("unk_token", json()))))
    parts.special.unknown = unknown;
  json end = read_object(folder / "generation_config.json").value("eos_token_id", json());
  for (const auto& id : end.is_array() ? end : json::array({end}))
    if (id.is_number_integer()) add_end(id.get<TokenId>());
  parts.special.adds_bos =
      parts.special.bos && !parts.before.empty() && parts.before.front() == *parts.special.bos;
}

void read_surrounding_tokens(const fs::path& folder, TokenizerParts& parts) {
  json config = tokenizer_config(folder);
  json named = config.value("tokenizer_class", json());
  std::string kind = named.is_string() ? named.get<std::string>() : "";
  if (kind.ends_with("Fast")) kind.resize(kind.size() - 4);
  if (kind == "ChatGLM4Tokenizer") {
    auto mask = added_id(parts, "[gMASK]"), start = added_id(parts, "<sop>");
    if (mask && start) parts.before = {*mask, *start};
    return;
  }
  // The class's documented default; transformers 5 itself forgets it where the file does not say.
  bool llama = kind == "LlamaTokenizer" || kind == "CodeLlamaTokenizer",
       gemma = kind == "GemmaTokenizer";
  auto spelled = [&](const char* key, const char* of_llama, const char* of_gemma) {
    std::string text = token_spelling(config.value(key, json()));
    return !text.empty() ? text : llama ? of_llama : gemma ? of_gemma : "";
  };
  auto wanted = [&](const char* key, bool fallback) {
    json value = config.value(key, json());
    return value.is_boolean() ? value.get<bool>() : fallback;
  };
  if (auto bos = added_id(parts, spelled("bos_token", "<s>", "<bos>"))) {
    parts.special.bos = bos;
    parts.special.adds_bos = wanted("add_bos_token", llama || gemma);
    if (parts.special.adds_bos) parts.before = {*bos};
  }
  if (auto eos = added_id(parts, spelled("eos_token", "</s>", "<eos>"));
      eos && wanted("add_eos_token", false))
    parts.after = {*eos};
}

AddedToken token_of_config(const json& entry) {
  AddedToken token;
  token.text = token_spelling(entry);
  token.special = config_flag(entry, "special");
  token.strip_left = config_flag(entry, "lstrip");
  token.strip_right = config_flag(entry, "rstrip");
  token.single_word = config_flag(entry, "single_word");
  token.normalised = entry.is_object() && entry.contains("normalized")
                         ? config_flag(entry, "normalized")
                         : !token.special;
  return token;
}

std::vector<AddedToken> added_tokens_of_config(const json& config) {
  std::vector<AddedToken> added;
  const json listed = config.value("added_tokens_decoder", json::object());
  for (const auto& [number, entry] : listed.items()) {
    AddedToken token = token_of_config(entry);
    auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), token.id);
    if (problem != std::errc() || end != number.data() + number.size() || token.id < 0 ||
        token.text.empty())
      continue;
    added.push_back(std::move(token));
  }
  return added;
}

}  // namespace loom

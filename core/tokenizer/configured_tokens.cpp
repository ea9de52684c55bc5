#include "core/tokenizer/configured_tokens.h"

#include <algorithm>
#include <unordered_map>

#include "core/tokenizer/tokenizer_config.h"

namespace loom {
namespace {

using nlohmann::json;

// In the order in which the reference goes through them.
std::vector<AddedToken> named_tokens(const json& config) {
  std::vector<AddedToken> named;
  auto take = [&](const json& value) {
    AddedToken token = token_of_config(value);
    if (value.is_string()) token.special = true, token.normalised = false;
    if (!token.text.empty()) named.push_back(std::move(token));
  };
  for (const char* key :
       {"bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"})
    take(config.value(key, json()));
  for (const char* key : {"additional_special_tokens", "extra_special_tokens"}) {
    const json several = config.value(key, json());
    if (several.is_structured())
      for (const json& value : several) take(value);
  }
  return named;
}

}  // namespace

bool add_configured_tokens(const std::filesystem::path& folder,
                           const std::vector<std::string>& spellings,
                           std::vector<AddedToken>& added) {
  std::unordered_map<std::string, size_t> places;  // of texts among the added tokens
  auto next = static_cast<TokenId>(spellings.size());
  for (size_t i = 0; i < added.size(); ++i) {
    places.emplace(added[i].text, i);
    next = std::max(next, added[i].id + 1);
  }
  std::unordered_map<std::string_view, TokenId> vocabulary;  // filled when it is asked for
  auto append = [&](AddedToken token) {
    if (vocabulary.empty())
      for (size_t i = 0; i < spellings.size(); ++i)
        vocabulary.emplace(spellings[i], static_cast<TokenId>(i));
    const auto found = vocabulary.find(token.text);
    token.id = found == vocabulary.end() ? next++ : found->second;
    places.emplace(token.text, added.size());
    added.push_back(std::move(token));
  };

  bool changed = false;
  const json config = tokenizer_config(folder);
  std::vector<AddedToken> listed = added_tokens_of_config(config);
  std::sort(listed.begin(), listed.end(),
            [](const AddedToken& a, const AddedToken& b) { return a.id < b.id; });
  for (AddedToken& token : listed) {
    const auto known = places.find(token.text);
    if (known == places.end()) {
      append(std::move(token));
      changed = true;
      continue;
    }
    AddedToken& before = added[known->second];
    token.id = before.id;
    if (token == before) continue;
    token.special = token.special || before.special;  // it stays one of them
    before = std::move(token);
    changed = true;
  }
  for (AddedToken& token : named_tokens(config))
    if (!places.contains(token.text)) append(std::move(token)), changed = true;
  return changed;
}

}  // namespace loom

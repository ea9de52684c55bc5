#include <algorithm>
#include <map>

#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/tokenizer/bpe_tokenizer.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/vocabulary_readers.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

Error not_read(const std::string& what, const std::string& field) {
  return {ErrorKind::unsupported, what + " is not read", "tokenizer.json: " + field, ""};
}

std::string type_of(const json& object) { return object.is_object() ? object.value("type", "") : ""; }

Status read_normaliser(const json& object, BpeParts& parts) {
  if (object.is_null()) return {};
  std::string type = type_of(object);
  if (type == "Sequence") {
    for (const auto& step : object.value("normalizers", json::array())) LOOM_CHECK(read_normaliser(step, parts));
    return {};
  }
  static const std::map<std::string, NormalForm> forms = {
      {"NFC", NormalForm::nfc}, {"NFD", NormalForm::nfd}, {"NFKC", NormalForm::nfkc}, {"NFKD", NormalForm::nfkd}};
  if (auto form = forms.find(type); form != forms.end() && !parts.normal_form && !parts.lower_case) {
    parts.normal_form = form->second;
    return {};
  }
  if (type == "Lowercase") {
    parts.lower_case = true;
    return {};
  }
  return not_read("the normaliser " + type, "normalizer");
}

Result<SplitBehaviour> behaviour_of(const json& object) {
  static const std::map<std::string, SplitBehaviour> names = {
      {"Isolated", SplitBehaviour::isolated},
      {"Removed", SplitBehaviour::removed},
      {"MergedWithPrevious", SplitBehaviour::merged_with_previous},
      {"MergedWithNext", SplitBehaviour::merged_with_next},
      {"Contiguous", SplitBehaviour::contiguous}};
  auto found = names.find(object.value("behavior", ""));
  if (found == names.end()) return not_read("the behaviour " + object.value("behavior", ""), "pre_tokenizer");
  return found->second;
}

std::string escaped(const std::string& text) {
  std::string pattern;
  for (char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}-").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern;
}

Status read_splitters(const json& object, BpeParts& parts, std::vector<std::unique_ptr<Splitter>>& steps) {
  std::string type = type_of(object);
  if (type == "Sequence") {
    for (const auto& step : object.value("pretokenizers", json::array())) LOOM_CHECK(read_splitters(step, parts, steps));
    return {};
  }
  if (type == "ByteLevel") {
    parts.add_prefix_space = object.value("add_prefix_space", true);
    if (object.value("use_regex", true)) steps.push_back(gpt2_splitter());
    return {};
  }
  if (type == "Digits") {
    steps.push_back(digits_splitter(object.value("individual_digits", false)));
    return {};
  }
  if (type == "Split") {
    LOOM_TRY(SplitBehaviour behaviour, behaviour_of(object));
    json pattern = object.value("pattern", json::object());
    std::string expression = pattern.contains("Regex") ? pattern["Regex"].get<std::string>()
                                                       : escaped(pattern.value("String", ""));
    if (expression.empty()) return not_read("an empty pattern", "pre_tokenizer");
    LOOM_TRY(auto step, splitter_for_pattern(expression, behaviour, object.value("invert", false)));
    steps.push_back(std::move(step));
    return {};
  }
  return not_read("the pre-tokeniser " + type, "pre_tokenizer");
}

Status read_post_processor(const json& object, BpeParts& parts) {
  std::string type = type_of(object);
  if (object.is_null() || type == "ByteLevel") return {};
  if (type == "Sequence") {
    for (const auto& step : object.value("processors", json::array())) LOOM_CHECK(read_post_processor(step, parts));
    return {};
  }
  if (type != "TemplateProcessing") return not_read("the post-processor " + type, "post_processor");
  bool before = true;
  for (const auto& item : object.value("single", json::array())) {
    if (item.contains("Sequence")) {
      before = false;
      continue;
    }
    std::string id = item.value("SpecialToken", json::object()).value("id", "");
    for (const auto& token : object["special_tokens"][id]["ids"])
      (before ? parts.before : parts.after).push_back(token.get<TokenId>());
  }
  return {};
}

Result<std::vector<BpeModel::Merge>> read_merges(const json& merges, const std::map<std::string, TokenId>& index) {
  std::vector<BpeModel::Merge> read;
  for (const auto& merge : merges) {
    std::string left, right;
    if (merge.is_string()) {
      std::string line = merge.get<std::string>();
      size_t space = line.find(' ', 1);
      if (space == std::string::npos) return Error{ErrorKind::corrupt, "a merge is not a pair", "tokenizer.json: merges", ""};
      left = line.substr(0, space), right = line.substr(space + 1);
    } else if (merge.is_array() && merge.size() == 2) {
      left = merge[0].get<std::string>(), right = merge[1].get<std::string>();
    } else {
      return Error{ErrorKind::corrupt, "a merge is not a pair", "tokenizer.json: merges", ""};
    }
    auto a = index.find(left), b = index.find(right), result = index.find(left + right);
    if (a == index.end() || b == index.end() || result == index.end())
      return Error{ErrorKind::corrupt, "the merge of \"" + left + "\" and \"" + right + "\" is not in the vocabulary",
                   "tokenizer.json: merges", ""};
    read.push_back({a->second, b->second, result->second});
  }
  return read;
}

Status read_model(const json& root, BpeParts& parts) {
  const json& model = root.at("model");
  std::string type = model.value("type", "BPE");
  if (type != "BPE") return not_read("the model " + type, "model");
  if (model.value("byte_fallback", false)) return not_read("byte fallback", "model");
  if (model.contains("dropout") && !model["dropout"].is_null()) return not_read("dropout", "model");
  std::map<std::string, TokenId> index;
  size_t size = 0;
  const size_t most = model.at("vocab").size() + root.value("added_tokens", json::array()).size();
  auto place = [&](const std::string& text, int64_t id) -> Status {
    // Ids may have gaps, but a vocabulary is no list of a few distant numbers.
    if (id < 0 || static_cast<size_t>(id) > 4 * most + 65536)
      return Error{ErrorKind::corrupt, "the id of \"" + text + "\" is out of range", "tokenizer.json: vocab", ""};
    index[text] = static_cast<TokenId>(id);
    size = std::max(size, static_cast<size_t>(id) + 1);
    return {};
  };
  for (const auto& [text, id] : model.at("vocab").items()) LOOM_CHECK(place(text, id.get<int64_t>()));
  LOOM_TRY(auto merges, read_merges(model.at("merges"), index));
  std::vector<AddedToken> added;
  for (const auto& entry : root.value("added_tokens", json::array())) {
    AddedToken token;
    token.text = entry.at("content").get<std::string>();
    LOOM_CHECK(place(token.text, entry.at("id").get<int64_t>()));
    token.id = entry.at("id").get<TokenId>();
    token.special = entry.value("special", false);
    token.strip_left = entry.value("lstrip", false);
    token.strip_right = entry.value("rstrip", false);
    token.single_word = entry.value("single_word", false);
    // Without a normaliser the text is the same, and one pass finds all.
    token.normalised = entry.value("normalized", false) && (parts.normal_form || parts.lower_case);
    added.push_back(std::move(token));
  }
  std::vector<std::string> bytes(size);
  parts.spellings.resize(size);
  for (const auto& [text, id] : index) {
    parts.spellings[static_cast<size_t>(id)] = text;
    bytes[static_cast<size_t>(id)] = from_byte_level(text).value_or(text);
  }
  parts.model = std::make_unique<BpeModel>(std::move(bytes), merges, model.value("ignore_merges", false));
  parts.added = AddedTokens(std::move(added));
  return {};
}

std::string token_spelling(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_object() ? value.value("content", "") : "";
}

void read_special(const fs::path& folder, BpeParts& parts) {
  auto id_of = [&](const std::string& text) -> std::optional<TokenId> {
    if (text.empty()) return std::nullopt;
    for (const AddedToken& token : parts.added.all())
      if (token.text == text) return token.id;
    return std::nullopt;
  };
  auto add_end = [&](std::optional<TokenId> id) {
    if (id && std::find(parts.special.end.begin(), parts.special.end.end(), *id) == parts.special.end.end())
      parts.special.end.push_back(*id);
  };
  if (auto config = read_json(folder / "tokenizer_config.json"); config && config->is_object()) {
    parts.special.bos = id_of(token_spelling(config->value("bos_token", json())));
    add_end(id_of(token_spelling(config->value("eos_token", json()))));
  }
  if (auto config = read_json(folder / "generation_config.json"); config && config->is_object()) {
    json end = config->value("eos_token_id", json());
    for (const auto& id : end.is_array() ? end : json::array({end}))
      if (id.is_number_integer()) add_end(id.get<TokenId>());
  }
  parts.special.adds_bos = parts.special.bos && !parts.before.empty() && parts.before.front() == *parts.special.bos;
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> tokenizer_from_json(const fs::path& file) {
  LOOM_TRY(std::string text, read_file(file));
  json root = json::parse(text, nullptr, false);
  if (!root.is_object()) return Error{ErrorKind::corrupt, "is not a JSON object", file.string(), ""};
  try {
    BpeParts parts;
    parts.name = "byte-level BPE (tokenizer.json)";
    parts.fingerprint = sha256(text);
    LOOM_CHECK(read_normaliser(root.value("normalizer", json()), parts));
    std::vector<std::unique_ptr<Splitter>> steps;
    LOOM_CHECK(read_splitters(root.value("pre_tokenizer", json()), parts, steps));
    parts.splitter = splitter_sequence(std::move(steps));
    LOOM_CHECK(read_model(root, parts));
    LOOM_CHECK(read_post_processor(root.value("post_processor", json()), parts));
    read_special(file.parent_path(), parts);
    return std::shared_ptr<const Tokenizer>(std::make_shared<BpeTokenizer>(std::move(parts)));
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), file.string(), ""};
  }
}

}  // namespace loom

#include "core/tokenizer/gguf_pipeline.h"

#include <algorithm>
#include <initializer_list>

namespace loom {
namespace {

using nlohmann::json;

// The letters of DeepSeek-LLM's words: those with two cases, in its own selection.
constexpr const char* kCasedLetters =
    "A-Za-z"
    "\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u01ba\u01bc-\u01bf\u01c4-\u0293\u0295-\u02af"
    "\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u038a\u038c\u038e-\u03a1"
    "\u03a3-\u03f5\u03f7-\u0481\u048a-\u052f\u0531-\u0556\u10a0-\u10c5\u13a0-\u13f5"
    "\u13f8-\u13fd\u1c90-\u1cba\u1cbd-\u1cbf\u1d00-\u1d2b\u1d6b-\u1d77\u1d79-\u1d9a"
    "\u1e00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59\u1f5b\u1f5d"
    "\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fbc\u1fbe\u1fc2-\u1fc4\u1fc6-\u1fcc\u1fd0-\u1fd3"
    "\u1fd6-\u1fdb\u1fe0-\u1fec\u1ff2-\u1ff4\u1ff6-\u1ffc\u2102\u2107\u210a-\u2113\u2115"
    "\u2119-\u211d\u2124\u2126\u2128\u212a-\u212d\u212f-\u2134\u2139\u213c-\u213f\u2145-\u2149"
    "\u214e\u2183\u2184\u2c00-\u2c7b\u2c7e-\u2ce4\u2ceb-\u2cee\u2cf2\u2cf3\ua640-\ua66d"
    "\ua680-\ua69b\ua722-\ua76f\ua771-\ua787\ua78b-\ua78e\uab70-\uabbf\ufb00-\ufb06"
    "\ufb13-\ufb17\uff21-\uff3a\uff41-\uff5a\U00010400-\U0001044f\U000104b0-\U000104d3"
    "\U000104d8-\U000104fb\U00010c80-\U00010cb2\U00010cc0-\U00010cf2\U000118a0-\U000118df"
    "\U0001e900-\U0001e943";
constexpr const char* kIdeographs = "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+";
constexpr const char* kContraction = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";

json split(const std::string& pattern) {
  return {{"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}};
}
json digits(bool individual) {
  return {{"type", "Digits"}, {"individual_digits", individual}};
}
json bytes(bool words) {
  return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", words}};
}
json sequence(std::initializer_list<json> steps) {
  return {{"type", "Sequence"}, {"pretokenizers", std::vector<json>(steps)}};
}
json words(const std::string& pattern) {
  return sequence({split(pattern), bytes(false)});
}

json gpt2() {
  return bytes(true);
}
json single_digits() {
  return sequence({digits(true), bytes(true)});
}
json llama3() {
  return words(kLlama3Pattern);
}
json qwen2() {
  return words(kQwen2Pattern);
}
// Marks belong to words.
json qwen35() {
  return words(
      std::string(kContraction) +
      R"(|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)");
}
json seed_coder() {
  return words(
      std::string(kContraction) +
      R"(|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+)");
}
// Words begin anew at a capital; `ending` may follow a word.
json cased_words(const std::string& ending, const std::string& numbers) {
  const std::string first = R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])",
                    rest = R"([\p{Ll}\p{Lm}\p{Lo}\p{M}])";
  return words(first + "*" + rest + "+" + ending + "|" + first + "+" + rest + "*" + ending + "|" +
               numbers + R"(| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)");
}
json tekken() {
  return cased_words("", R"(\p{N})");
}
json gpt4o() {
  return cased_words(kContraction + std::string("?"), R"(\p{N}{1,3})");
}
// Line ends, words, punctuation, ideographs and syllables, digits: each isolated in turn.
json deepseek_coder() {
  return sequence({split("[\r\n]"), split(R"(\s?\p{L}+)"), split(R"(\s?\p{P}+)"),
                   split(kIdeographs), digits(true), bytes(false)});
}
json deepseek_llm() {
  return sequence({split("[\r\n]"), split(std::string(R"(\s?[)") + kCasedLetters + "]+"),
                   split("\\s?[!-/:-~\uff01-\uff0f\uff1a-\uff5e\u2018-\u201f\u3000-\u3002]+"),
                   split(R"(\s+$)"), split(kIdeographs), digits(true), bytes(false)});
}
json deepseek_v3() {
  return sequence(
      {split(R"(\p{N}{1,3})"), split("[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+"),
       split(
           R"([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"),
       bytes(false)});
}
// The last two steps see GPT-2's characters for bytes.
json falcon() {
  return sequence({{{"type", "Punctuation"}, {"behavior", "Contiguous"}},
                   bytes(true),
                   digits(false),
                   split("[0-9][0-9][0-9]")});
}

struct Named {
  std::vector<std::string_view> names;
  json (*splitters)();
  bool composes = false;  // to NFC, first
  bool ignore_merges = false, adds_bos = false;
};

// As the models' own tokenizer.json files have it, which other readers of GGUF files approach.
const Named* find(const std::string& pre) {
  static const Named table[] = {
      {{"gpt-2", "gpt2", "default", "phi-2", "jina-es", "jina-de", "jina-v1-en", "jina-v2-es",
        "jina-v2-de", "jina-v2-code", "roberta-bpe", "gigachat", "a.x-4.0", "mellum", "trillion"},
       gpt2},
      {{"olmo", "mpt", "modern-bert"}, gpt2, true},
      {{"smollm", "starcoder", "refact", "codeshell", "exaone", "minerva-7b"}, single_digits},
      {{"command-r"}, single_digits, true},
      {{"llama-bpe", "llama3", "llama-v3", "falcon3", "midm-2.0", "lfm2"},
       llama3,
       false,
       true,
       true},
      {{"glm4", "chatglm-bpe", "smaug-bpe", "dbrx"}, llama3},
      {{"qwen2", "deepseek-r1-qwen"}, qwen2, true},
      {{"stablelm2", "megrez"}, qwen2},
      {{"qwen35"}, qwen35, true},
      {{"deepseek-llm"}, deepseek_llm},
      {{"deepseek-coder"}, deepseek_coder},
      {{"deepseek-v3", "hunyuan-dense", "joyai-llm"}, deepseek_v3},
      {{"tekken"}, tekken, false, true, true},
      {{"gpt-4o", "llama4", "kanana2"}, gpt4o},
      {{"seed-coder"}, seed_coder},
      {{"falcon"}, falcon},
  };
  for (const Named& row : table)
    if (std::find(row.names.begin(), row.names.end(), pre) != row.names.end()) return &row;
  return nullptr;
}

}  // namespace

Result<GgufPipeline> gguf_pipeline(const std::string& pre, const std::string& where) {
  const Named* named = find(pre);
  if (!named)
    return Error{ErrorKind::unsupported, "the splitter \"" + pre + "\" is not known",
                 where + ": tokenizer.ggml.pre", "Use the model's folder with tokenizer.json"};
  GgufPipeline pipeline;
  if (named->composes) {
    LOOM_TRY(pipeline.normaliser, read_normaliser(json{{"type", "NFC"}}));
  }
  LOOM_CHECK(read_splitters(named->splitters(), pipeline.splitters));
  pipeline.ignore_merges = named->ignore_merges;
  pipeline.adds_bos = named->adds_bos;
  return pipeline;
}

}  // namespace loom

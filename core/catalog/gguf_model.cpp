#include <algorithm>

#include "core/catalog/model_inspection.h"
#include "core/catalog/weight_count.h"
#include "core/model_files/gguf_file.h"

namespace loom {
namespace {

size_t as_size(std::optional<int64_t> value) {
  return value && *value > 0 ? static_cast<size_t>(*value) : 0;
}

// A number, or the largest of one number per layer.
size_t largest(const GgufFile& file, const std::string& key) {
  if (auto one = file.find_integer(key)) return as_size(one);
  const std::vector<int64_t> each = file.integers(key);
  return each.empty() ? 0 : as_size(*std::max_element(each.begin(), each.end()));
}

void read_shape(const GgufFile& file, LocalModel& model) {
  auto key = [&model](const char* field) { return model.architecture + "." + field; };
  model.window_tokens = as_size(file.find_integer(key("context_length")));
  model.layers = as_size(file.find_integer(key("block_count")));
  model.hidden = as_size(file.find_integer(key("embedding_length")));
  const size_t heads = largest(file, key("attention.head_count"));
  model.kv_heads = largest(file, key("attention.head_count_kv"));
  if (model.kv_heads == 0) model.kv_heads = heads;
  model.head_dim = as_size(file.find_integer(key("attention.key_length")));
  if (model.head_dim == 0 && heads > 0) model.head_dim = model.hidden / heads;
  if (const size_t rank = as_size(file.find_integer(key("attention.kv_lora_rank"))))
    model.latent_width = rank + as_size(file.find_integer(key("rope.dimension_count")));
  model.heads = heads;
  for (const char* field : {"feed_forward_length", "expert_feed_forward_length"})
    model.feed_forward = std::max(model.feed_forward, largest(file, key(field)));
  const auto* tokens = file.find_texts("tokenizer.ggml.tokens");
  model.vocabulary = tokens ? tokens->size() : as_size(file.find_integer(key("vocab_size")));
}

}  // namespace

Result<LocalModel> inspect_gguf(const std::filesystem::path& path) {
  LOOM_TRY(const GgufFile file, GgufFile::open(path));
  LocalModel model;
  model.path = path;
  model.name = path.stem().string();
  LOOM_TRY(model.architecture, file.text("general.architecture"));
  std::error_code ignored;
  model.file_bytes = std::filesystem::file_size(path, ignored);
  read_shape(file, model);
  StorageRules rules;
  rules.encoder = !traits_of(model.architecture).answers;
  rules.layers = model.layers;
  WeightCount weights(std::move(rules));
  for (const TensorInfo& tensor : file.tensors()) weights.add(tensor);
  weights.store(model);
  // A text without braces is the name of a template that another program has built in.
  model.has_chat_template =
      file.find_text("tokenizer.chat_template").value_or("").find('{') != std::string::npos;
  if (model.has_chat_template) model.chat_template = "tokenizer.chat_template";
  if (file.find_texts("tokenizer.ggml.tokens")) model.tokenizer = "tokenizer.ggml";
  if (file.tensors().empty())
    model.problem = "The file holds a vocabulary only, no weights";
  else if (file.find_integer("split.count").value_or(1) > 1)
    model.problem = "The file is one part of several; join them with llama-gguf-split --merge";
  judge_support(model);
  return model;
}

}  // namespace loom

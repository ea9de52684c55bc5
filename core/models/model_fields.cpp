#include "core/models/model_fields.h"

#include "core/base/text_file.h"
#include "core/model_files/text_part.h"

namespace loom {
namespace {

using nlohmann::json;

// Fields of config.json that describe training, files or other programs.
const std::set<std::string>& without_effect() {
  static const std::set<std::string> names = {
      "architectures", "attention_dropout", "attn_implementation", "auto_map", "bad_words_ids", "begin_suppress_tokens", "bos_token_id",
      "cache_implementation", "chunk_size_feed_forward", "classifier_dropout", "cls_token_id", "decoder_start_token_id",
      "dtype", "embd_pdrop", "eos_token_id", "finetuning_task", "forced_bos_token_id", "forced_eos_token_id",
      "gradient_checkpointing", "hidden_dropout", "id2label", "initializer_range", "is_decoder", "is_llama_config",
      "keys_to_ignore_at_inference", "label2id", "max_length", "max_new_tokens", "min_length", "model_type",
      "output_attentions", "output_hidden_states", "output_past", "output_router_logits", "pad_token_id", "prefix", "pretraining_tp",
      "problem_type", "resid_pdrop", "return_dict", "router_aux_loss_coef", "sep_token_id", "suppress_tokens",
      "task_specific_params", "tie_encoder_decoder", "tokenizer_class", "torch_dtype", "torchscript", "transformers.js_config",
      "transformers_version", "unsloth_fixed", "unsloth_version", "unk_token_id", "use_bfloat16", "use_cache",
      "use_return_dict", "max_sequence_length", "model_max_length",
      // How answers are chosen: older programs wrote their defaults for it; a plan says it here.
      "diversity_penalty", "do_sample", "early_stopping", "encoder_no_repeat_ngram_size", "epsilon_cutoff", "eta_cutoff",
      "exponential_decay_length_penalty", "length_penalty", "no_repeat_ngram_size", "num_beam_groups", "num_beams",
      "num_return_sequences", "output_scores", "remove_invalid_values", "repetition_penalty", "return_dict_in_generate",
      "temperature", "tf_legacy_loss", "top_k", "top_p", "typical_p"};
  return names;
}

json number_or_text(const GgufValue& value) {
  return std::visit([](const auto& held) -> json { return held; }, value);
}

}  // namespace

ModelFields::ModelFields(json object, std::string where, bool gguf)
    : object_(std::move(object)), where_(std::move(where)), gguf_(gguf) {
  if (!object_.is_object()) {
    object_ = json::object();
    fail(ErrorKind::corrupt, "is not an object");
  }
}

Result<ModelFields> ModelFields::from_folder(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "config.json";
  LOOM_TRY(json root, read_json(file));
  if (!root.is_object()) return Error{ErrorKind::corrupt, "is not an object", file.string(), ""};
  return ModelFields(text_part(root), file.string());
}

Result<ModelFields> ModelFields::from_gguf(const GgufFile& file) {
  LOOM_TRY(const std::string architecture, file.text("general.architecture"));
  std::string prefix = architecture + ".";
  json fields = json::object();
  for (const auto& [key, value] : file.metadata())
    if (key.starts_with(prefix)) fields[key.substr(prefix.size())] = number_or_text(value);
  const TensorInfo* embedding = file.tensor("token_embd.weight");
  if (!embedding || embedding->shape.size() != 2)
    return Error{ErrorKind::corrupt, "the tensor token_embd.weight is missing", file.path().string(),
                 "A vocabulary without weights cannot be run"};
  // What config.json says in fields, this container says by the tensors it holds.
  fields["vocab_size"] = embedding->shape[0];
  fields["tie_word_embeddings"] = file.tensor("output.weight") == nullptr;
  auto holds = [&file](const char* tensor) { return file.tensor(tensor) != nullptr; };
  fields["attention_bias"] = holds("blk.0.attn_q.bias") || holds("blk.0.attn_qkv.bias");
  fields["output_bias"] = holds("blk.0.attn_output.bias");
  fields["mlp_bias"] = holds("blk.0.ffn_up.bias");
  fields["joined_qkv"] = holds("blk.0.attn_qkv.weight");
  if (const TensorInfo* kinds = file.tensor("token_types.weight"); kinds && !kinds->shape.empty())
    fields["type_vocab_size"] = kinds->shape[0];
  ModelFields result(std::move(fields), file.path().string(), true);
  for (const char* name : {"vocab_size", "tie_word_embeddings", "attention_bias", "output_bias", "mlp_bias", "joined_qkv",
                           "type_vocab_size", "tensor_data_layout", "rope.scaling.finetuned"})
    result.known_.insert(name);
  return result;
}

const json* ModelFields::find(FieldName name) const {
  const char* key = gguf_ ? name.gguf : name.json;
  auto found = object_.find(key);
  return *key == '\0' || found == object_.end() || found->is_null() ? nullptr : &*found;
}

bool ModelFields::has(FieldName name) const { return find(name) != nullptr; }

const json* ModelFields::read(FieldName name, bool required) {
  known_.insert(gguf_ ? name.gguf : name.json);
  const json* value = find(name);
  if (!value && required) fail(ErrorKind::corrupt, std::string("the field ") + (gguf_ ? name.gguf : name.json) + " is missing");
  return value;
}

template <typename T>
T ModelFields::typed(FieldName name, const std::optional<T>& fallback, bool (json::*matches)() const noexcept,
                     const char* kind) {
  const json* value = read(name, !fallback);
  if (!value) return fallback.value_or(T{});
  if ((value->*matches)()) return value->get<T>();
  fail(ErrorKind::corrupt, std::string("the field ") + (gguf_ ? name.gguf : name.json) + " is not " + kind);
  return T{};
}

int64_t ModelFields::integer(FieldName name, std::optional<int64_t> fallback) {
  constexpr int64_t kMost = INT32_MAX;  // products of two such sizes do not overflow
  const int64_t given = typed<int64_t>(name, fallback, &json::is_number_integer, "a whole number");
  if (given >= -kMost && given <= kMost) return given;
  fail(ErrorKind::corrupt, std::string("the field ") + (gguf_ ? name.gguf : name.json) + " is " + std::to_string(given) +
                               ", which no model has");
  return 0;
}

double ModelFields::number(FieldName name, std::optional<double> fallback) {
  return typed<double>(name, fallback, &json::is_number, "a number");
}

bool ModelFields::boolean(FieldName name, bool fallback) {
  return typed<bool>(name, fallback, &json::is_boolean, "true or false");
}

std::string ModelFields::text(FieldName name, const std::string& fallback) {
  return typed<std::string>(name, fallback, &json::is_string, "a text");
}

std::vector<double> ModelFields::numbers(FieldName name) {
  json list = value(name);
  std::vector<double> values;
  for (const json& item : list) {
    if (!item.is_number()) {
      fail(ErrorKind::corrupt, std::string("the field ") + name.json + " is not a list of numbers");
      return {};
    }
    values.push_back(item.get<double>());
  }
  return values;
}

json ModelFields::value(FieldName name) {
  const json* found = read(name, false);
  return found ? *found : json();
}

void ModelFields::only(FieldName name, const json& understood) {
  const json* found = read(name, false);
  if (found && *found != understood)
    fail(ErrorKind::unsupported, std::string("the field ") + (gguf_ ? name.gguf : name.json) + " is " + found->dump() +
                                     "; only " + understood.dump() + " is known");
}

void ModelFields::ignore(FieldName name) { read(name, false); }

void ModelFields::fail(ErrorKind kind, const std::string& message) {
  if (!error_) error_ = Error{kind, message, where_, ""};
}

void ModelFields::take_errors(const ModelFields& part) {
  Status status = part.finish();
  if (!status && !error_) error_ = status.error();
}

Status ModelFields::finish() const {
  if (error_) return *error_;
  for (const auto& [key, value] : object_.items()) {
    if (known_.contains(key) || value.is_null() || key.starts_with("_")) continue;
    if (!gguf_ && without_effect().contains(key)) continue;
    return Error{ErrorKind::unsupported, "the field " + key + " is not known and might change the model's answers", where_,
                 "The model differs from what this program knows"};
  }
  return {};
}

}  // namespace loom

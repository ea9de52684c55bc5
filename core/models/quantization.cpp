#include "core/models/quantization.h"

#include "core/engine/packed_weights.h"

namespace loom {
namespace {

using nlohmann::json;

// Left unpacked by name: such tensors are simply stored as numbers.
void ignore_names(ModelFields& fields) {
  for (const char* name : {"modules_to_not_convert",
                           "modules_in_block_to_quantize",
                           "model_name_or_path",
                           "model_file_base_name",
                           "quantizer",
                           "meta",
                           "dataset",
                           "tokenizer",
                           "batch_size",
                           "damp_percent",
                           "true_sequential",
                           "static_groups",
                           "lm_head",
                           "exllama_config",
                           "use_exllama",
                           "max_input_length",
                           "model_seqlen",
                           "backend",
                           "do_fuse",
                           "fuse_max_seq_len",
                           "is_marlin_format",
                           "cache_block_outputs",
                           "use_cuda_fp16",
                           "disable_exllama",
                           "pad_token_id",
                           "module_name_preceding_first_block",
                           "block_name_to_quantize",
                           "hessian_regularization_type",
                           "pack_dtype",
                           "ignored_layers"})
    fields.ignore({name});
}

Status unpack_awq(ModelFields& fields, Weights& weights) {
  PackedFormat format;
  format.kind = PackedFormat::Kind::awq;
  fields.only({"bits"}, 4);
  fields.only({"zero_point"}, true);
  fields.only({"version"}, "gemm");
  format.group = fields.integer({"group_size"}, 128);
  LOOM_CHECK(fields.finish());
  return unpack_integers(weights, format);
}

Status unpack_gptq(ModelFields& fields, Weights& weights) {
  PackedFormat format;
  format.kind = PackedFormat::Kind::gptq;
  format.bits = static_cast<int>(fields.integer({"bits"}));
  if (format.bits != 2 && format.bits != 3 && format.bits != 4 && format.bits != 8)
    fields.fail(ErrorKind::unsupported,
                "GPTQ with " + std::to_string(format.bits) + " bits is not known");
  format.group = fields.integer({"group_size"}, 128);
  fields.boolean({"desc_act"}, false);  // g_idx says what it means
  fields.boolean({"sym"}, true);        // qzeros say what it means
  fields.only({"method"}, "gptq");
  // The first format stores zero points less one. Newer programs write its name twice.
  const std::string stored = fields.text({"checkpoint_format"}, fields.text({"format"}, "gptq"));
  fields.only({"format"}, stored);
  if (stored != "gptq" && stored != "gptq_v2")
    fields.fail(ErrorKind::unsupported, "the checkpoint format " + stored + " is not known");
  format.zero_shift = stored == "gptq" ? 1 : 0;
  LOOM_CHECK(fields.finish());
  return unpack_integers(weights, format);
}

Status unpack_fp8(ModelFields& fields, Weights& weights) {
  fields.only({"fmt"}, "e4m3");
  fields.only({"activation_scheme"}, "dynamic");
  fields.ignore({"scale_fmt"});
  std::vector<double> block = fields.numbers({"weight_block_size"});
  const bool usable = block.size() == 2 && block[0] >= 1 && block[1] >= 1 && block[0] <= 1 << 16 &&
                      block[1] <= 1 << 16;
  if (!usable)
    fields.fail(ErrorKind::unsupported, "fp8 weights without weight_block_size are not known");
  LOOM_CHECK(fields.finish());
  return unpack_fp8_blocks(weights, static_cast<int64_t>(block[0]), static_cast<int64_t>(block[1]));
}

// What a group of compressed-tensors says of its weights.
void read_compressed_group(ModelFields& fields, const json& group, CompressedFormat& format) {
  ModelFields parts(group, fields.where() + ": config_groups");
  parts.ignore({"targets"});  // which tensors are packed is seen by their names
  parts.ignore({"format"});
  for (const char* name : {"input_activations", "output_activations"}) {
    if (!parts.value({name}).is_null())
      parts.fail(ErrorKind::unsupported,
                 std::string("the field ") + name +
                     " rounds what layers compute, which is not done; only weights are unpacked");
  }
  ModelFields weights(parts.value({"weights"}), parts.where() + ": weights");
  const int64_t bits = weights.integer({"num_bits"}, 8);
  format.symmetric = weights.boolean({"symmetric"}, true);
  const std::string type = weights.text({"type"}, "int"),
                    strategy = weights.text({"strategy"}, "tensor");
  format.fp8 = type == "float";
  const int64_t group_size = weights.integer({"group_size"}, 0);
  const std::vector<double> block = weights.numbers({"block_structure"});
  if (strategy == "group" && group_size > 0 && group_size <= 1 << 24) {
    format.columns = group_size;
  } else if (strategy == "tensor") {
    format.rows = 0;
  } else if (strategy == "block" && block.size() == 2 && block[0] >= 1 && block[1] >= 1 &&
             block[0] <= 1 << 16 && block[1] <= 1 << 16) {
    format.rows = static_cast<int64_t>(block[0]);
    format.columns = static_cast<int64_t>(block[1]);
  } else if (strategy != "channel") {
    weights.fail(ErrorKind::unsupported, "the strategy " + strategy + " is not known");
  }
  const bool narrow = format.packed && type == "int" && bits >= 1 && bits <= 8;
  const bool wide = !format.packed && bits == 8 && (type == "int" || type == "float");
  if (!narrow && !wide)
    weights.fail(ErrorKind::unsupported, "weights of " + std::to_string(bits) +
                                             " bits of the type " + type +
                                             " are not known in this format");
  format.bits = narrow || wide ? static_cast<int>(bits) : 8;
  weights.only({"dynamic"}, false);
  for (const char* name : {"actorder", "observer", "observer_kwargs", "scale_dtype", "zp_dtype"})
    weights.ignore({name});
  parts.take_errors(weights);
  fields.take_errors(parts);
}

Status unpack_compressed_tensors(ModelFields& fields, Weights& weights) {
  CompressedFormat format;
  const std::string stored = fields.text({"format"}, "");
  format.packed = stored == "pack-quantized";
  if (!format.packed && stored != "int-quantized" && stored != "float-quantized" &&
      stored != "naive-quantized")
    fields.fail(ErrorKind::unsupported, "the format " + stored + " is not known");
  const json groups = fields.value({"config_groups"});
  if (groups.is_object() && groups.size() == 1) {
    read_compressed_group(fields, groups.begin().value(), format);
  } else {
    fields.fail(ErrorKind::unsupported, "the field config_groups does not hold one group");
  }
  const json sparsity = fields.value({"sparsity_config"});
  if (!sparsity.is_null() &&
      !(sparsity.is_object() && (sparsity.empty() || sparsity.value("format", "") == "dense")))
    fields.fail(ErrorKind::unsupported,
                "the field sparsity_config is " + sparsity.dump() + ", which is not known");
  const json transform = fields.value({"transform_config"});
  if (!transform.is_null() && !(transform.is_object() && transform.empty()))
    fields.fail(ErrorKind::unsupported,
                "the field transform_config is " + transform.dump() + ", which is not known");
  fields.only({"kv_cache_scheme"}, nullptr);
  fields.only({"quantization_status"}, "compressed");
  for (const char* name : {"ignore", "global_compression_ratio", "version", "run_compressed"})
    fields.ignore({name});
  LOOM_CHECK(fields.finish());
  return unpack_compressed(weights, format);
}

}  // namespace

Status unpack_weights(const json& settings, const std::string& where, Weights& weights) {
  if (settings.is_null()) return {};
  ModelFields fields(settings, where + ": quantization_config");
  ignore_names(fields);
  const std::string method = fields.text({"quant_method"}, "");
  if (method == "awq") return unpack_awq(fields, weights);
  if (method == "gptq") return unpack_gptq(fields, weights);
  if (method == "fp8") return unpack_fp8(fields, weights);
  if (method == "compressed-tensors") return unpack_compressed_tensors(fields, weights);
  return Error{ErrorKind::unsupported, "weights packed by \"" + method + "\" are not known",
               where + ": quantization_config",
               "AWQ, GPTQ, compressed-tensors and block fp8 are; else use the unpacked model or a "
               "GGUF file"};
}

}  // namespace loom

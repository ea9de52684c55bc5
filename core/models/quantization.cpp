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
  if (format.bits != 2 && format.bits != 4 && format.bits != 8)
    fields.fail(ErrorKind::unsupported,
                "GPTQ with " + std::to_string(format.bits) + " bits is not known");
  format.group = fields.integer({"group_size"}, 128);
  fields.boolean({"desc_act"}, false);  // g_idx says what it means
  fields.boolean({"sym"}, true);        // qzeros say what it means
  // The first format stores zero points less one.
  const std::string stored = fields.text({"checkpoint_format"}, "gptq");
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

}  // namespace

Status unpack_weights(const json& settings, const std::string& where, Weights& weights) {
  if (settings.is_null()) return {};
  ModelFields fields(settings, where + ": quantization_config");
  ignore_names(fields);
  const std::string method = fields.text({"quant_method"}, "");
  if (method == "awq") return unpack_awq(fields, weights);
  if (method == "gptq") return unpack_gptq(fields, weights);
  if (method == "fp8") return unpack_fp8(fields, weights);
  return Error{ErrorKind::unsupported, "weights packed by \"" + method + "\" are not known",
               where + ": quantization_config",
               "AWQ, GPTQ and block fp8 are; else use the unpacked model or a GGUF file"};
}

}  // namespace loom

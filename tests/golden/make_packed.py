"""Tiny models whose weights are packed or changed by an adapter, with what the references make of them.

usage: make_packed.py OUT_FOLDER AWQ_SOURCE GPTQ_SOURCE [NAME ...]
  AWQ_SOURCE   the unpacked source of autoawq 0.2.9 (its packing_utils.py unpacks the weights)
  GPTQ_SOURCE  a folder that holds auto_gptq 0.7.1 (its qlinear_cuda.py unpacks the weights)
  (transformers, peft, torch, safetensors, compressed-tensors)
Integers, zero points and scales are random, packed here, and unpacked by the reference; transformers
then computes logits and answers with the unpacked weights, as make_architectures.py does. ChatGLM's
files are a GLM model's weights under ChatGLM's names.
"""
import importlib.util, json, sys
from pathlib import Path
import numpy as np, torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM

torch.set_num_threads(1)
BASE = dict(vocab_size=160, hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
            max_position_embeddings=2048, eos_token_id=1, bos_token_id=2, pad_token_id=0, tie_word_embeddings=False)

def module(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made

def new_model(model_type="llama", **changes):
    torch.manual_seed(23)
    config = AutoConfig.for_model(model_type, **{**BASE, **changes})
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32, attn_implementation="eager").eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.15 + (1.0 if "norm" in name and not name.endswith("bias") else 0.0))
        for name, buffer in model.named_buffers():
            if name.endswith("e_score_correction_bias"):
                buffer.copy_(torch.randn_like(buffer) * 0.15)
    return model

def expect(model, folder):
    """Logits, best tokens and greedy answers of `model`, in the form of make_architectures.py."""
    model.generation_config.eos_token_id = None
    torch.manual_seed(5)
    ids = torch.randint(3, 160, (1, 700))
    prompts, rows, answers = [], [], []
    with torch.no_grad():
        for length, positions in ((100, [0, 1, 50, 99]), (700, [0, 255, 256, 511, 512, 699])):
            logits = model(ids[:, :length], use_cache=False).logits[0].float()
            prompts.append({"length": length, "positions": positions, "argmax": logits.argmax(-1).tolist()})
            rows.append(logits[positions].numpy())
        for length in (40, 250, 600):
            out = model.generate(ids[:, :length], attention_mask=torch.ones(1, length), max_new_tokens=16, do_sample=False)
            answers.append({"length": length, "answer": out[0, length:].tolist()})
    np.concatenate(rows).astype("<f4").tofile(folder / "logits.f32")
    json.dump({"ids": ids[0].tolist(), "prompts": prompts, "answers": answers}, open(folder / "expected.json", "w"), separators=(",", ":"))
    print(folder.name)

def fields_in_words(values, bits, order):
    """[rows, n * fields] integers as int32 words [rows, n]; field i of a word holds column order[i]."""
    if 32 % bits != 0:  # a stream of bits, from the lowest
        stream = ((values.long().unsqueeze(-1) >> torch.arange(bits)) & 1).reshape(values.shape[0], -1, 32)
        return (stream << torch.arange(32)).sum(-1).numpy().astype(np.uint32).view(np.int32)
    count = 32 // bits
    words = torch.zeros(values.shape[0], values.shape[1] // count, dtype=torch.int64)
    for i in range(count):
        words |= values[:, order[i]::count].long() << (i * bits)
    return torch.from_numpy(words.numpy().astype(np.uint32).astype(np.int64)).to(torch.int64).numpy().astype(np.uint32).view(np.int32)

def random_parts(linear, bits, group):
    ins, outs = linear.in_features, linear.out_features
    integers = torch.randint(0, 2 ** bits, (ins, outs))
    zeros = torch.randint(1, 2 ** bits, (ins // group, outs))
    scales = ((torch.rand(ins // group, outs) + 0.5) * 0.5 / 2 ** bits).half()
    return integers, zeros, scales

def packable(model):
    return [(name, part) for name, part in model.named_modules() if isinstance(part, torch.nn.Linear) and "lm_head" not in name]

def save_packed(model, folder, packed, settings):
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    config = json.load(open(folder / "config.json"))
    config["quantization_config"] = settings
    json.dump(config, open(folder / "config.json", "w"), indent=1)
    gone = {name.rsplit(".", 1)[0] + ".weight" for name in packed if name.endswith(("qweight", "weight_packed", "weight_scale_inv"))}
    tensors = {name: value.contiguous() for name, value in model.state_dict().items() if name not in gone or name in packed}
    save_file({**tensors, **packed}, folder / "model.safetensors", metadata={"format": "pt"})
    expect(model, folder)

def llama_awq(out, awq_source, _):
    reference = module("packing_utils", Path(awq_source) / "awq/utils/packing_utils.py")
    model, packed, group = new_model(), {}, 32
    for name, linear in packable(model):
        integers, zeros, scales = random_parts(linear, 4, group)
        order = [0, 2, 4, 6, 1, 3, 5, 7]
        words, zero_words = (torch.from_numpy(fields_in_words(v, 4, order)) for v in (integers, zeros))
        packed.update({f"{name}.qweight": words, f"{name}.qzeros": zero_words, f"{name}.scales": scales})
        weight = reference.dequantize_gemm(words, zero_words, scales, 4, group)
        linear.weight.data = weight.t().float()
    save_packed(model, out / "llama_awq", packed, {"quant_method": "awq", "bits": 4, "group_size": group, "zero_point": True,
                                                   "version": "gemm", "modules_to_not_convert": None})

def gptq(out, source, name, bits, group, act_order, settings):
    reference = module("qlinear", Path(source) / "auto_gptq/nn_modules/qlinear/qlinear_cuda.py")
    model, packed = new_model(num_attention_heads=4, attention_bias=True), {}
    for part, linear in packable(model):
        ins, outs = linear.in_features, linear.out_features
        integers, zeros, scales = random_parts(linear, bits, group)
        groups = torch.arange(ins) // group
        if act_order:
            groups = groups[torch.randperm(ins)]
        order = list(range(32 // bits))
        words = torch.from_numpy(fields_in_words(integers.t().contiguous(), bits, order)).t().contiguous()
        zero_words = torch.from_numpy(fields_in_words(zeros - 1, bits, order))
        own = {"qweight": words, "qzeros": zero_words, "scales": scales, "g_idx": groups.to(torch.int32)}
        packed.update({f"{part}.{key}": value for key, value in own.items()})
        layer = reference.QuantLinear(bits, group, ins, outs, False, weight_dtype=torch.float16)
        layer.load_state_dict(own, strict=False)
        weight = layer(torch.eye(ins, dtype=torch.float16))
        linear.weight.data = weight.t().float().contiguous()
    save_packed(model, out / name, packed, {"quant_method": "gptq", "bits": bits, "group_size": group, "desc_act": act_order,
                                            "sym": False, **settings})

def llama_gptq(out, _, source):
    gptq(out, source, "llama_gptq", 4, 32, False, {"damp_percent": 0.01, "true_sequential": True})

def llama_gptq_8(out, _, source):
    gptq(out, source, "llama_gptq_8", 8, 16, False, {"checkpoint_format": "gptq"})

def llama_gptq_order(out, _, source):
    gptq(out, source, "llama_gptq_order", 4, 16, True, {"checkpoint_format": "gptq"})

def llama_gptq_3(out, _, source):
    gptq(out, source, "llama_gptq_3", 3, 32, False, {"checkpoint_format": "gptq"})

def compressed(out, name, form, **weights):
    """Packed and unpacked by compressed-tensors 0.20.1."""
    from compressed_tensors.compressors import BaseCompressor
    from compressed_tensors.quantization import QuantizationArgs, QuantizationScheme
    scheme = QuantizationScheme(targets=["Linear"], weights=QuantizationArgs(**weights))
    compressor = BaseCompressor.get_value_from_registry(form)
    model, packed = new_model(), {}
    for part, linear in packable(model):
        outs, ins = linear.weight.shape
        rows, columns = {"group": (1, weights.get("group_size")), "channel": (1, ins), "tensor": (outs, ins),
                         "block": weights.get("block_structure", (1, 1))}[weights["strategy"]]
        blocks = linear.weight.data.reshape(outs // rows, rows, ins // columns, columns)
        most = 448 if weights["type"] == "float" else 2 ** (weights["num_bits"] - 1) - 1
        state = {"weight": linear.weight.data, "weight_scale": (blocks.abs().amax((1, 3)) / most).to(torch.bfloat16)}
        if weights["strategy"] == "tensor":
            state["weight_scale"] = state["weight_scale"].reshape(1)
        if not weights["symmetric"]:
            state["weight_zero_point"] = torch.randint(-3, 4, state["weight_scale"].shape, dtype=torch.int8)
        own = compressor.compress(state, scheme)
        linear.weight.data = compressor.decompress(own, scheme)["weight"].float().contiguous()
        packed.update({f"{part}.{key}": value.contiguous() for key, value in own.items()})
    save_packed(model, out / name, packed, {
        "quant_method": "compressed-tensors", "format": form, "quantization_status": "compressed", "version": "0.20.1",
        "ignore": ["lm_head"], "kv_cache_scheme": None, "global_compression_ratio": None, "sparsity_config": {}, "transform_config": {},
        "config_groups": {"group_0": {"targets": ["Linear"], "input_activations": None, "output_activations": None, "format": form,
                                      "weights": json.loads(scheme.weights.model_dump_json())}}})

def llama_compressed_4(out, *_):
    compressed(out, "llama_compressed_4", "pack-quantized", num_bits=4, type="int", strategy="group", group_size=32, symmetric=False)

def llama_compressed_8(out, *_):
    compressed(out, "llama_compressed_8", "pack-quantized", num_bits=8, type="int", strategy="channel", symmetric=True)

def llama_compressed_3(out, *_):
    compressed(out, "llama_compressed_3", "pack-quantized", num_bits=3, type="int", strategy="group", group_size=32, symmetric=True)

def llama_compressed_int8(out, *_):
    compressed(out, "llama_compressed_int8", "int-quantized", num_bits=8, type="int", strategy="tensor", symmetric=True)

def llama_compressed_fp8(out, *_):
    compressed(out, "llama_compressed_fp8", "float-quantized", num_bits=8, type="float", strategy="channel", symmetric=True)

def llama_compressed_blocks(out, *_):
    compressed(out, "llama_compressed_blocks", "float-quantized", num_bits=8, type="float", strategy="block", block_structure=[32, 16], symmetric=True)

def deepseek_v3_fp8(out, *_):
    """Unpacked by transformers itself when it loads the folder."""
    from transformers import FineGrainedFP8Config
    latent = dict(num_key_value_heads=4, kv_lora_rank=24, qk_nope_head_dim=12, qk_rope_head_dim=8, v_head_dim=14, n_routed_experts=4,
                  moe_intermediate_size=40, num_hidden_layers=2, q_lora_rank=24, num_experts_per_tok=2, first_k_dense_replace=1,
                  n_shared_experts=1, n_group=2, topk_group=1, routed_scaling_factor=2.5)
    model, packed, block = new_model("deepseek_v3", **latent), {}, 32
    folder = out / "deepseek_v3_fp8"
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tensors = load_file(folder / "model.safetensors")
    for name, weight in tensors.items():
        if weight.ndim != 2 or not any(part in name for part in ("_proj", "experts")) or "gate.weight" in name:
            continue
        rows, columns = weight.shape
        high = torch.nn.functional.pad(weight, (0, -columns % block, 0, -rows % block))
        blocks = high.reshape(high.shape[0] // block, block, -1, block)
        scale = blocks.abs().amax((1, 3)) / 448.0
        codes = (blocks / scale[:, None, :, None]).reshape(high.shape)[:rows, :columns].to(torch.float8_e4m3fn)
        packed[name] = codes.contiguous()
        packed[name + "_scale_inv"] = scale.float()
        wide = scale.repeat_interleave(block, 0).repeat_interleave(block, 1)[:rows, :columns]
        tensors[name] = (codes.float() * wide).to(torch.bfloat16).float()  # DeepSeek's fp8_cast_bf16
    save_file({k: v.contiguous() for k, v in tensors.items()}, folder / "model.safetensors", metadata={"format": "pt"})
    unpacked = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    config = json.load(open(folder / "config.json"))
    config["quantization_config"] = {"quant_method": "fp8", "fmt": "e4m3", "activation_scheme": "dynamic", "weight_block_size": [block, block]}
    json.dump(config, open(folder / "config.json", "w"), indent=1)
    save_file({**{k: v.contiguous() for k, v in tensors.items() if k not in packed}, **packed}, folder / "model.safetensors", metadata={"format": "pt"})
    expect(unpacked, folder)

def lora(out, name, **settings):
    from peft import LoraConfig, get_peft_model
    base = out / "lora_base"
    model = new_model()
    base.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(base)
    (base / "generation_config.json").unlink(missing_ok=True)
    changed = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **settings))
    torch.manual_seed(31)
    with torch.no_grad():
        for part, parameter in changed.named_parameters():
            if "lora_magnitude" in part:
                parameter.mul_(1 + torch.randn_like(parameter) * 0.3)
            elif "lora_" in part or "modules_to_save" in part:
                parameter.copy_(torch.randn_like(parameter) * 0.1)
    folder = out / name
    changed.save_pretrained(folder)
    (folder / "README.md").unlink(missing_ok=True)
    config = json.load(open(folder / "adapter_config.json"))
    config["base_model_name_or_path"] = "org/lora_base"
    json.dump(config, open(folder / "adapter_config.json", "w"), indent=1)
    expect(changed.merge_and_unload(), folder)

def lora_plain(out, *_):
    lora(out, "lora_plain", r=4, lora_alpha=6, target_modules=["q_proj", "v_proj", "down_proj"])

def lora_patterns(out, *_):
    lora(out, "lora_patterns", r=4, lora_alpha=8, use_rslora=True, target_modules="all-linear", modules_to_save=["lm_head"],
         rank_pattern={"layers.1.self_attn.q_proj": 2, r"^model.layers.\d+.mlp.up_proj": 6}, alpha_pattern={"k_proj": 3})

def lora_dora(out, *_):
    lora(out, "lora_dora", r=4, lora_alpha=6, use_dora=True, target_modules=["q_proj", "o_proj", "up_proj"])

def lora_embedding(out, *_):
    lora(out, "lora_embedding", r=4, lora_alpha=6, target_modules=["embed_tokens", "k_proj"])

def chatglm(out, *_):
    folder = out / "chatglm"
    folder.mkdir(parents=True, exist_ok=True)
    model = new_model("glm", head_dim=16, attention_bias=True, num_attention_heads=4, num_key_value_heads=2,
                      rope_parameters={"rope_type": "default", "rope_theta": 500 * 10000.0, "partial_rotary_factor": 0.5})
    names = {"model.embed_tokens": "transformer.embedding.word_embeddings", "model.norm": "transformer.encoder.final_layernorm",
             "lm_head": "transformer.output_layer", "model.layers.": "transformer.encoder.layers.", "self_attn.o_proj": "self_attention.dense",
             "mlp.gate_up_proj": "mlp.dense_h_to_4h", "mlp.down_proj": "mlp.dense_4h_to_h"}
    tensors, state = {}, model.state_dict()
    for name, value in state.items():
        if "k_proj" in name or "v_proj" in name:
            continue
        if "q_proj" in name:
            value = torch.cat([state[name.replace("q_proj", part)] for part in ("q_proj", "k_proj", "v_proj")])
            name = name.replace("self_attn.q_proj", "self_attention.query_key_value")
        for ours, theirs in names.items():
            name = name.replace(ours, theirs)
        tensors[name] = value.contiguous()
    tensors["transformer.rotary_pos_emb.inv_freq"] = torch.ones(4)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    json.dump({"model_type": "chatglm", "architectures": ["ChatGLMModel"], "num_layers": 2, "hidden_size": 64,
               "num_attention_heads": 4, "kv_channels": 16, "ffn_hidden_size": 96, "padded_vocab_size": 160, "vocab_size": 160,
               "seq_length": 2048, "multi_query_attention": True, "multi_query_group_num": 2, "layernorm_epsilon": model.config.rms_norm_eps,
               "add_bias_linear": False, "add_qkv_bias": True, "rmsnorm": True, "post_layer_norm": True, "original_rope": True,
               "rope_ratio": 500, "apply_query_key_layer_scaling": True, "apply_residual_connection_post_layernorm": False,
               "tie_word_embeddings": False, "eos_token_id": [1]}, open(folder / "config.json", "w"), indent=1)
    expect(model, folder)

MODELS = [llama_awq, llama_gptq, llama_gptq_8, llama_gptq_order, llama_gptq_3, llama_compressed_4, llama_compressed_8, llama_compressed_3,
          llama_compressed_int8, llama_compressed_fp8, llama_compressed_blocks, deepseek_v3_fp8, lora_plain, lora_patterns, lora_dora, lora_embedding, chatglm]

out, awq_source, gptq_source = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
for make in MODELS:
    if not sys.argv[4:] or make.__name__ in sys.argv[4:]:
        make(out, awq_source, gptq_source)

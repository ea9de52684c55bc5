"""GGUF files of the tiny models of make_architectures.py, with the keys that the gguf package names.

usage: make_gguf.py ARCHITECTURES_FOLDER OUT_FOLDER [NAME ...]   (gguf, safetensors, numpy)
The expected values stay those beside the safetensors folder of the same name. DeepSeek's kv_b matrix
is split into heads, its key part transposed, and heads are described as they are cached.
"""
import json, sys
from pathlib import Path
import gguf, numpy as np
from safetensors.numpy import load_file

NAMES = ["deepseek_v2", "deepseek_v3"]

def deepseek(writer, config, tensors):
    rope = config["rope_parameters"]
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_rope_freq_base(rope["rope_theta"])
    writer.add_rope_dimension_count(config["qk_rope_head_dim"])
    writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
    writer.add_rope_scaling_factor(rope["factor"])
    writer.add_rope_scaling_orig_ctx_len(rope["original_max_position_embeddings"])
    writer.add_rope_scaling_yarn_log_mul(0.1 * rope["mscale_all_dim"])
    if config["q_lora_rank"]:
        writer.add_q_lora_rank(config["q_lora_rank"])
    writer.add_kv_lora_rank(config["kv_lora_rank"])
    writer.add_key_length(config["kv_lora_rank"] + config["qk_rope_head_dim"])
    writer.add_value_length(config["kv_lora_rank"])
    writer.add_key_length_mla(config["qk_nope_head_dim"] + config["qk_rope_head_dim"])
    writer.add_value_length_mla(config["v_head_dim"])
    writer.add_leading_dense_block_count(config["first_k_dense_replace"])
    writer.add_expert_count(config["n_routed_experts"])
    writer.add_expert_used_count(config["num_experts_per_tok"])
    writer.add_expert_feed_forward_length(config["moe_intermediate_size"])
    writer.add_expert_shared_count(config["n_shared_experts"])
    writer.add_expert_weights_scale(config["routed_scaling_factor"])
    if config["model_type"] == "deepseek_v3":
        writer.add_expert_group_count(config["n_group"])
        writer.add_expert_group_used_count(config["topk_group"])
        writer.add_expert_weights_norm(config["norm_topk_prob"])
        writer.add_expert_gating_func(gguf.ExpertGatingFuncType.SIGMOID)
    experts = {}
    for name, value in tensors.items():
        if ".mlp.experts." in name:
            layer, expert, part = name.split(".")[2], int(name.split(".")[5]), name.split(".")[6]
            experts.setdefault(f"model.layers.{layer}.mlp.experts.{part}.weight", {})[expert] = value
        elif name.endswith("kv_b_proj.weight"):
            heads = value.reshape(config["num_attention_heads"], -1, value.shape[-1])
            plain = config["qk_nope_head_dim"]
            yield name.replace("kv_b", "k_b"), heads[:, :plain].transpose(0, 2, 1)
            yield name.replace("kv_b", "v_b"), heads[:, plain:]
        else:
            yield name, value
    for name, parts in experts.items():
        yield name, np.stack([parts[e] for e in sorted(parts)])

source, out = Path(sys.argv[1]), Path(sys.argv[2])
for model in sys.argv[3:] or NAMES:
    config = json.load(open(source / model / "config.json"))
    writer = gguf.GGUFWriter(out / f"{model}.gguf", "deepseek2")
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.DEEPSEEK2, config["num_hidden_layers"])
    for name, value in deepseek(writer, config, load_file(source / model / "model.safetensors")):
        name = name.replace("e_score_correction_bias", "e_score_correction.bias")
        writer.add_tensor(names.get_name(name, try_suffixes=(".weight", ".bias")), np.ascontiguousarray(value))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(model, (out / f"{model}.gguf").stat().st_size, "bytes")

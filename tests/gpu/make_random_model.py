"""Random bf16 weights of a published model's shape.

usage: make_random_model.py SHAPE FOLDER     SHAPE: llama-3.1-8b, qwen3-4b, small
"""
import json, sys
from pathlib import Path
import torch
from safetensors.torch import save_file

LLAMA3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 8192}
COMMON = dict(hidden_act="silu", attention_bias=False, rms_norm_eps=1e-5, torch_dtype="bfloat16", bos_token_id=1,
              eos_token_id=2, num_key_value_heads=8, head_dim=128, attention_dropout=0.0)
SHAPES = {
    "llama-3.1-8b": dict(COMMON, model_type="llama", architectures=["LlamaForCausalLM"], vocab_size=128256, hidden_size=4096,
                         intermediate_size=14336, num_hidden_layers=32, num_attention_heads=32, mlp_bias=False,
                         max_position_embeddings=131072, rope_theta=500000.0, rope_scaling=LLAMA3, tie_word_embeddings=False),
    "qwen3-4b": dict(COMMON, model_type="qwen3", architectures=["Qwen3ForCausalLM"], vocab_size=151936, hidden_size=2560,
                     intermediate_size=9728, num_hidden_layers=36, num_attention_heads=32, rms_norm_eps=1e-6,
                     max_position_embeddings=262144, rope_theta=5000000.0, tie_word_embeddings=True),
    "small": dict(COMMON, model_type="llama", architectures=["LlamaForCausalLM"], vocab_size=32000, hidden_size=1024,
                  intermediate_size=2816, num_hidden_layers=4, num_attention_heads=16, mlp_bias=False,
                  max_position_embeddings=1048576, rope_theta=500000.0, tie_word_embeddings=False),
}


def tensors(c):
    h, d, f = c["hidden_size"], c["head_dim"], c["intermediate_size"]
    q, kv = c["num_attention_heads"] * d, c["num_key_value_heads"] * d
    yield "model.embed_tokens.weight", (c["vocab_size"], h)
    yield "model.norm.weight", (h,)
    if not c["tie_word_embeddings"]:
        yield "lm_head.weight", (c["vocab_size"], h)
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        for name, shape in (("self_attn.q_proj", (q, h)), ("self_attn.k_proj", (kv, h)), ("self_attn.v_proj", (kv, h)),
                            ("self_attn.o_proj", (h, q)), ("mlp.gate_proj", (f, h)), ("mlp.up_proj", (f, h)),
                            ("mlp.down_proj", (h, f)), ("input_layernorm", (h,)), ("post_attention_layernorm", (h,))):
            yield p + name + ".weight", shape
        if c["model_type"] == "qwen3":
            yield p + "self_attn.q_norm.weight", (d,)
            yield p + "self_attn.k_norm.weight", (d,)


def main(shape, folder):
    config, folder = SHAPES[shape], Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(1)
    weights = {}
    for name, size in tensors(config):
        if len(size) == 1:
            weights[name] = torch.ones(size, dtype=torch.bfloat16)
        else:
            weights[name] = (torch.randn(size, device=device, dtype=torch.float32) * 0.02).to(torch.bfloat16).cpu()
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:3])

"""Tiny random models, one per architecture and structural feature, with what transformers makes of them.

usage: make_architectures.py OUT_FOLDER [--keep] [NAME ...]   (transformers, torch, safetensors)
Each folder holds a model in fp32, logits of some positions of a short and a long prompt (the long
one lies beyond every window and scaling threshold), the best token at all positions, and greedy
answers; the one from 250 tokens crosses the threshold of 256 while it is written. Models whose
rotation goes over at that length have prompts of exactly 256 and of 257 tokens too. --keep takes
the models as they are and writes anew what is expected of them.
"""
import json, sys
from pathlib import Path
import numpy as np, torch, transformers
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM

torch.set_num_threads(1)
BASE = dict(vocab_size=160, hidden_size=48, intermediate_size=80, num_hidden_layers=2, num_attention_heads=6,
            num_key_value_heads=2, max_position_embeddings=2048, eos_token_id=1, bos_token_id=2, pad_token_id=0,
            tie_word_embeddings=False)
HALF = 8  # half of the rotary dimensions of a head of 16
LONGROPE = {"rope_type": "longrope", "rope_theta": 10000.0, "original_max_position_embeddings": 256,
            "short_factor": [1.0 + 0.05 * i for i in range(HALF)], "long_factor": [1.5 + 0.7 * i for i in range(HALF)]}

LATENT = dict(num_key_value_heads=6, kv_lora_rank=20, qk_nope_head_dim=12, qk_rope_head_dim=8, v_head_dim=14,
              n_routed_experts=8, moe_intermediate_size=24, num_hidden_layers=3)

def yarn(**more):
    return {"rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 256, **more}

MODELS = {
    "llama_llama3": ("llama", dict(head_dim=16, attention_bias=True, mlp_bias=True, rope_parameters={
        "rope_type": "llama3", "rope_theta": 10000.0, "factor": 4.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 256})),
    "llama_linear": ("llama", dict(head_dim=16, rope_parameters={"rope_type": "linear", "rope_theta": 10000.0, "factor": 3.0})),
    "llama_dynamic": ("llama", dict(head_dim=16, max_position_embeddings=256, rope_parameters={
        "rope_type": "dynamic", "rope_theta": 10000.0, "factor": 4.0})),
    "llama_yarn": ("llama", dict(head_dim=16, rope_parameters=yarn(beta_fast=16, beta_slow=2, attention_factor=1.1))),
    "llama_longrope": ("llama", dict(head_dim=16, rope_parameters=LONGROPE)),
    "mistral": ("mistral", dict(head_dim=24, sliding_window=96)),
    "qwen2": ("qwen2", dict(num_attention_heads=4, tie_word_embeddings=True)),
    "qwen2_window": ("qwen2", dict(num_attention_heads=4, num_hidden_layers=3, use_sliding_window=True, sliding_window=80,
                                   max_window_layers=1)),
    "qwen2_yarn": ("qwen2", dict(num_attention_heads=4, rope_parameters=yarn())),
    "qwen3": ("qwen3", dict(head_dim=16)),
    "qwen3_moe": ("qwen3_moe", dict(head_dim=16, num_experts=6, num_experts_per_tok=3, moe_intermediate_size=24,
                                    norm_topk_prob=True, mlp_only_layers=[1], num_hidden_layers=3)),
    "qwen3_moe_window": ("qwen3_moe", dict(head_dim=16, num_experts=4, num_experts_per_tok=2, moe_intermediate_size=16,
                                           use_sliding_window=True, sliding_window=80)),
    "phi3": ("phi3", dict(num_attention_heads=3, num_key_value_heads=3, rope_parameters=LONGROPE,
                          original_max_position_embeddings=256)),
    "phi4_mini": ("phi3", dict(num_attention_heads=3, num_key_value_heads=1, tie_word_embeddings=True,
                               original_max_position_embeddings=256, partial_rotary_factor=0.75, rope_parameters={
        **LONGROPE, "partial_rotary_factor": 0.75, "short_factor": LONGROPE["short_factor"][:6],
        "long_factor": LONGROPE["long_factor"][:6]})),
    "gemma2": ("gemma2", dict(head_dim=16, tie_word_embeddings=True, sliding_window=96, query_pre_attn_scalar=24,
                              num_hidden_layers=3, attn_logit_softcapping=5.0, final_logit_softcapping=8.0)),
    "gemma3": ("gemma3_text", dict(head_dim=16, tie_word_embeddings=True, sliding_window=96, query_pre_attn_scalar=24,
                                   num_hidden_layers=4, layer_types=["sliding_attention", "sliding_attention", "full_attention",
                                                                     "sliding_attention"],
                                   rope_parameters={"sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
                                                    "full_attention": {"rope_type": "linear", "rope_theta": 1000000.0, "factor": 8.0}})),
    # The text model of a multimodal one: its description nested, its tensors under a prefix, beside what sees pictures.
    "gemma3_parts": ("gemma3", dict(
        text_config={**BASE, **dict(head_dim=16, tie_word_embeddings=True, sliding_window=96, query_pre_attn_scalar=24,
                                    num_hidden_layers=3, layer_types=["sliding_attention", "full_attention", "sliding_attention"])},
        vision_config=dict(hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=28,
                           patch_size=14), mm_tokens_per_image=4, eos_token_id=1)),
    "glm": ("glm", dict(head_dim=16, attention_bias=True)),
    "glm4": ("glm4", dict(head_dim=16, attention_bias=True)),
    "cohere2": ("cohere2", dict(num_attention_heads=4, tie_word_embeddings=True, sliding_window=96, logit_scale=0.25,
                                num_hidden_layers=4)),
    "nemotron": ("nemotron", dict(head_dim=16, norm_eps=1e-5)),
    "deepseek_v2": ("deepseek_v2", dict(**LATENT, q_lora_rank=None, num_experts_per_tok=3, first_k_dense_replace=1,
                                        n_shared_experts=2, rope_parameters=yarn(mscale=0.707, mscale_all_dim=0.707))),
    "deepseek_v2_groups": ("deepseek_v2", dict(**LATENT, q_lora_rank=24, num_experts_per_tok=3, n_shared_experts=1,
                                               topk_method="group_limited_greedy", n_group=4, topk_group=2,
                                               routed_scaling_factor=4.0, attention_bias=True,
                                               rope_parameters=yarn(mscale=1.0, mscale_all_dim=0.5))),
    "deepseek_v3": ("deepseek_v3", dict(**LATENT, q_lora_rank=24, num_experts_per_tok=3, first_k_dense_replace=1,
                                        n_shared_experts=1, n_group=4, topk_group=2, routed_scaling_factor=2.5,
                                        rope_parameters=yarn(mscale=1.0, mscale_all_dim=1.0))),
}

# Stored in 16 bits; what is expected is computed in fp32 from the numbers that are stored.
STORED = {"phi3_bf16": torch.bfloat16, "glm_f16": torch.float16, "gemma3_bf16": torch.bfloat16, "qwen2_f16": torch.float16,
          "deepseek_v2_bf16": torch.bfloat16}
for name in STORED:
    MODELS[name] = MODELS[name.rsplit("_", 1)[0]]

def narrow(folder, model, stored):
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.to(stored).float())
    model.save_pretrained(folder)
    file = folder / "model.safetensors"
    save_file({name: tensor.to(stored) for name, tensor in load_file(file).items()}, file, metadata={"format": "pt"})
    config = json.load(open(folder / "config.json"))
    config["dtype"] = str(stored).removeprefix("torch.")
    json.dump(config, open(folder / "config.json", "w"), indent=1)

def write(folder, model_type, changes):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(11)
    config = AutoConfig.for_model(model_type, **(changes if "text_config" in changes else {**BASE, **changes}))
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32, attn_implementation="eager").eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # Norms that add one to their weight are centred on zero.
            centre = 0.0 if model_type in ("gemma2", "gemma3", "gemma3_text", "nemotron") or name.endswith("bias") else 1.0
            parameter.copy_(torch.randn_like(parameter) * 0.15 + (centre if "norm" in name else 0.0))
        for name, buffer in model.named_buffers():
            if name.endswith("e_score_correction_bias"):
                buffer.copy_(torch.randn_like(buffer) * 0.15)
    if folder.name in STORED: narrow(folder, model, STORED[folder.name])
    else: model.save_pretrained(folder)
    expect(folder, model, torch.randint(3, 160, (1, 700)))
    print(folder.name, model_type, sum(p.numel() for p in model.parameters()), "parameters")

def expect(folder, model, ids):
    model.generation_config.eos_token_id = None
    lengths, begins = [(100, [0, 1, 50, 99]), (700, [0, 1, 100, 255, 256, 511, 512, 600, 699])], [40, 250, 600]
    rope = getattr(model.config, "rope_parameters", None) or {}
    if rope.get("rope_type") == "longrope":
        lengths += [(256, [0, 1, 255]), (257, [0, 1, 256])]
        begins += [256]
    prompts, rows = [], []
    with torch.no_grad():
        for length, positions in lengths:
            logits = model(ids[:, :length], use_cache=False).logits[0].float()
            prompts.append({"length": length, "positions": positions, "argmax": logits.argmax(-1).tolist()})
            rows.append(logits[positions].numpy())
        answers = []
        for length in begins:
            out = model.generate(ids[:, :length], attention_mask=torch.ones(1, length), max_new_tokens=16, do_sample=False)
            answers.append({"length": length, "answer": out[0, length:].tolist()})
    np.concatenate(rows).astype("<f4").tofile(folder / "logits.f32")
    json.dump({"ids": ids[0].tolist(), "prompts": prompts, "answers": answers}, open(folder / "expected.json", "w"),
              separators=(",", ":"))

def keep(folder):
    ids = torch.tensor([json.load(open(folder / "expected.json"))["ids"]])
    expect(folder, AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval(), ids)

if __name__ == "__main__":
    out, names = Path(sys.argv[1]), [name for name in sys.argv[2:] if name != "--keep"]
    for chosen in names or MODELS:
        if "--keep" in sys.argv: keep(out / chosen)
        else: write(out / chosen, *MODELS[chosen])

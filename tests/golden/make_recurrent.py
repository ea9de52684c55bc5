"""Tiny random recurrent models with what their reference implementations make of them.

usage: make_recurrent.py OUT_FOLDER [NAME ...]   (transformers, torch, safetensors)
The folders are those of make_architectures.py: logits of some positions of a prompt of 100 and one
of 700 tokens, the best token at all positions, greedy answers. Weights are numbers that bf16 holds
exactly, and are stored in it.
"""
import json, sys
from pathlib import Path
import numpy as np, torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

torch.set_num_threads(1)
PROMPTS = ((100, [0, 1, 50, 99]), (700, [0, 1, 100, 255, 256, 511, 512, 600, 699]))
ANSWERS, WRITTEN = (40, 250, 600), 16
BASE = dict(vocab_size=160, hidden_size=48, num_hidden_layers=2, eos_token_id=1, bos_token_id=2, pad_token_id=0)

def rounded(tensor):
    return tensor.to(torch.bfloat16).float()

def save(folder, config, weights, logits_of):
    """weights: what the folder stores; logits_of(ids): the reference's [tokens, vocabulary]"""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: w.to(torch.bfloat16).contiguous() for name, w in weights.items()}, folder / "model.safetensors",
              metadata={"format": "pt"})
    json.dump(config, open(folder / "config.json", "w"), indent=2, sort_keys=True)
    ids = torch.randint(3, config["vocab_size"], (700,)).tolist()
    prompts, rows, answers = [], [], []
    for length, positions in PROMPTS:
        logits = logits_of(ids[:length])
        prompts.append({"length": length, "positions": positions, "argmax": logits.argmax(-1).tolist()})
        rows.append(logits[positions].numpy())
    for length in ANSWERS:
        text = ids[:length]
        while len(text) < length + WRITTEN:
            text = text + [logits_of(text)[-1].argmax().item()]
        answers.append({"length": length, "answer": text[length:]})
    np.concatenate(rows).astype("<f4").tofile(folder / "logits.f32")
    json.dump({"ids": ids, "prompts": prompts, "answers": answers}, open(folder / "expected.json", "w"),
              separators=(",", ":"))
    print(folder.name, sum(w.numel() for w in weights.values()), "parameters")

def write_transformers(folder, model_type, changes, spread):
    torch.manual_seed(11)
    config = AutoConfig.for_model(model_type, **{**BASE, **changes})
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # The rates and steps that the reference begins with, slightly moved.
            keep = name.endswith(("A_log", "D", "dt_bias", "dt_proj.bias"))
            centre = parameter if keep else 1.0 if "norm" in name else 0.0
            parameter.copy_(rounded(torch.randn_like(parameter) * spread + centre))
    weights = {name: w for name, w in model.state_dict().items() if not (config.tie_word_embeddings and name == "lm_head.weight")}
    def logits_of(ids):
        with torch.no_grad():
            return model(torch.tensor([ids]), use_cache=False).logits[0].float()
    config.save_pretrained(folder)
    save(folder, json.load(open(folder / "config.json")), weights, logits_of)

MODELS = {
    "mamba": lambda folder: write_transformers(folder, "mamba", dict(state_size=8), 0.2),
    "falcon_mamba": lambda folder: write_transformers(folder, "falcon_mamba", dict(
        state_size=16, time_step_rank=5, use_bias=True, conv_kernel=3, tie_word_embeddings=False, mixer_rms_eps=1e-4), 0.2),
    "mamba2": lambda folder: write_transformers(folder, "mamba2", dict(
        num_heads=6, head_dim=16, n_groups=1, state_size=20, chunk_size=64, tie_word_embeddings=True), 0.2),
    "mamba2_groups": lambda folder: write_transformers(folder, "mamba2", dict(
        num_heads=4, head_dim=24, n_groups=2, state_size=12, chunk_size=256, use_bias=True, time_step_limit=[0.02, 0.5]), 0.2),
}

if __name__ == "__main__":
    out = Path(sys.argv[1])
    for chosen in sys.argv[2:] or MODELS:
        MODELS[chosen](out / chosen)

"""A tiny random Llama with every structural feature we read, and its logits from transformers.

usage: make_tiny_llama.py OUT_FOLDER   (transformers, torch, safetensors)
Grouped queries, llama3 rotary scaling past its original window, a head of its own, biases.
"""
import json, sys
from pathlib import Path
import numpy as np, torch
from transformers import LlamaConfig, LlamaForCausalLM

out = Path(sys.argv[1]); out.mkdir(parents=True, exist_ok=True)
torch.manual_seed(3)
config = LlamaConfig(vocab_size=160, hidden_size=48, intermediate_size=80, num_hidden_layers=2, num_attention_heads=6,
                     num_key_value_heads=2, head_dim=16, max_position_embeddings=2048, rms_norm_eps=1e-5, attention_bias=True,
                     mlp_bias=True, tie_word_embeddings=False, eos_token_id=[1, 2],
                     rope_parameters={"rope_type": "llama3", "rope_theta": 10000.0, "factor": 4.0, "low_freq_factor": 1.0,
                                      "high_freq_factor": 4.0, "original_max_position_embeddings": 256})
model = LlamaForCausalLM(config).eval()
with torch.no_grad():
    for name, parameter in model.named_parameters():
        parameter.copy_(torch.randn_like(parameter) * 0.15 + (1.0 if "norm" in name else 0.0))
model.save_pretrained(out)
ids = torch.randint(3, 160, (1, 700))
with torch.no_grad():
    logits = model(ids).logits[0].float().numpy()
np.save(out / "logits.npy", logits[[0, 1, 100, 255, 256, 511, 512, 600, 699]])
json.dump({"ids": ids[0].tolist(), "positions": [0, 1, 100, 255, 256, 511, 512, 600, 699], "argmax": logits.argmax(-1).tolist()},
          open(out / "expected.json", "w"), separators=(",", ":"))

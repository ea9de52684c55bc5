"""Logits of Gemma-3-270M in fp32 from transformers, and the ids of the texts.

usage: make_gemma3.py MODEL.gguf OUT.json   (transformers, torch, gguf; fetch_models.sh gets the file)
The GGUF file is widened to fp32 by the reference's own reader. The last text is longer than the local
layers' window. Of each checked position the file keeps the range, the mean, the largest logits with
their ids and every 19997th logit.
"""
import json, sys
from pathlib import Path
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

path = Path(sys.argv[1])
tokenizer = AutoTokenizer.from_pretrained(str(path.parent), gguf_file=path.name)
model = AutoModelForCausalLM.from_pretrained(str(path.parent), gguf_file=path.name, dtype=torch.float32, attn_implementation="eager").eval()
torch.set_num_threads(2)
print(model.config)

def position(row):
    top = torch.topk(row, 8)
    probe = list(range(0, row.numel(), 19997))
    return {"max": row.max().item(), "min": row.min().item(), "mean": row.double().mean().item(),
            "top_ids": top.indices.tolist(), "top": top.values.tolist(),
            "probe_ids": probe, "probe": row[probe].tolist()}

sentence = "The lighthouse keeper counted the ships that passed before noon and wrote their names in a ledger. "
prompts = ["The capital of France is", "def fibonacci(n):\n    if n < 2:\n", "\u661f\u671f\u4e00\u7684\u65e9\u6668\uff0c", sentence * 45]
rows = []
with torch.no_grad():
    for text in prompts:
        ids = [2] + tokenizer.encode(text, add_special_tokens=False)
        logits = model(torch.tensor([ids])).logits[0]
        checked = sorted({1, len(ids) // 3, 510, 511, 512, 513, 514, len(ids) - 1} & set(range(len(ids))))
        rows.append({"text": text, "ids": ids, "argmax": logits.argmax(-1).tolist(), "positions": {str(p): position(logits[p]) for p in checked}})
        print(len(ids), repr(tokenizer.decode([rows[-1]["argmax"][-1]])))
json.dump({"prompts": rows}, open(sys.argv[2], "w"), separators=(",", ":"))
print("wrote", sys.argv[2])

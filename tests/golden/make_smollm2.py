"""Logits and greedy answers of SmolLM2-135M-Instruct in fp32 from transformers.

usage: make_smollm2.py MODEL.gguf OUT.json   (transformers, torch, gguf)
The GGUF file is widened to fp32 by the reference's own reader. Of each checked position the file
keeps the range, the mean and the largest logits with their ids.
"""
import json, sys
from pathlib import Path
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

path = Path(sys.argv[1])
tokenizer = AutoTokenizer.from_pretrained(str(path.parent), gguf_file=path.name)
model = AutoModelForCausalLM.from_pretrained(str(path.parent), gguf_file=path.name, dtype=torch.float32).eval()
torch.set_num_threads(2)

def position(row):
    top = torch.topk(row, 8)
    probe = list(range(0, row.numel(), 4999))
    return {"max": row.max().item(), "min": row.min().item(), "mean": row.double().mean().item(),
            "top_ids": top.indices.tolist(), "top": top.values.tolist(),
            "probe_ids": probe, "probe": row[probe].tolist()}

sentence = "The lighthouse keeper counted the ships that passed before noon and wrote their names in a ledger. "
prompts = ["The capital of France is", "def fibonacci(n):\n", sentence * 3, sentence * 80]
rows = []
with torch.no_grad():
    for text in prompts:
        ids = tokenizer.encode(text, add_special_tokens=False)
        logits = model(torch.tensor([ids])).logits[0]
        checked = sorted({0, 1, len(ids) // 3, 510, 511, 512, 513, 1023, 1024, len(ids) - 1} & set(range(len(ids))))
        rows.append({"ids": ids, "argmax": logits.argmax(-1).tolist(), "positions": {str(p): position(logits[p]) for p in checked}})
    questions = []
    topics = ["the moon", "a river", "bread", "a bicycle", "winter", "a library", "gold", "the sea", "a clock", "music"]
    for i in range(50):
        ask = [f"What is {topics[i % 10]}?", f"Write one sentence about {topics[i % 10]}.", f"Count from {i} to {i + 3}.",
               f"Name a colour that fits {topics[i % 10]}.", f"Is {topics[i % 10]} old? Answer yes or no."][i // 10]
        text = f"<|im_start|>user\n{ask}<|im_end|>\n<|im_start|>assistant\n"
        ids = tokenizer.encode(text, add_special_tokens=False)
        out = model.generate(torch.tensor([ids]), attention_mask=torch.ones(1, len(ids)), max_new_tokens=24, do_sample=False,
                             eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.eos_token_id)[0, len(ids):].tolist()
        if out and out[-1] == tokenizer.eos_token_id:
            out = out[:-1]
        questions.append({"ids": ids, "answer": out})
json.dump({"prompts": rows, "answers": questions}, open(sys.argv[2], "w"), separators=(",", ":"))
print("wrote", sys.argv[2])

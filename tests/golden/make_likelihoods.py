"""Log probabilities of continuations from transformers in fp32: of the tiny Llama, and of SmolLM2 where it is given.

usage: make_likelihoods.py TINY_LLAMA_FOLDER OUT.json [SMOLLM2.gguf]   (transformers, torch, gguf)
"rows" hold ids; the sum is over the continuation's tokens, natural logarithm, added in double. "texts" hold what a
perplexity is asked for: a prompt, references, and each reference's tokens and sum. Tolerance 1e-4 of the perplexity they make.
"""
import json, random, sys
from pathlib import Path
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

torch.set_num_threads(2)

def log_probability(model, prompt, continuation):
    with torch.no_grad():
        logits = model(torch.tensor([prompt + continuation])).logits[0].double()
    wanted = torch.log_softmax(logits[len(prompt) - 1:-1], -1)
    return wanted[torch.arange(len(continuation)), torch.tensor(continuation)].sum().item()

def rows_of(model, prompts):
    return [{"prompt": prompt, "continuation": continuation, "log_probability": log_probability(model, prompt, continuation)}
            for prompt, continuation in prompts]

def tiny(folder):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    rng = random.Random(3)
    ids = lambda count: [rng.randrange(model.config.vocab_size) for _ in range(count)]
    sizes = [(1, 1), (3, 5), (40, 1), (511, 2), (512, 3), (513, 30), (500, 40)]
    return {"rows": rows_of(model, [(ids(a), ids(b)) for a, b in sizes])}

def smollm2(path):
    tokenizer = AutoTokenizer.from_pretrained(str(path.parent), gguf_file=path.name)
    model = AutoModelForCausalLM.from_pretrained(str(path.parent), gguf_file=path.name, dtype=torch.float32).eval()
    encode = lambda text: tokenizer.encode(text, add_special_tokens=False)
    story = "The lighthouse keeper counted the ships that passed before noon and wrote their names in a ledger. "
    asked = [("The capital of France is", ["Paris", "London, of course", "a city on the Seine"]),
             (story * 2 + "Question: When did the ships pass?\nAnswer:", ["Before noon.", "at night", "before noon"]),
             ("Вопрос: столица России?\nОтвет:", ["Москва", "Париж"]),
             ("问题：法国的首都是哪里？\n答案：", ["巴黎", "伦敦。"]),
             ("Name an emoji for the sea:", ["🌊", "🙂🙂"]),
             (story * 30 + "The ships passed before", ["noon", "the storm came and took the light away"])]
    texts, rows = [], []
    for prompt, references in asked:
        begin = encode(prompt)
        found = []
        for reference in references:
            gap = "" if prompt.endswith("：") else " "
            whole = encode(prompt + gap + reference)
            assert whole[:len(begin)] == begin, prompt
            found.append({"text": reference, "tokens": len(whole) - len(begin), "bytes": len((gap + reference).encode()),
                          "log_probability": log_probability(model, begin, whole[len(begin):])})
        texts.append({"prompt": prompt, "references": found})
    ids = encode(story * 60)
    rows = rows_of(model, [(ids[:500], ids[500:560]), (ids[:1], ids[1:9]), (ids[:1020], ids[1020:1030]), (ids[:512], ids[512:513])])
    return {"rows": rows, "texts": texts}

out = {"tiny_llama": tiny(sys.argv[1])}
if len(sys.argv) > 3:
    out["smollm2"] = smollm2(Path(sys.argv[3]))
json.dump(out, open(sys.argv[2], "w"), separators=(",", ":"), ensure_ascii=False)

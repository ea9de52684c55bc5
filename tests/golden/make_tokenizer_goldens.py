"""Token ids of SmolLM2's tokenizer from the reference package.

usage: make_tokenizer_goldens.py MODEL.gguf OUT.json   (transformers, gguf)
"""
import json, random, sys
from pathlib import Path
from transformers import AutoTokenizer

path = Path(sys.argv[1])
tokenizer = AutoTokenizer.from_pretrained(str(path.parent), gguf_file=path.name)
texts = ["", "Hello world", " two  spaces\n\n\nlines\t", "don't you'LL we'Re 's", "1234567890 3.14 1,000", "naïve café 中文字符 日本語 Привет мир",
         "👍🏽 👨‍👩‍👧 \u200d\u0301x a\u0301 שלום مرحبا", "<|im_start|>user\nhi<|im_end|>", "def f(x):\n    return x**2  # ok", "\x00\x01 nul", "e\u0301\u0327 \ufeff bom \u00a0 nbsp \u3000",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\r\n\r\n mixed \r line"]
rng = random.Random(7)
atoms = ["the", " quick", " Brown", "Fox", "9", "42", " ", "\n", "'s", "é", "中", "ß", "Ж", "!", "...", "--", "_", "a\u0301", "🙂", "\t", "<|im_end|>", "http://x.y/z?q=1", "\u00a0"]
for _ in range(400):
    texts.append("".join(rng.choice(atoms) for _ in range(rng.randint(1, 30))))
rows = [{"text": t, "ids": tokenizer.encode(t, add_special_tokens=False)} for t in texts]
json.dump(rows, open(sys.argv[2], "w"), ensure_ascii=True, separators=(",", ":"))
print(len(rows), "rows")

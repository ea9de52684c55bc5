"""Token ids of SmolLM2's tokenizer from the reference package.

usage: make_tokenizer_goldens.py MODEL.gguf OUT.json   (tokenizers, gguf)
Vocabulary and merges come from the GGUF file; the pipeline is that of the model's tokenizer.json:
single digits, then GPT-2's byte-level pattern. (The pipeline that transformers makes out of a GGUF
file leaves the digits step out and splits line ends before a digit differently.)
"""
import json, random, sys
from gguf import GGUFReader
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, decoders

fields = GGUFReader(sys.argv[1]).fields
def texts_of(key):
    field = fields[key]
    return [bytes(field.parts[i]).decode("utf-8") for i in field.data]
tokens, merges = texts_of("tokenizer.ggml.tokens"), texts_of("tokenizer.ggml.merges")
types = [int(fields["tokenizer.ggml.token_type"].parts[i][0]) for i in fields["tokenizer.ggml.token_type"].data]
tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=[tuple(m.split(" ")) for m in merges]))
tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True),
                                                   pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t, k in zip(tokens, types) if k in (3, 4)])
texts = ["", "Hello world", " two  spaces\n\n\nlines\t", "don't you'LL we'Re 's", "1234567890 3.14 1,000", "naïve café 中文字符 日本語 Привет мир",
         "👍🏽 👨‍👩‍👧 \u200d\u0301x a\u0301 שלום مرحبا", "<|im_start|>user\nhi<|im_end|>", "def f(x):\n    return x**2  # ok", "\x00\x01 nul", "e\u0301\u0327 \ufeff bom \u00a0 nbsp \u3000",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\r\n\r\n mixed \r line"]
rng = random.Random(7)
atoms = ["the", " quick", " Brown", "Fox", "9", "42", " ", "\n", "'s", "é", "中", "ß", "Ж", "!", "...", "--", "_", "a\u0301", "🙂", "\t", "<|im_end|>", "http://x.y/z?q=1", "\u00a0"]
for _ in range(400):
    texts.append("".join(rng.choice(atoms) for _ in range(rng.randint(1, 30))))
rows = [{"text": t, "ids": tokenizer.encode(t, add_special_tokens=False).ids} for t in texts]
json.dump(rows, open(sys.argv[2], "w"), ensure_ascii=True, separators=(",", ":"))
print(len(rows), "rows")

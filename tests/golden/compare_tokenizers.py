"""Ids of `loomscope-cli tokenize` against the reference package, on mixed text out of a seed.

usage: compare_tokenizers.py CLI TOKENIZER.json MEGABYTES [SEED] [TEXT_FILE...]   (tokenizers)
A difference is cut down to the shortest text that still differs, which is printed; exit status 1.
"""
import json, pathlib, random, subprocess, sys, tempfile
from tokenizers import Tokenizer
from make_tokenizer_pipelines import ATOMS

cli, model, megabytes = sys.argv[1], sys.argv[2], float(sys.argv[3])
seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
prose = "".join(pathlib.Path(f).read_text(errors="replace") for f in sys.argv[5:]) or "The quick brown fox. "
reference = Tokenizer.from_file(model)
reference.no_truncation()

def ours(text):
    with tempfile.NamedTemporaryFile("wb", suffix=".txt") as file:
        file.write(text.encode())
        file.flush()
        done = subprocess.run([cli, "tokenize", "--model", model, "--file", file.name], capture_output=True, text=True)
    if done.returncode != 0: sys.exit(done.stderr)
    return json.loads(done.stdout)["ids"]

def differs(text): return ours(text) != reference.encode(text, add_special_tokens=False).ids

def shortest(text):
    size = len(text) // 2
    while size > 0:
        at = 0
        while at < len(text):
            less = text[:at] + text[at + size:]
            if less and differs(less): text = less
            else: at += size
        size //= 2
    return text

def mixed(rng, characters):
    parts, length = [], 0
    while length < characters:
        kind = rng.randrange(4)
        if kind == 0:
            at = rng.randrange(len(prose))
            part = prose[at:at + rng.randint(1, 2000)]
        elif kind == 1: part = "".join(rng.choice(ATOMS) for _ in range(rng.randint(1, 60)))
        elif kind == 2: part = "".join(chr(c) for c in (rng.randrange(0x20000) for _ in range(rng.randint(1, 40))) if not 0xD800 <= c < 0xE000)
        else: part = rng.choice(["a", " ", "\n", "\u0301", "7", "-"]) * rng.randint(1, 300)
        parts.append(part)
        length += len(part)
    return "".join(parts)

rng, compared = random.Random(seed), 0
while compared < megabytes * 1e6:
    text = mixed(rng, 200_000)
    if differs(text):
        print(json.dumps({"differs": shortest(text)}))
        sys.exit(1)
    compared += len(text.encode())
print(f"{pathlib.Path(model).name}: {compared} bytes equal, seed {seed}")

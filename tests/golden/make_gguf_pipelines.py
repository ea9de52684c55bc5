"""Ids of the reference package for the pipelines that GGUF files name in tokenizer.ggml.pre.

usage: make_gguf_pipelines.py TEXT_FOLDER OUT.json   (tokenizers)
TEXT_FOLDER's *.md, *.h and *.cpp are what the one vocabulary is trained on, in pieces that know no
words: its merges join what every pipeline cuts apart, so that a wrong cut gives other ids. Writes the
vocabulary, the texts, and for each pipeline the names that stand for it, its parts and the ids.
"""
import json, pathlib, random, sys
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from make_tokenizer_pipelines import ATOMS, DEEPSEEK, LLAMA3, TEKKEN, byte_level, split

CJK = "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+"
# Letters of DeepSeek-LLM's second step, by code points.
RANGES = """B5 C0-D6 D8-F6 F8-1BA 1BC-1BF 1C4-293 295-2AF 370-373 376 377 37B-37D 37F 386 388-38A 38C 38E-3A1 3A3-3F5 3F7-481 48A-52F 531-556
10A0-10C5 13A0-13F5 13F8-13FD 1C90-1CBA 1CBD-1CBF 1D00-1D2B 1D6B-1D77 1D79-1D9A 1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B
1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FBC 1FBE 1FC2-1FC4 1FC6-1FCC 1FD0-1FD3 1FD6-1FDB 1FE0-1FEC 1FF2-1FF4 1FF6-1FFC 2102 2107 210A-2113 2115
2119-211D 2124 2126 2128 212A-212D 212F-2134 2139 213C-213F 2145-2149 214E 2183 2184 2C00-2C7B 2C7E-2CE4 2CEB-2CEE 2CF2 2CF3 A640-A66D
A680-A69B A722-A76F A771-A787 A78B-A78E AB70-ABBF FB00-FB06 FB13-FB17 FF21-FF3A FF41-FF5A 10400-1044F 104B0-104D3 104D8-104FB 10C80-10CB2
10CC0-10CF2 118A0-118DF 1E900-1E943""".split()
LETTERS = "A-Za-z" + "".join("-".join(chr(int(end, 16)) for end in part.split("-")) for part in RANGES)
CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
WORD = r"[^\r\n\p{L}\p{N}]?"
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
GPT4O = "|".join([WORD + UPPER + "*" + LOWER + "+" + CONTRACTION + "?", WORD + UPPER + "+" + LOWER + "*" + CONTRACTION + "?",
                  r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+"])
QWEN35 = CONTRACTION + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
SEED = CONTRACTION + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+"
gpt2 = lambda: pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
digits = lambda: pre_tokenizers.Digits(individual_digits=True)

def sequence(*patterns, then=()):
    return pre_tokenizers.Sequence([split(pattern) for pattern in patterns] + list(then) + [byte_level()])

# name -> names in GGUF files, normaliser, splitter, whether merges are ignored for pieces that are tokens
PIPELINES = {
    "gpt2": (["gpt-2", "phi-2", "gigachat", "mellum"], None, gpt2(), False),
    "gpt_neox": (["olmo", "mpt"], normalizers.NFC(), gpt2(), False),
    "digits": (["smollm", "starcoder", "refact", "minerva-7b"], None, pre_tokenizers.Sequence([digits(), gpt2()]), False),
    "command_r": (["command-r"], normalizers.NFC(), pre_tokenizers.Sequence([digits(), gpt2()]), False),
    "llama3": (["llama-bpe", "llama3", "llama-v3", "falcon3"], None, sequence(LLAMA3), True),
    "glm4": (["glm4", "chatglm-bpe", "smaug-bpe"], None, sequence(LLAMA3), False),
    "qwen2": (["qwen2", "deepseek-r1-qwen"], normalizers.NFC(), sequence(LLAMA3.replace("{1,3}", "")), False),
    "qwen35": (["qwen35"], normalizers.NFC(), sequence(QWEN35), False),
    "deepseek_llm": (["deepseek-llm"], None, sequence("[\r\n]", r"\s?[" + LETTERS + "]+", "\\s?[!-/:-~\uff01-\uff0f\uff1a-\uff5e\u2018-\u201f\u3000-\u3002]+",
                                                      r"\s+$", CJK, then=[digits()]), False),
    "deepseek_coder": (["deepseek-coder"], None, sequence("[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", CJK, then=[digits()]), False),
    "deepseek_v3": (["deepseek-v3", "joyai-llm"], None, sequence(r"\p{N}{1,3}", "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+", DEEPSEEK), False),
    "tekken": (["tekken"], None, sequence(TEKKEN), True),
    "gpt4o": (["gpt-4o", "llama4"], None, sequence(GPT4O), False),
    "seed_coder": (["seed-coder"], None, sequence(SEED), False),
    "falcon": (["falcon"], None, pre_tokenizers.Sequence([pre_tokenizers.Punctuation("contiguous"), gpt2(), pre_tokenizers.Digits(individual_digits=False), split("[0-9][0-9][0-9]")]), False),
}
MORE = [" McDonald", "XMLHttp", "\u03a9\u03bc\u03ad\u03b3\u03b1", "\u212a", "\u2126", "\u10d0\u10d1", "\ud55c\uad6d\uc5b4", "\u13a0", "\u17e1\u17e2", "\u00bd", "\u00bd34", "\u043c\u0438\u0440", "\uff13",
        "\uff0f", "/\n", "!abc", " (foo)", "\u0928\u092e\u0938\u094d\u0924\u0947", "   ", "don't", "I'LL", "x\u00b2y", "3.14159", "12,345", "\u2018q\u2019", "\u3002", "\u01c5", "\u02b0", "\u01bb", "\r", "\t\t", "\u00e5A\u030a"]

if __name__ == "__main__":
    source, out = map(pathlib.Path, sys.argv[1:3])
    texts = [f.read_text() for f in sorted(source.rglob("*")) if f.suffix in (".md", ".h", ".cpp") and ".git" not in f.parts and "build" not in f.parts][:300]
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(r"(?m:.{1,24})"), "isolated"), byte_level()])
    # What the texts below are made of is worth merging too.
    chooses = random.Random(20261130)
    made = ["".join(chooses.choice(ATOMS + MORE) for _ in range(chooses.randint(1, 14))) for _ in range(3000)]
    trained.train_from_iterator(texts + made * 3, trainers.BpeTrainer(vocab_size=1500, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    model = json.loads(trained.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    merges = [tuple(merge) for merge in model["merges"]]
    # Tokens that no merge leads to: only who takes pieces that are tokens as they are finds them.
    for token in ("Hello", "\u0120McDonald", "XMLHttp"):
        model["vocab"][token] = len(tokens)
        tokens.append(token)
    samples = ["", " ", "Hello world", "XMLHttp", "Hello McDonald XMLHttp", " two  spaces\n\n\nlines\t", "ends in spaces   ", "line   \n   line", "a" * 100, "\n" * 20, "\x00\x01 nul"] + made[:170]
    rows = {}
    for name, (names, normaliser, splitter, ignores) in PIPELINES.items():
        tokenizer = Tokenizer(models.BPE(vocab=model["vocab"], merges=merges, ignore_merges=ignores))
        if normaliser: tokenizer.normalizer = normaliser
        tokenizer.pre_tokenizer, tokenizer.decoder = splitter, decoders.ByteLevel()
        rows[name] = {"names": names, "ids": [tokenizer.encode(text, add_special_tokens=False).ids for text in samples]}
    # How many texts tell each two apart.
    for one in rows:
        print(one, {other: sum(a != b for a, b in zip(rows[one]["ids"], rows[other]["ids"])) for other in rows if other != one})
    out.write_text(json.dumps({"tokens": tokens, "merges": [" ".join(merge) for merge in merges], "texts": samples, "pipelines": rows}, ensure_ascii=True, separators=(",", ":")))

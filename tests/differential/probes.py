"""Tokenizers that let every step be seen, for texts of every code point there is.

Vocabularies hide what normalisers and splitters do to rare characters. These do not: behind each
normaliser stands a token for each byte, behind each splitter one for a letter that begins a piece and
another for one that does not.
"""
import pathlib
import sys
import unicodedata

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "golden"))
import make_tokenizer_pipelines as golden

PLAIN = ["a", "1", " ", ".", "'", "s", "\n"]


def of_normaliser(normaliser):
    tokenizer = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(sorted(golden.ALPHABET))}, merges=[]))
    tokenizer.normalizer = normaliser
    tokenizer.pre_tokenizer = golden.byte_level()
    return tokenizer


def of_splitter(splitter):
    tokens = ["<unk>", *PLAIN, *("##" + c for c in PLAIN)]
    tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=[], unk_token="<unk>", continuing_subword_prefix="##"))
    tokenizer.pre_tokenizer = splitter
    return tokenizer


def normalisers(character_map):
    return {
        "NFC": normalizers.NFC(), "NFD": normalizers.NFD(), "NFKC": normalizers.NFKC(), "NFKD": normalizers.NFKD(), "Nmt": normalizers.Nmt(),
        "Lowercase": normalizers.Lowercase(), "StripAccents": normalizers.StripAccents(), "Strip": normalizers.Strip(),
        "BertNormalizer": normalizers.BertNormalizer(), "BertNormalizer, cased": normalizers.BertNormalizer(lowercase=False),
        "Replace \\s": normalizers.Replace(Regex(r"\s+"), "_"), "Precompiled": normalizers.Precompiled(character_map),
    }


def splitters():
    patterns = {"GPT-2": golden.GPT2, "Llama 3": golden.LLAMA3, "Qwen 2": golden.LLAMA3.replace("{1,3}", ""), "DeepSeek": golden.DEEPSEEK, "Tekken": golden.TEKKEN,
                "\\w": r"\w+", "\\p{P}": r"\s?\p{P}+"}
    return {
        "Whitespace": pre_tokenizers.Whitespace(), "WhitespaceSplit": pre_tokenizers.WhitespaceSplit(), "BertPreTokenizer": pre_tokenizers.BertPreTokenizer(),
        "Punctuation": pre_tokenizers.Punctuation(), "Digits": pre_tokenizers.Digits(individual_digits=True),
        **{name: golden.split(pattern) for name, pattern in patterns.items()},
    }


def probes(character_map):
    for name, normaliser in normalisers(character_map()).items():
        yield "normaliser " + name, lambda normaliser=normaliser: of_normaliser(normaliser)
    for name, splitter in splitters().items():
        yield "splitter " + name, lambda splitter=splitter: of_splitter(splitter)


def documents(name):
    """Each code point beside a letter, a digit, a space, a mark, a line end, itself, and combining marks.

    Splitters get those that are assigned: each package has tables of another version of Unicode, and
    ids of real vocabularies do not show it.
    """
    points = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    if name.startswith("splitter"): points = [c for c in points if unicodedata.category(chr(c)) != "Cn"]
    for begin in range(0, len(points), 512):
        yield "".join(f"a{c}a1{c}1 {c}.{c}{c}\n'{c} a\u0301{c}\u0323" for c in map(chr, points[begin:begin + 512])).encode()

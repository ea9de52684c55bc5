"""Ids where tokenizer_config.json names tokens beside tokenizer.json, from the reference package.

usage: make_configured_tokens.py OUT_FILE   (transformers, tokenizers)
How tokens that are sought in the normalised text are written again differs among the package's
versions, so those rows have ids only.
"""
import json, pathlib, sys, tempfile
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import AutoTokenizer


def made(normaliser):
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: i for i, letter in enumerate(alphabet)}
    vocabulary["\u0120a"], vocabulary["[IN]"] = 256, 257
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[("\u0120", "a")]))
    if normaliser: tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken("<s>", special=True)])
    return json.loads(tokenizer.to_str())


def token(text, **flags):
    return {"content": text, "lstrip": False, "normalized": False, "rstrip": False,
            "single_word": False, "special": True, **flags}


TEXTS = ["a<s>b <x> a<pad>[IN]q<extra>[UU]", "a <s> b", "A <X> <Extra>a<extra>", "no<x>no <x> no"]
CONFIGS = [
    {},
    {"added_tokens_decoder": {"258": token("<s>"), "259": token("<x>")}},
    {"added_tokens_decoder": {"258": token("<s>"), "400": token("<x>"), "300": token("<pad>")}},
    {"added_tokens_decoder": {"1000": token("<x>"), "999": token("<pad>"), "98": token("<extra>")}},
    {"added_tokens_decoder": {"257": token("[IN]")}},
    {"added_tokens_decoder": {"258": token("<s>", lstrip=True, rstrip=True)}},
    {"added_tokens_decoder": {"258": token("<s>", special=False, normalized=True)}},
    {"added_tokens_decoder": {"259": token("<x>", single_word=True)}},
    {"added_tokens_decoder": {"259": token("<X>", special=False, normalized=True)}},
    {"pad_token": "<pad>"},
    {"pad_token": {"__type": "AddedToken", **token("<pad>", lstrip=True)}},
    {"unk_token": "[IN]"},
    {"unk_token": "[UU]", "bos_token": "<s>"},
    {"additional_special_tokens": ["<extra>", "<x>"]},
    {"extra_special_tokens": ["<extra>", "<x>"]},
    {"extra_special_tokens": {"extra_token": "<extra>"}},
    {"mask_token": "[UU]", "pad_token": "<pad>", "eos_token": "<x>",
     "added_tokens_decoder": {"300": token("<extra>", special=False, normalized=True)}},
]
kinds = {"plain": made(False), "lower": made(True)}
rows = []
for kind, own in kinds.items():
    for config in CONFIGS:
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            (place / "tokenizer.json").write_text(json.dumps(own))
            (place / "tokenizer_config.json").write_text(
                json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", **config}))
            reference = AutoTokenizer.from_pretrained(folder)
            ids = [reference(text, add_special_tokens=False).input_ids for text in TEXTS]
            rows.append({"kind": kind, "config": config, "ids": ids})
            if '"normalized": true' not in json.dumps(config):
                rows[-1]["decoded"] = [reference.decode(one, skip_special_tokens=True) for one in ids]
pathlib.Path(sys.argv[1]).write_text(
    json.dumps({"tokenizers": kinds, "texts": TEXTS, "rows": rows}, separators=(",", ":")) + "\n")
print(len(rows), "rows")

"""Scores seeded pairs with bert-score on a tiny random encoder, and on MiniLM where it is given.

pip install bert-score==0.3.13 transformers tokenizers torch matplotlib pandas
usage: make_bert_score.py encoder FOLDER                      writes the encoder with its tokenizer
       make_bert_score.py pairs ENCODER COUNT SEED > FILE     (committed: bert_score.jsonl, 240 1;
                                                               bert_score_minilm.jsonl, 60 2)
A line is a pair: the answer, its references, and [precision, recall, F1] by the last layer ("last"),
by the first ("first"), with idf weights over all references of the file ("idf"), and rescaled by
the baseline of the first line ("rescaled"). The test reads the committed files; with
LOOM_METRICS_PYTHON set to a Python that has these packages it makes fresh pairs too. Tolerance 1e-5.
"""
import contextlib
import json
import math
import os
import random
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
os.environ["TRANSFORMERS_VERBOSITY"] = "error"
import torch
from transformers import AutoConfig, AutoModel, AutoTokenizer, PreTrainedTokenizerBase

torch.set_num_threads(1)
WORDS = """the a ship ships passed at noon and keeper wrote its name names of in ledger lighthouse counted bright dark
harbour storm never always 12 47 1,000 well-known don't "quoted" (aside) U.S. 3.14 Kids RUNNING naïve café""".split()
OTHER = ["城市", "里的", "蓝色", "灯塔", "，", "。", "привет", "мир", "Корабль", "маяк", "🙂", "👩‍🚀", "—", "½", "日本語", "かな", "☃"]
GAPS = [" "] * 12 + ["  ", "\n", "\t", ". ", ", ", "-", "\u3000", ""]
BASELINE = [0.31, 0.29, 0.3]


def write_encoder(folder):
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    os.makedirs(folder, exist_ok=True)
    letters = sorted({c for word in WORDS + OTHER for c in word.lower()} | set("abcdefghijklmnopqrstuvwxyz0123456789"))
    pieces = [word for word in WORDS if word.isalpha() and word.islower() and word.isascii()][::2]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + letters + ["##" + c for c in letters] + pieces
    vocabulary = list(dict.fromkeys(word for word in vocabulary if word not in ("☃", "½")))
    made = Tokenizer(models.WordPiece({word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    made.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    made.save(os.path.join(folder, "tokenizer.json"))
    with open(os.path.join(folder, "tokenizer_config.json"), "w") as out:
        json.dump({"tokenizer_class": "PreTrainedTokenizerFast", "cls_token": "[CLS]", "sep_token": "[SEP]",
                   "unk_token": "[UNK]", "pad_token": "[PAD]", "model_max_length": 64}, out)
    torch.manual_seed(7)
    config = AutoConfig.for_model("bert", vocab_size=len(vocabulary), hidden_size=24, intermediate_size=48,
                                  num_hidden_layers=2, num_attention_heads=2, max_position_embeddings=64)
    model = AutoModel.from_config(config, dtype=torch.float32, attn_implementation="eager").eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.3 + (1.0 if name.endswith("LayerNorm.weight") else 0.0))
    model.save_pretrained(folder)


def text(rng, words):
    pool = WORDS if rng.random() < 0.5 else WORDS + OTHER * 3
    return "".join(rng.choice(pool) + rng.choice(GAPS) for _ in range(words))


def changed(rng, base):
    words = base.split(" ")
    for _ in range(rng.randrange(1 + len(words) // 2)):
        at = rng.randrange(len(words))
        words[at] = rng.choice([words[at], "", rng.choice(WORDS + OTHER), words[at] + " " + words[at]])
    return " ".join(words)


def make_pairs(count, seed):
    rng = random.Random(seed)
    pairs = []
    for i in range(count):
        size = rng.choice([0, 1, 1, 2, 5, 9, 14])
        if i % 40 == 20:
            size = 150  # longer than the window
        answer = [text(rng, size), "", " \n ", "the [SEP]", "the"][0 if i % 12 else rng.randrange(5)]
        references = [changed(rng, answer) if rng.random() < 0.6 else text(rng, rng.choice([0, 1, 6, 12]))
                      for _ in range(rng.choice([1, 1, 1, 2, 3]))]
        pairs.append((answer, references))
    if count >= 1000:  # a megabyte, of which the window takes the beginning
        pairs += [("the ship passed 城市 " * 50000, ["the ships"]), ("the ships", ["маяк 🙂 noon " * 50000])]
    return pairs


def score(encoder, layers, pairs, **settings):
    from bert_score import score as bert_score
    if not hasattr(PreTrainedTokenizerBase, "build_inputs_with_special_tokens"):  # newer transformers
        PreTrainedTokenizerBase.build_inputs_with_special_tokens = (
            lambda self, ids: [self.cls_token_id, *ids, self.sep_token_id])
    # A batch of one has no padding, which the package takes for tokens of similarity 0.
    with contextlib.redirect_stderr(open(os.devnull, "w")):
        found = bert_score([pair[0] for pair in pairs], [pair[1] for pair in pairs], model_type=encoder,
                           num_layers=layers, nthreads=0, batch_size=int(os.environ.get("BATCH", "1")), device="cpu",
                           use_fast_tokenizer=True, **settings)
    return [[None if math.isnan(numbers[i]) else round(float(numbers[i]), 7) for numbers in found]
            for i in range(len(pairs))]


def write_pairs(encoder, count, seed):
    pairs = make_pairs(count, seed)
    layers = AutoConfig.from_pretrained(encoder).num_hidden_layers
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as baseline:
        baseline.write("LAYER,P,R,F\n" + "".join(
            f"{i},{','.join(map(str, BASELINE))}\n" for i in range(layers + 1)))
        baseline.flush()
        found = {"last": score(encoder, layers, pairs), "first": score(encoder, 1, pairs),
                 "idf": score(encoder, layers, pairs, idf=True),
                 "rescaled": score(encoder, layers, pairs, lang="en", rescale_with_baseline=True,
                                   baseline_path=baseline.name)}
    print(json.dumps({"baseline": BASELINE}))
    for i, (answer, references) in enumerate(pairs):
        numbers = {name: values[i] for name, values in found.items()}
        print(json.dumps({"answer": answer, "references": references, **numbers}, ensure_ascii=False,
                         separators=(",", ":")))


if sys.argv[1] == "encoder":
    write_encoder(sys.argv[2])
else:
    write_pairs(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

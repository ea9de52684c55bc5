"""Scores seeded pairs of texts with the reference packages, one JSON line a pair.

pip install rouge==1.0.1 rouge-score==0.1.2 python-Levenshtein==0.27.5 rapidfuzz fuzzywuzzy==0.18.0
usage: make_text_metrics.py COUNT SEED > text_metrics.jsonl     (committed: 300 1)
Behind the seeded pairs stand those of a megabyte (long_texts.py). The test reads the committed file; with LOOM_METRICS_PYTHON set to a Python that has these packages
it runs this script for 10,000 pairs and compares those too. Tolerance: 1e-9.
"""
import collections
import difflib
import json
import logging
import random
import re
import string
import sys

logging.disable(logging.CRITICAL)
import Levenshtein
import rapidfuzz
from fuzzywuzzy import fuzz
from long_texts import long_pairs, whole
from nltk.stem.porter import PorterStemmer
from rouge import Rouge
from rouge_score import rouge_scorer

LATIN = """the a an of and to in model models running ran relational conditional hopefulness skies
dying flies died generally radically happily geology agreed feed plastered motoring hopping falling
controlling activate adoption replacement electricity triplicate yellow enjoy syzygy toy by news
The A An THE don't e.g U.S 3.14 1,000 42 x y_z I İstanbul KELVIN naïve""".split()
OTHER = ["城市", "里的", "蓝色", "灯", "《书》", "，", "。", "привет", "мир", "ЁЛКА", "ΟΔΟΣ", "🙂", "👩‍🚀",
         "é", "—", "“a”", "½", "日本語", "한국"]
SEPARATORS = [" "] * 12 + ["  ", "\n", "\t", ". ", ". ", ".", " .", "\u3000", "\x1c", "\u2028", ".\n"]


def text(random, words):
    pool = LATIN if random.random() < 0.6 else LATIN + OTHER * 3
    return "".join(random.choice(pool) + random.choice(SEPARATORS) for _ in range(words))


def changed(random, base):
    letters = list(base)
    for _ in range(random.randrange(1 + len(letters) // 8)):
        at = random.randrange(len(letters) or 1)
        letters[at:at + random.randrange(4)] = random.choice(["", "q", ".", " the ", "灯"])
    return "".join(letters)


def pair(random, number):
    fixed = [("", ""), ("", "a b"), ("...", "a."), ("the", "a"), (" ", " "), ("x", "x"), (". .", "."),
             ("灯", "灯"), ("\n", ".\n"), ("🙂", "🙂🙂")]
    if number < len(fixed):
        return fixed[number]
    size = random.choice([1, 2, 5, 12, 12, 30, 30, 80])
    if number % 500 == 499:
        size = 400
    base = text(random, size)
    if random.random() < 0.5:
        return changed(random, base), base
    return text(random, random.choice([1, 5, 12, 30, size])), base


def normal(value):
    value = "".join(c for c in value.lower() if c not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", value).split())


def f1(left, right):
    same = sum((collections.Counter(left) & collections.Counter(right)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(left), same / len(right)
    return 2 * precision * recall / (precision + recall)


def set_rouge(answer, reference):
    try:
        scores = Rouge().get_scores([answer], [reference], avg=True)
    except (ValueError, RecursionError):
        return None
    return [scores[name][part] for name in ("rouge-1", "rouge-2", "rouge-l") for part in "prf"]


def fuzz_ratio(matcher, answer, reference):
    """fuzzywuzzy takes python-Levenshtein's matcher where that is installed, else difflib's."""
    fuzz.SequenceMatcher = matcher
    return fuzz.ratio(answer, reference)


def code_line(answer):
    lines = answer.lstrip("\n").split("\n")
    return next((line for line in lines if not any(mark in line for mark in ("`", "#", "//"))), "")


def length_score(answer, asked):
    written = len(re.findall("[\u4e00-\u9fff]", answer)) + len(re.findall(r"\b[a-zA-Z]+\b", answer))
    if written == 0:
        return 0.0
    return max(0.0, 1 - (written / asked - 1) / 3 if written > asked else 1 - (asked / written - 1) / 2)


def count_rouge(answer, reference, stem):
    kinds = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    scores = rouge_scorer.RougeScorer(kinds, use_stemmer=stem).score(reference, answer)
    return [value for kind in kinds for value in scores[kind]]


def scored(answer, reference, stemmer, seeded):
    short, matcher = normal(answer), difflib.SequenceMatcher
    words = re.findall("[a-z]+", answer[:2000].lower())
    return {
        "normal": short if seeded else None,
        "f1": f1(short.split(), normal(reference).split()),
        "set_rouge": set_rouge(answer, reference),
        "count_rouge": count_rouge(answer, reference, False),
        "stemmed_rouge": count_rouge(answer, reference, True),
        "stems": [[word, stemmer.stem(word)] for word in words[:3]],
        "difflib": matcher(None, answer, reference).ratio(),
        "indel": Levenshtein.ratio(answer, reference),
        "rapidfuzz": rapidfuzz.fuzz.ratio(answer, reference) / 100,
        "fuzz": fuzz_ratio(matcher, answer, reference),
        "fuzz_levenshtein": fuzz_ratio(LEVENSHTEIN, answer, reference),
        "code": fuzz_ratio(matcher, code_line(answer), reference) / 100,
        "length": length_score(answer, 20),
        "distance": Levenshtein.distance(answer, reference)}


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    sys.setrecursionlimit(20000)
    stemmer = PorterStemmer()
    for number in range(count):
        answer, reference = pair(rng, number)
        print(json.dumps({"answer": answer, "reference": reference,
                          **scored(answer, reference, stemmer, True)}, ensure_ascii=False))
    for answer, reference in long_pairs():
        print(json.dumps({"answer": answer, "reference": reference,
                          **scored(whole(answer), whole(reference), stemmer, False)}, ensure_ascii=False))


LEVENSHTEIN = fuzz.SequenceMatcher
main()

"""Scores seeded pairs with nltk's BLEU and METEOR, sacrebleu, scipy, scikit-learn and numpy, one JSON line a pair.

pip install nltk==3.10.4 sacrebleu==2.6.0 scipy scikit-learn; apt-get install wordnet-base
usage: make_translation_metrics.py COUNT SEED > translation_metrics.jsonl     (committed: 300 1)
Behind the seeded pairs stand those of a megabyte (long_texts.py). The test reads the committed file; with LOOM_METRICS_PYTHON set to a Python that has these packages
it runs this script for 10,000 pairs and compares those too. Tolerance: 1e-9.
"""
import json
import logging
import os
import random
import shutil
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
import nltk
import numpy
from long_texts import long_pairs, whole
from nltk.corpus.reader.wordnet import WordNetCorpusReader
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from nltk.translate.meteor_score import single_meteor_score
from sacrebleu.metrics import BLEU
from scipy.stats import spearmanr
from sklearn.metrics import f1_score

LATIN = """The the a of car automobile autos big large larger quick fast running ran run city cities
town children child kid kids begin began start mice mouse rodents better good well glad happier happy
purchase bought buy 3.14 1,000 well-known 2024-05 U.S. e.g. "quoted" (aside) don't x_y A/B 50% C++
&quot;so&quot; &amp; <skipped> afraid men leaves wolves boxes buses studying studies geese ice_cream
naïve cafés ёжed éed Kids RUNNING""".split()
OTHER = ["城市", "里的", "蓝色", "灯", "，", "。", "привет", "мир", "🙂", "👩‍🚀", "é", "—", "½", "日本語", "ｱ", "☃", "⺀"]
GAPS = [" "] * 12 + ["  ", "\n", "\t", ". ", ", ", ".", ",", "-", "-\n", "! ", "\u3000"]
WEIGHTS = [(0.25, 0.25, 0.25, 0.25), (1, 0, 0, 0), (0, 0, 0, 1), (0.5, 0.5)]
KINDS = [("13a", "exp", True, False), ("13a", "none", False, True), ("13a", "floor", True, False),
         ("13a", "add-k", False, False), ("zh", "exp", True, False), ("char", "exp", True, True),
         ("none", "exp", False, False)]


def word_net():
    """Debian's files; nltk wants a list of lexicographers' names beside them."""
    folder = tempfile.mkdtemp()
    for name in os.listdir("/usr/share/wordnet"):
        if os.path.isfile(os.path.join("/usr/share/wordnet", name)):
            shutil.copy(os.path.join("/usr/share/wordnet", name), folder)
    with open(os.path.join(folder, "lexnames"), "w") as out:
        out.writelines(f"{i:02d}\tname{i}\t1\n" for i in range(45))
    nltk.data.path.append(folder)
    WordNetCorpusReader.map_wn = lambda *_: None
    return WordNetCorpusReader(folder, None), folder


def text(rng, words):
    pool = LATIN if rng.random() < 0.6 else LATIN + OTHER * 3
    return "".join(rng.choice(pool) + rng.choice(GAPS) for _ in range(words))


def changed(rng, base):
    words = base.split(" ")
    for _ in range(rng.randrange(1 + len(words) // 2)):
        at = rng.randrange(len(words))
        words[at:at + rng.randrange(2)] = [rng.choice(LATIN)]
    return " ".join(words)


def pair(rng, number):
    fixed = [("", [""]), ("", ["a b"]), ("a b", [""]), ("car", ["automobile"]), (" ", [" "]),
             ("x", ["x"]), ("灯", ["灯"]), ("the cat sat", ["the cat sat on", "the cat"]), (".", ["."])]
    if number < len(fixed):
        return fixed[number]
    size = 400 if number % 500 == 499 else rng.choice([1, 2, 3, 5, 12, 12, 30, 60])
    base = text(rng, size)
    answer = changed(rng, base) if rng.random() < 0.7 else text(rng, rng.choice([1, 5, 12, 30]))
    references = [base] + [changed(rng, base) for _ in range(rng.choice([0, 0, 1, 2]))]
    return answer, references


def sacre(answer, references):
    values = []
    for tokens, smoothing, effective, lower in KINDS:
        bleu = BLEU(tokenize=tokens, smooth_method=smoothing, effective_order=effective, lowercase=lower)
        values.append(bleu.sentence_score(answer, references).score / 100)
    return values


def pass_at_k(tries, passed, k):
    """As HumanEval's evaluation computes it (Chen et al. 2021, figure 3)."""
    if tries - passed < k:
        return 1.0
    return float(1 - numpy.prod(1 - k / numpy.arange(tries - passed + 1, tries + 1)))


def ordered_pairs(order):
    return {(a, b) for i, a in enumerate(order) for b in order[i + 1:]}


def ranked(rng):
    left = [rng.randrange(6) for _ in range(rng.randrange(2, 9))]
    right = [rng.randrange(6) for _ in left]
    rank = spearmanr(left, right).statistic
    return {"left": left, "right": right, "spearman": None if rank != rank else float(rank)}


def numbers(seed):
    """More that is compared without texts, of another seed for every pair."""
    rng = random.Random(seed)
    tries = rng.randrange(1, 200)
    passed, k = rng.randrange(tries + 1), rng.randrange(1, tries + 1)
    gold = rng.sample(range(8), rng.randrange(2, 8))
    said = rng.sample(gold, len(gold)) if rng.random() < 0.6 else [rng.randrange(8) for _ in gold]
    same = len(ordered_pairs(gold) & ordered_pairs(said)) / len(ordered_pairs(gold))
    truths = [[rng.random() < 0.5, rng.random() < 0.5] for _ in range(rng.randrange(1, 12))]
    positive = f1_score(*zip(*truths), zero_division=0)
    a, b = rng.random(), rng.random()
    return {"tries": [tries, passed, k], "pass_at_k": pass_at_k(tries, passed, k),
            "gold": gold, "said": said, "concordance": same,
            "truths": truths, "yes_f1": float(positive),
            "shares": [a, b], "exponential": 2 ** (-10 * abs(a - b))}


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    words, folder = word_net()
    one_tenth = SmoothingFunction().method1

    def show(number, answer, references, answer_text, texts):
        ours, theirs = answer_text.split(), [text.split() for text in texts]
        nltk_bleu = [sentence_bleu(theirs, ours, weights) for weights in WEIGHTS]
        nltk_bleu += [sentence_bleu(theirs, ours, smoothing_function=one_tenth)]
        print(json.dumps({
            "answer": answer, "references": references, "nltk": nltk_bleu,
            "sacre": sacre(answer_text, texts),
            "meteor": single_meteor_score(theirs[0], ours, wordnet=words),
            **ranked(rng), **numbers(seed * 1_000_003 + number)}, ensure_ascii=False))

    for number in range(count):
        answer, references = pair(rng, number)
        show(number, answer, references, answer, references)
    for number, (answer, reference) in enumerate(long_pairs(), count):
        show(number, answer, [reference], whole(answer), [whole(reference)])
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

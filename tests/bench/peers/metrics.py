"""The metrics beside the Python packages that benchmarks score with, one core, same pairs.

    pip install rouge-score nltk==3.10.4 sacrebleu==2.6.0 jieba==0.42.1 scipy scikit-learn; apt-get install wordnet-base
    python tests/bench/peers/metrics.py build/release/bench/metrics_bench

Prints pairs a second of both, both on the same core, their ratio, and the mean score of both, which has to
be the same; then how long 100,000 stored predictions take on all cores. Ends with 1 where a ratio, a mean or
a time misses what is aimed at.
"""
import json
import logging
import os
import random
import re
import string
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

PAIRS, WORDS = 400, 150
LEAST_RATIO, MOST_SECONDS, SAME_MEAN, STORED_TASKS = 20, 30, 1e-6, 4
sys.path.insert(0, str(Path(__file__).parents[2] / "golden/metrics"))
logging.disable(logging.CRITICAL)

import jieba
import nltk
from make_translation_metrics import word_net
from nltk.translate.bleu_score import sentence_bleu
from nltk.translate.meteor_score import single_meteor_score
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU

# Words as often as texts use them, so that long tails cost what they cost there.
ESSAYS = Path(__file__).parents[3] / "resources/data/house_essays.json"


def text_of(value):
    if isinstance(value, str):
        return value + " "
    return "".join(text_of(v) for v in (value.values() if isinstance(value, dict) else value)
                   if isinstance(v, (str, list, dict)))


def make_pairs():
    rng = random.Random(5)
    english = text_of(json.loads(ESSAYS.read_text(encoding="utf-8"))).split()
    jieba.initialize()
    common = [(word, n) for word, n in jieba.dt.FREQ.items() if n > 500]
    chinese_words, weights = zip(*common)
    pairs = []
    for _ in range(PAIRS):
        begin = rng.randrange(len(english) - WORDS)
        words = english[begin:begin + WORDS]
        other = [w if rng.random() < 0.6 else rng.choice(english) for w in words]
        written = rng.choices(chinese_words, weights, k=WORDS)
        changed = [w if rng.random() < 0.6 else rng.choices(chinese_words, weights)[0]
                   for w in written]
        pairs.append({"answer": " ".join(other), "reference": " ".join(words),
                      "answer_zh": "".join(changed), "reference_zh": "".join(written)})
    return pairs


def normal(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split()).split()


def bag_f1(answer, reference):
    same = sum((Counter(answer) & Counter(reference)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(answer), same / len(reference)
    return 2 * precision * recall / (precision + recall)


# As LongBench writes it: the set is made for every word.
CHINESE_MARKS = ("！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃》「」『』【】〔〕〖〗〘〙〚〛〜〝〞"
                 "〟〰〾〿–—‘’‛“”„‟…‧﹏.")


def chinese_normal(word):
    deleted = set(string.punctuation + CHINESE_MARKS)
    return "".join("".join(c for c in word.lower() if c not in deleted).split())


def chinese(text):
    return [w for w in map(chinese_normal, jieba.cut(text, cut_all=False)) if w]


def scorers():
    words, _ = word_net()
    rouge_l = rouge_scorer.RougeScorer(["rougeL"])
    rouge_lsum = rouge_scorer.RougeScorer(["rougeLsum"])
    bleu = BLEU(effective_order=True)
    return {
        "rouge_l": lambda p: rouge_l.score(p["reference"], p["answer"])["rougeL"].fmeasure,
        "rouge_lsum": lambda p: rouge_lsum.score(p["reference"], p["answer"])["rougeLsum"].fmeasure,
        "meteor": lambda p: single_meteor_score(p["reference"].split(), p["answer"].split(),
                                                wordnet=words),
        "bleu_nltk": lambda p: sentence_bleu([p["reference"].split()], p["answer"].split()),
        "sacrebleu": lambda p: bleu.sentence_score(p["answer"], [p["reference"]]).score / 100,
        "token_f1": lambda p: bag_f1(normal(p["answer"]), normal(p["reference"])),
        "jieba": lambda p: float(len(list(jieba.cut(p["reference_zh"], cut_all=False)))),
        "f1_zh": lambda p: bag_f1(chinese(p["answer_zh"]), chinese(p["reference_zh"])),
    }


def measure(score, pairs):
    """Once: the packages remember texts that they have seen."""
    start = time.perf_counter()
    total = sum(score(pair) for pair in pairs)
    return len(pairs) / (time.perf_counter() - start), total / len(pairs)


def ours(file, part):
    return subprocess.run([sys.argv[1], file, part], check=True, capture_output=True, text=True).stdout


def on_one_core(file):
    """Pairs a second and mean of each metric here; the child and the packages share the core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return {m[0]: (float(m[1]), float(m[2])) for m in
            re.findall(r"^(\w+) +([\d.]+) pairs/s +mean ([\d.]+)", ours(file, "pairs"), re.M)}


def main():
    missed = []
    pairs = make_pairs()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as out:
        out.writelines(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
    stored = ours(out.name, "stored")  # first, while all cores may be used
    rates = on_one_core(out.name)
    os.unlink(out.name)
    jieba.lcut("准备")
    print(f"{'':12} {'package':>10} {'here':>12} {'ratio':>8}   means")
    for name, score in scorers().items():
        if name not in rates:
            missed.append(f"{name} is not available here")
            continue
        rate, mean = measure(score, pairs)
        here, our_mean = rates[name]
        print(f"{name:12} {rate:10.1f} {here:12.1f} {here / rate:7.1f}x   {mean:.6f} {our_mean:.6f}")
        if here < LEAST_RATIO * rate:
            missed.append(f"{name} is {here / rate:.1f} times as fast; {LEAST_RATIO} are aimed at")
        if abs(mean - our_mean) > SAME_MEAN:
            missed.append(f"{name} has another mean than the package")
    print(stored, end="")
    tasks = re.findall(r"predictions of (\S+): ([\d.]+) s, score (\S+)", stored)
    if len(tasks) < STORED_TASKS:
        missed.append(f"predictions of {len(tasks)} tasks were scored and not of {STORED_TASKS}")
    for label, seconds, value in tasks:
        if float(seconds) > MOST_SECONDS or float(value) < 0:
            missed.append(f"{label}: {seconds} s for 100,000 predictions, score {value}")
    print("\n".join(missed) or "all as aimed at")
    return 1 if missed else 0


sys.exit(main())

"""Cuts seeded Chinese texts with jieba 0.42.1 and scores the pairs, one JSON line a pair.

pip install jieba==0.42.1 rouge==1.0.1
usage: make_chinese_metrics.py COUNT SEED > chinese_metrics.jsonl     (committed: 300 1)
Behind the seeded pairs stand those of a megabyte. The test reads the committed file; with
LOOM_METRICS_PYTHON set it runs this script for 10,000 pairs.
"""
import collections
import json
import logging
import random
import string
import sys

import jieba
import long_texts
from long_texts import long, whole
from rouge import Rouge

jieba.setLogLevel(logging.ERROR)
sys.setrecursionlimit(20000)
PIECES = """今天下午 我们 在 图书馆 里 读 一本 蓝色的书 研究生命起源 中华人民共和国 北京大学生 前来应聘
南京市长江大桥 他说的确实在理 乒乓球拍卖完了 小明硕士毕业于 中国科学院计算所 结婚的和尚未结婚的 石墨烯
工信处女干事 每月经过下属科室 长春市长春节讲话 王二麻子 张晓梅去人民医院做了个B超 龘靐齉 朕 的 了 是 不
卡拉OK c++ C# AT&T 3.14% 50% 2024年 v1.2.3 a-b x_y hello world iPhone13 U.S. 100.5.6 日本語 한국어 ёлка 🙂 é""".split()
MARKS = list("，。！？；：、《》（）“”…—.,!? \n\t%-_#&+") + ["\r\n", "\u3000", "  "]
CHINESE = ("！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃》「」『』【】〔〕〖〗〘〙〚〛〜〝〞"
           "〟〰〾〿–—‘’‛“”„‟…‧﹏.")
DELETED = set(string.punctuation) | set(CHINESE)


def text(rng, pieces):
    parts = []
    for _ in range(pieces):
        kind = rng.random()
        if kind < 0.65:
            parts.append(rng.choice(PIECES))
        elif kind < 0.8:
            parts.append(rng.choice(MARKS))
        else:
            parts.append("".join(chr(rng.randrange(0x4E00, 0x9FFF)) for _ in range(rng.randrange(1, 5))))
    return "".join(parts)


def pair(rng, number):
    fixed = [("", ""), ("", "书"), ("书", "书"), ("。", "。"), (".", "书"), ("A", "A"), ("\r\n", "\n")]
    if number < len(fixed):
        return fixed[number]
    base = text(rng, 600 if number % 500 == 499 else rng.choice([1, 2, 6, 15, 40]))
    if rng.random() < 0.5:
        letters = list(base)
        for _ in range(1 + len(letters) // 10):
            letters[rng.randrange(len(letters) or 1):][:1] = []
            letters.insert(rng.randrange(len(letters) + 1), rng.choice(["的", "，", "7", "."]))
        return "".join(letters), base
    return text(rng, rng.choice([1, 6, 15])), base


def normal(words):
    cleaned = ("".join("".join(c for c in word.lower() if c not in DELETED).split()) for word in words)
    return [word for word in cleaned if word]


def f1(left, right):
    same = sum((collections.Counter(left) & collections.Counter(right)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(left), same / len(right)
    return 2 * precision * recall / (precision + recall)


def rouge(left, right):
    try:
        return Rouge().get_scores([" ".join(left)], [" ".join(right)], avg=True)["rouge-l"]["f"]
    except (ValueError, RecursionError):
        return 0.0


def long_words(text):
    """The words of the piece as often as it stands there; cut as a whole all the same."""
    if not isinstance(text, dict):
        return jieba.lcut(text)
    words = jieba.lcut(text["piece"])
    assert jieba.lcut(whole(text)) == words * text["times"]
    return {"piece": words, "times": text["times"]}


def show(words, reference, left, right):
    print(json.dumps({"words": words, "reference": reference, "f1": f1(normal(left), normal(right)),
                      "rouge": rouge(left, right)}, ensure_ascii=False))


rng = random.Random(int(sys.argv[2]))
for number in range(int(sys.argv[1])):
    answer, reference = pair(rng, number)
    left, right = jieba.lcut(answer), jieba.lcut(reference)
    show(left, right, left, right)
for answer, reference in [(long(long_texts.CHINESE), "我们读书"), ("我们读书", long(long_texts.CHINESE)),
                          (long(long_texts.CYRILLIC), "прошёл"), (long("🙂。\n"), "🙂")]:
    left, right = long_words(answer), long_words(reference)
    show(left, right, whole(left), whole(right))

"""Scores hard answers by each metric's rule, written here once more, and by the packages that the rules name.

pip install jieba==0.42.1 rouge==1.0.1 rouge-score nltk==3.10.4; apt-get install wordnet-base
usage: make_hard_answers.py > hard_answers.json
Wrong case, several answers, reasoning first, thoughts, other languages, refusals, nothing, broken off. -1: no score.
"""
import collections
import difflib
import json
import logging
import os
import re
import shutil
import string
import sys
import tempfile
import unicodedata

import jieba
import nltk
from nltk.corpus.reader.wordnet import WordNetCorpusReader
from nltk.translate.bleu_score import sentence_bleu
from nltk.translate.meteor_score import single_meteor_score
from rouge import Rouge
from rouge_score import rouge_scorer

jieba.setLogLevel(logging.ERROR)
CHINESE = ("！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃》「」『』【】〔〕〖〗〘〙〚〛〜〝〞"
           "〟〰〾〿–—‘’‛“”„‟…‧﹏.")
DELETED = set(string.punctuation) | set(CHINESE)
# LV-Eval's words that say nothing.
SILENT = set("的 和 是 等 在 年 可以 为 与 ‰ 了 或 一种 月 c 至 日 有 进行 于 不 中 × 根据 小 由 亩 也 要 指 法 会 元 主要 "
             "以及 通过 首先 对 然后 号 以 所 后 丁 包括 无 将 用 能 形 方面 因素 位于 而 从 到 一定 用于 但 使用 让 具有 并 亿元 "
             "万元 上 类 基于 才 来 地 片 其他 个 或者 变得 时 给 你 使 条 受 已经 带 度".split())


def overlap(ours, theirs):
    same = sum((collections.Counter(ours) & collections.Counter(theirs)).values())
    return 2 * same / (len(ours) + len(theirs)) if same else 0.0


def recall(ours, theirs):
    return sum((collections.Counter(ours) & collections.Counter(theirs)).values()) / len(theirs)


def squad_words(text, articles=True):
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return (re.sub(r"\b(a|an|the)\b", " ", text) if articles else text).split()


def plain_zh(text):
    return "".join("".join(c for c in text.lower() if c not in DELETED).split())


def words_zh(text):
    return [word for word in map(plain_zh, jieba.cut(text)) if word]


def set_rouge(answer, gold, name="rouge-l", part="f"):
    try:
        return min(1.0, Rouge([name]).get_scores([answer], [gold], avg=True)[name][part])
    except (ValueError, RecursionError):
        return 0.0


def normal_words(text):
    """Words of letters, digits and marks; a Chinese character is a word."""
    words, word = [], ""
    for c in text.lower():
        if 0x4E00 <= ord(c) <= 0x9FFF:
            words += [word, c] if word else [c]
            word = ""
        elif unicodedata.category(c)[0] in "LNM":
            word += c
        else:
            words += [word] if word else []
            word = ""
    return words + ([word] if word else [])


def token_f1(answer, gold):
    return overlap(normal_words(answer.strip().split("\n")[0]), normal_words(gold))


def word_recall(answer, gold):
    wanted = set(normal_words(gold))
    return len(wanted & set(normal_words(answer))) / len(wanted)


def word_share(answer, gold):
    wanted = set(gold.lower().split())
    return round(len(wanted & set(answer.lower().split())) / len(wanted) * 100, 2) / 100


def keyword_f1_zh(answer, gold, keys=""):
    theirs = words_zh(keys or gold)
    held = collections.Counter(words_zh(answer)) & collections.Counter(theirs)
    if sum(count for word, count in held.items() if word not in SILENT) / len(theirs) < 0.4:
        return 0.0
    return overlap(words_zh(answer), words_zh(gold))


def telling_zh(text):
    twice = jieba.cut(" ".join(jieba.cut(text)))
    return " ".join(word for word in map(plain_zh, twice) if word not in SILENT)


def code_similarity(answer, gold):
    lines = answer.lstrip("\n").split("\n")
    line = next((one for one in lines if not any(mark in one for mark in ("`", "#", "//"))), "")
    if line == gold:
        return 1.0
    if not line or not gold:
        return 0.0
    return round(100 * difflib.SequenceMatcher(None, line, gold).ratio()) / 100


def without_citations(text):
    text = re.sub(r"\[\d+", "", re.sub(r" \[\d+", "", text))
    return text.replace(" |", "").replace("]", "")


def cited_line(answer):
    return without_citations(answer.strip().split("\n")[0])


def cited_qa(answer, gold):
    return overlap(squad_words(cited_line(answer)), squad_words(gold))


def cited_summary(answer, gold):
    text = answer.strip()
    if "summary" in text[:100].lower():
        if ":" not in text:
            return 0.0
        text = text[text.index(":") + 1:].strip()
    return set_rouge(without_citations(text.split("\n")[0]), gold)


def cited_needle(answer, gold):
    return set_rouge(cited_line(answer), gold, "rouge-1", "r")


def count_rouge(kind):
    scorer = rouge_scorer.RougeScorer([kind], use_stemmer=False)
    return lambda answer, gold: scorer.score(gold, answer)[kind].fmeasure


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


def text_measures(words):
    def score(answer, gold):
        answer = answer if answer.strip() else "None"
        ours, theirs = answer.split(), gold.split()
        parts = [sentence_bleu([theirs], ours, weights) for weights in ((1, 0, 0, 0), (0, 0, 0, 1))]
        parts += [set_rouge(answer, gold, name, "r") for name in ("rouge-1", "rouge-2", "rouge-l")]
        parts.append(single_meteor_score(list(dict.fromkeys(theirs)), list(dict.fromkeys(ours)), wordnet=words))
        return sum(parts) / len(parts)
    return score


ENGLISH = "The mill was built in 1902 by Ada Hill."
TO_ENGLISH = [
    "The mill was built in 1902 by Ada Hill.", "the mill was built in 1902 by ada hill", "BUILT IN 1902 BY ADA HILL",
    "1902", "Ada Hill", "1902 or 1903", "Let me think. The mill is old. It was built in 1902 by Ada Hill.",
    "<think>1903? No.</think> It was built in 1902.", "Мельница построена в 1902 году.", "磨坊建于1902年。",
    "I cannot answer that question.", "", "   \n", "...", "The mill was built in 19", "A. 1902\nB. 1903\nC. 1904",
    "1902\n\nThe mill was built in 1902 by Ada Hill.", "The mill, the mill, the mill, the mill", "built-in 1902",
    "Hill Ada by 1902 in built was mill The", "🙂 The mill was built in 1902 by Ada Hill. 🙂", "a an the",
    "The windmill was constructed in 1902 by A. Hill.", "Summary: the mill was built in 1902"]
NEEDLE = "eat a sandwich and sit in Dolores Park on a sunny day"
TO_NEEDLE = [
    "Eat a sandwich and sit in Dolores Park on a sunny day", "eat a sandwich and sit in dolores park on a sunny day.",
    "EAT A SANDWICH", "", "sandwich", "sandwich, sandwich", "Sandwiches", "Dolores-Park", "I do not know.",
    "I am sorry, I cannot say that in a few words", "<think>eat a sandwich</think> sit in the park", "吃三明治",
    "Съешь бутерброд в парке", "eat a sand", "on a day, in a park", "sunny Day\nPark", "eat\u00a0a sandwich",
    "Go to the beach, or eat a sandwich."]
LAMP = "the blue lamp"
TO_LAMP = [
    "the blue lamp", "The Blue Lamp.", "blue lamp", "lamp blue the", "", "\n", "red door", "the the the", "a blue lamp",
    "blue", "\nthe blue lamp", "the blue lamp\nAnd then the red door", "<think>blue</think> lamp", "голубая лампа",
    "蓝色的灯", "blue-lamp", "I do not know.", "bluelamp", "the blue la"]
CHINESE_GOLD = "公园建于一九〇二年，里面有池塘和鲤鱼"
TO_CHINESE = [
    "公园建于一九〇二年，里面有池塘和鲤鱼", "公园建于一九〇二年，里面有池塘和鲤鱼。", "公园", "池塘和鲤鱼", "鲤鱼和池塘", "",
    "，。", "不知道", "抱歉，我无法回答这个问题", "The park was laid out in 1902.", "Парк основан в 1902 году",
    "<think>公园</think>池塘和鲤鱼", "先想一想：公园里有池塘。所以公园建于一九〇二年", "公园建于一九〇二年\n问题：别的",
    "公园公园公园公园", "公园建于一九", "一九〇二", "公園建於一九〇二年", "和的有", "里面 有 池塘 和 鲤鱼"]
CODE = "return self.count + 1"
TO_CODE = [
    "return self.count + 1", "\n\nreturn self.count + 1\nx = 2", "```python\nreturn self.count + 1\n```",
    "# adds one\nreturn self.count + 1", "// adds one\nreturn self.count + 1", "return self.count+1",
    "Return Self.Count + 1", "RETURN SELF.COUNT + 1", "", "\n\n", "# only a comment", "I refuse to write code.",
    "返回计数", "верни счёт", "return self.co", "    return self.count + 1", "x = 1\nreturn self.count + 1", "```\n```",
    "<think>a</think>\nreturn self.count + 1", "return self.count + 1  # one more", "return self.count + 1" * 12]
CITED = [answer + mark for answer, mark in [
    ("The mill was built in 1902 by Ada Hill", " [1]."), ("The mill was built in 1902 by Ada Hill.", "[1][2][12]"),
    ("", "[1]"), ("1902 [3] by Ada Hill [4]", ""), ("THE MILL WAS BUILT IN 1902", " [1]\n[2] and more"), ("1902", " | [3]"),
    ("I cannot answer that [1].", ""), ("磨坊建于1902年[1]。", ""), ("Мельница [1] построена в 1902 году", ""),
    ("<think>1903 [1]</think> 1902", " [2]"), ("The mill [", "x]"), ("  \n\nThe mill was built in 1902 by Ada Hill", " [1]")]]
SUMMARIES = [
    "Here is a summary:\nThe mill was built in 1902 by Ada Hill [1].", "SUMMARY: The mill was built in 1902 [1][2]",
    "A summary of the mill without a colon", "Summary:", "Summary of all: the mill: built in 1902",
    "Here is what I found: the mill was built in 1902", "x" * 101 + " summary: the mill"]

HAND = [
    # Letters that stand alone; stated ones first.
    {"metric": "choice", "references": ["B"], "rows": [
        ["B", 1], ["b", -1], ["(B)", 1], ["B.", 1], ["Answer: B", 1], ["The answer is B, not C", 1], ["A or B", 0],
        ["I think A. The answer is B", 1], ["The answer is A. No, the answer is B", 1], ["ANSWER: B", 1],
        ["<think>A</think> B", 1], ["<think>B</think>", -1], ["", -1], ["None", -1], ["Both", -1], ["B1", -1],
        ["答案是B", 1], ["Ответ: В", -1], ["I refuse.", -1], ["A's fault: B", 1], ["AB", -1], ["C", 0]]},
    # Half for the words, half for the length, which falls to nothing at none and at twice as many.
    {"metric": "written_form", "references": ["mill", "pond"], "parameters": {"words": 4}, "rows": [
        ["the mill, the pond", 1], ["mill pond", 0.75], ["", 0], ["one two three four", 0.5], ["MILL POND HERE NOW", 1],
        ["mill", 0.375], ["mill mill mill mill", 0.75], ["a b c d e f g h", 0], ["mill pond a b c d e f", 0.5],
        ["mills ponds by here", 0.5], ["мельница и пруд", 0.375], ["磨坊池塘", 0.5], ["I am sorry", 0.375],
        ["<think> mill </think>", 0.625], ["mill-pond", 0.75], ["pond", 0.375], ["mill pon", 0.5]]},
    # The first percentage, else the first number; halved by every ten points it is off.
    {"metric": "exponential_similarity", "references": ["60%"], "rows": [
        ["60%", 1], ["60 %", 1], ["0.60", 2.0 ** -5.94], ["About 60 percent", 1], ["70% or 60%", 0.5], ["of 12 reviews 50%", 0.5],
        ["80", 0.25], ["40", 0.25], ["sixty", -1], ["", -1], ["六成", -1], ["I refuse", -1],
        ["<think>50%</think> 60%", 0.5], ["60", 1], ["шестьдесят: 60%", 1], ["6", 2.0 ** -5.4]]},
    {"metric": "rank_correlation", "references": ["1 2 3 4"], "rows": [
        ["1 2 3 4", 1], ["[1, 2, 3, 4]", 1], ["4 3 2 1", 0], ["1 2 4 3", 0.8], ["2 1 4 3", 0.6], ["1 2 3", 0],
        ["1 2 3 4 5", 0], ["", 0], ["first, second, third, fourth", 0], ["1 > 2 > 3 > 4", 1], ["10 20 30 40", 1],
        ["1 1 1 1", 0], ["I refuse", 0], ["一二三四", 0], ["order: 1,2,3,4.", 1], ["1234", 0]]},
]


def table(metric, gold, answers, rule, **more):
    return {"metric": metric, "references": [gold], **more, "rows": [[answer, rule(answer, gold)] for answer in answers]}


def main():
    words, folder = word_net()
    cited = {"qa": (cited_qa, TO_ENGLISH + CITED), "summary": (cited_summary, TO_ENGLISH + SUMMARIES),
             "needle": (cited_needle, TO_ENGLISH + CITED)}
    tables = HAND + [
        table("squad_f1", ENGLISH, TO_ENGLISH, lambda a, g: overlap(squad_words(a), squad_words(g))),
        table("squad_exact_match", "The Mill", ["the mill", "Mill!", "a mill", "", "mill\n", "the mill, I think", "MILL",
                                                "mills", "мельница", "磨坊", "I refuse", "<think>mill</think>", "mi",
                                                "mill mill", "the", "mill or pond"],
              lambda a, g: float(squad_words(a) == squad_words(g))),
        table("rouge", ENGLISH, TO_ENGLISH, set_rouge),
        table("rouge_score", ENGLISH, TO_ENGLISH, count_rouge("rougeL")),
        table("rouge_lsum", ENGLISH, TO_ENGLISH, count_rouge("rougeLsum")),
        table("word_recall", NEEDLE, TO_NEEDLE, word_recall),
        table("word_share", NEEDLE, TO_NEEDLE, word_share),
        table("token_f1", LAMP, TO_LAMP, token_f1),
        table("code_similarity", CODE, TO_CODE, code_similarity),
        table("f1_zh", CHINESE_GOLD, TO_CHINESE, lambda a, g: overlap(words_zh(a), words_zh(g))),
        table("rouge_l_zh", CHINESE_GOLD, TO_CHINESE,
              lambda a, g: set_rouge(" ".join(jieba.cut(a)), " ".join(jieba.cut(g)))),
        table("characters_f1_zh", CHINESE_GOLD, TO_CHINESE, lambda a, g: overlap(plain_zh(a), plain_zh(g))),
        table("keyword_f1_zh", CHINESE_GOLD, TO_CHINESE, lambda a, g: keyword_f1_zh(a, g, "池塘和鲤鱼"),
              record={"keywords": "池塘和鲤鱼"}),
        table("keyword_f1_zh", CHINESE_GOLD, TO_CHINESE, keyword_f1_zh, record={"keywords": ""}),
        table("telling_rouge_l_zh", CHINESE_GOLD, TO_CHINESE, lambda a, g: set_rouge(telling_zh(a), telling_zh(g))),
        table("text_measures", ENGLISH, TO_ENGLISH, text_measures(words)),
    ] + [table("cited_answer", ENGLISH, answers, rule, parameters={"kind": kind}) for kind, (rule, answers) in cited.items()]
    json.dump({"tables": tables}, sys.stdout, ensure_ascii=False, indent=1)
    print()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

"""Scores by the scorers of the package loom-scope 0.8, for the rule set loomscope-0.8.

    pip install --no-deps loom-scope==0.8; pip install jieba
    python make_loomscope_rules.py > loomscope_rules.json

The package's modules cannot be imported one by one (they load data and models); the functions asked
for are taken out of its files and run as they are.
"""
import ast
import json
import random
import re
import string
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(find_spec("benchmarks").submodule_search_locations[0])
ROWS = 120


def functions(file, **modules):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body
                 if isinstance(node, ast.FunctionDef)
                 or isinstance(node, ast.Assign) and isinstance(node.value, ast.List)]
    space = {"re": re, "string": string, "json": json, "Counter": Counter, **modules}
    exec(compile(tree, file, "exec"), space)
    return space


def answers(rng, words, most=12):
    for _ in range(ROWS):
        yield "".join(
            rng.choice(words) + rng.choice([" ", " ", "\n", ". ", ": ", ""])
            for _ in range(rng.randrange(most))
        )


def row(task, prediction, references, score, **metadata):
    return {"task": task, "prediction": prediction, "references": references,
            "metadata": metadata, "score": float(score)}


def infinitebench(rng):
    score = functions("Retrieve/InfiniteBench/utils/evaluation/metrics.py")
    words = ["A", "B", "C", "D", "J", "(B)", "B.", "é", "The answer is", "answer is:", "answer:",
             "Answer: C", "option is D", "parse_row", "load", "Option", "is:", "*", "-", "BC", "中"]
    for text in answers(rng, words):
        gold = ["parse_row", "B"]
        yield row("infinitebench/code_debug", text, gold,
                  score["get_score_one_code_debug"](text, gold, ""))
    for text in answers(rng, words + ["a red house"]):
        gold = ["a red house", "C"]
        yield row("infinitebench/longbook_choice_eng", text, gold,
                  score["get_score_one_longbook_choice_eng"](text, gold, ""))
    for text in answers(rng, ["Mary", "ANN", "anne", "JO", "joan", "marian", "x"], 4):
        gold = ["ANN", "JOAN"]
        yield row("infinitebench/longdialogue_qa_eng", text, gold[:1],
                  score["get_score_one_longdialogue_qa_eng"](text, gold, ""), answers=gold)
    for text in answers(rng, ["7", "7.5", "-7", "12", "none", "7,5", "0.25"], 4):
        for gold in ("7", "7.5", "0.25"):
            yield row("infinitebench/math_find", text, [gold],
                      score["get_score_one_math_find"](text, [gold], ""))


def nthread(rng):
    score = functions("Retrieve/NThread/utils/evaluation/eval.py")["score"]
    ids = ["%08x-%04x-%04x" % (rng.randrange(2**32), rng.randrange(2**16), rng.randrange(2**16))
           for _ in range(3)]
    for text in answers(rng, ids + ["the value", "none"], 6):
        yield row("nthread/single_needle", text, ids[:1], score(ids[0], text))
        yield row("nthread/multiple_needles", text, ids[:2], score(str(ids[:2]), text))


def ada_leval(rng):
    extract = functions("Reasoning/Ada_LEval/utils/evaluation/eval.py")["extract_textsort"]
    words = ["[1, 3, 2, 4]", "[1, 3]", "[]", "1", "3", "2", "4", "Answer:", "Answer: [1, 3, 2, 4]",
             "> ", "[1, 3, 2, 4, 5]", "[4, 3, 2, 1]"]
    for text in answers(rng, words, 6):
        yield row("ada_leval/textsort", text, ["1", "3", "2", "4"],
                  extract({"response": text}) == [1, 3, 2, 4])


def lveval(rng):
    import jieba

    jieba.setLogLevel(60)
    score = functions("Reasoning/LVEval/utils/evaluation/metrics.py", jieba=jieba)
    words = ["services", "to", "music", "the", "medicine", "and", "His", "islands,", "for"]
    golds = ["For his services to music.", "music and medicine"]
    for text in answers(rng, words):
        for keys in (None, "services to music"):
            best = max(score["qa_f1_score_with_gold_ans"](text, g, keys) for g in golds)
            more = {"gold_ans": keys} if keys else {}
            yield row("lveval/hotpotwikiqa_mixup", text, golds[:1], best, answers=golds,
                      keywords="medicine", **more)


def main():
    rng = random.Random(8)
    rows = [one for make in (infinitebench, nthread, ada_leval, lveval) for one in make(rng)]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in rows)
    sys.stdout.write('{"package": "loom-scope 0.8", "rows": [\n' + lines + "\n]}\n")


main()

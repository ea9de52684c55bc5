"""Makes resources/docs/metrics.md of what the metrics' tests printed.

usage: export LOOM_METRICS_PYTHON=PYTHON    one with the packages that the make_*_metrics.py name
       export QTEST_FUNCTION_TIMEOUT=7200000
       (for test in core.metrics.text_metrics_test core.metrics.chinese_metrics_test \\
          core.metrics.translation_metrics_test core.execution.bert_score_test
        do build/release/tests/$test 2>&1; done) | $LOOM_METRICS_PYTHON tests/golden/metrics/make_page.py \\
        > resources/docs/metrics.md
A measure that the table below does not name is an error, and so is one of fewer than 10,000 pairs.
"""
import re
import sys
from importlib.metadata import version

LEAST_PAIRS = 10_000
MEASURES = {  # name in the tests: (metric, its ids here, reference, the reference's packages)
    "f1": ("Token F1, SQuAD's normalisation", "squad_f1", "SQuAD's formula in Python", []),
    "rouge": ("ROUGE-1, 2, L on sets of words: precision, recall, F1", "rouge", "rouge", ["rouge"]),
    "rouge-score": ("ROUGE-1, 2, L, Lsum on counts: precision, recall, F1", "rouge_score, rouge_geometric, rouge_lsum",
                    "rouge-score", ["rouge-score"]),
    "rouge-score-stems": ("The same with Porter's stemmer", "rouge_score, rouge_lsum", "rouge-score",
                          ["rouge-score", "nltk"]),
    "difflib": ("Ratio of matching blocks", "code_similarity", "difflib of Python", []),
    "indel": ("Indel ratio", "code_similarity", "python-Levenshtein", ["Levenshtein"]),
    "rapidfuzz": ("fuzz.ratio", "code_similarity", "rapidfuzz", ["rapidfuzz"]),
    "fuzz": ("fuzz.ratio in whole per cent, difflib behind it", "code_similarity", "fuzzywuzzy", ["fuzzywuzzy"]),
    "fuzz-levenshtein": ("fuzz.ratio in whole per cent, python-Levenshtein behind it", "code_similarity", "fuzzywuzzy",
                         ["fuzzywuzzy", "Levenshtein"]),
    "code": ("Code similarity of the first line of code", "code_similarity", "fuzzywuzzy", ["fuzzywuzzy"]),
    "length": ("Length score", "length_score", "LongWriter's formula in Python", []),
    "distance": ("Levenshtein distance", "typo_lines, passage_similarity", "python-Levenshtein", ["Levenshtein"]),
    "jieba": ("Chinese words (0: the same words)", "f1_zh, rouge_l_zh", "jieba", ["jieba"]),
    "f1-zh": ("F1 of Chinese words", "f1_zh", "jieba and LongBench's formula", ["jieba"]),
    "rouge-l-zh": ("ROUGE-L of Chinese words", "rouge_l_zh", "jieba, rouge", ["jieba", "rouge"]),
    "nltk-bleu": ("BLEU, four weightings and a smoothed one", "bleu, text_measures", "nltk", ["nltk"]),
    "sacrebleu": ("BLEU, seven settings of tokens, smoothing, case and order", "sacrebleu", "sacrebleu", ["sacrebleu"]),
    "meteor": ("METEOR with WordNet", "meteor, text_measures", "nltk", ["nltk"]),
    "spearman": ("Spearman's rank correlation (pairs that have one)", "rank_correlation", "scipy", ["scipy"]),
    "pass-at-k": ("pass@k, unbiased", "pass_at_k", "HumanEval's formula with numpy", ["numpy"]),
    "concordance": ("Concordance of orders", "concordance", "BAMBOO's formula in Python", []),
    "yes-f1": ("F1 of the class yes over a task", "yes_f1", "scikit-learn", ["scikit-learn"]),
    "exponential": ("Exponential similarity", "exponential_similarity", "ZeroSCROLLS' formula in Python", []),
    "bert-score-last": ("BERTScore, last layer: precision, recall, F1", "bertscore", "bert-score", ["bert-score"]),
    "bert-score-first": ("BERTScore, first layer", "bertscore", "bert-score", ["bert-score"]),
    "bert-score-idf": ("BERTScore with idf weights", "bertscore", "bert-score", ["bert-score"]),
    "bert-score-rescaled": ("BERTScore rescaled by a baseline", "bertscore", "bert-score", ["bert-score"]),
}
NEVER_FOR_ALL = {"spearman"}  # has no value where one side is constant
LINE = re.compile(r"parity: (\S+) pairs (\d+) difference (\S+)")

found = {}
for name, pairs, difference in LINE.findall(sys.stdin.read()):
    if int(pairs) >= found.get(name, (0, ""))[0]:
        found[name] = (int(pairs), difference)
few = [name for name in MEASURES
       if found.get(name, (0, ""))[0] < LEAST_PAIRS and not (name in NEVER_FOR_ALL and name in found)]
if few or set(found) - set(MEASURES):
    sys.exit(f"too few pairs of {few}; not in the table: {set(found) - set(MEASURES)}")
print("""# Metrics beside their packages

Each row compares a metric with the package or formula that benchmarks score with, on seeded pairs of an answer and its references: empty texts, one word, Latin, Chinese, Cyrillic and other scripts, emoji, white space of every kind, and texts of a megabyte. **Difference** is the largest of any number of any pair; 1e-9 is allowed, for BERTScore, which computes in single precision, 1e-5.

Measured with:
```
export LOOM_METRICS_PYTHON=PYTHON QTEST_FUNCTION_TIMEOUT=7200000
(for test in core.metrics.text_metrics_test core.metrics.chinese_metrics_test \\
   core.metrics.translation_metrics_test core.execution.bert_score_test
 do build/release/tests/$test 2>&1; done) | $LOOM_METRICS_PYTHON tests/golden/metrics/make_page.py > resources/docs/metrics.md
```
The scripts that make the pairs are `tests/golden/metrics/make_*.py`; each names the packages it needs. Without a Python that has them the tests compare 300 stored pairs of each script (240 of BERTScore) and those of a megabyte. BERTScore is compared on a small random encoder, and on all-MiniLM-L6-v2 where it has been fetched.

| Metric | Here | Reference | Pairs | Difference |
|---|---|---|---:|---:|""")
for name, (metric, here, reference, packages) in MEASURES.items():
    pairs, difference = found[name]
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    print(f"| {metric} | {here} | {versions or reference} | {pairs:,} | {difference} |"
          if not reference.endswith("numpy") and "formula" not in reference or not versions
          else f"| {metric} | {here} | {reference} ({versions}) | {pairs:,} | {difference} |")
print("""
Exact and substring matches, accuracies, option letters and the other scorers of single benchmarks follow their rules, not a package; their tests (`core.metrics.*_scorers_test`) hold the hard answers of each. Perplexities of references are compared with transformers in `core.engine.likelihood_test`.""")

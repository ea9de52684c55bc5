#!/usr/bin/env python3
"""Writes resources/docs/benchmark-tasks.md from models-registry/benchmarks; --check says whether it is up to date."""
import json
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parent.parent
# Metrics that tests/core/metrics compares with the reference package over thousands of pairs, and those
# that it compares with the rule written once more in Python (tests/golden/metrics). The others follow the
# official rules and are tested answer by answer.
PACKAGE = {"rouge": "rouge", "rouge_l_zh": "rouge and jieba", "rouge_lsum": "rouge-score", "rouge_score": "rouge-score",
           "code_similarity": "difflib", "bleu": "nltk", "sacrebleu": "sacrebleu", "meteor": "nltk",
           "text_measures": "nltk and rouge, its parts"}
TWICE = {"squad_f1": "in Python", "f1_zh": "in Python, over jieba's words"}
# Tasks whose official records a test reads (tests/core/benchmarks over ../shared/data); of all others no record
# could be had, and their readers are tested on records of our own in the shape that the dossier describes.
SEEN = {
    "ada_leval": {"stackselect"},
    "bamboo": {"meetingqa", "paperqa", "altqa", "senhallu", "abshallu", "meetingpred", "showspred", "reportsumsort",
               "showssort", "private_eval"},
    "leval": {"coursera", "gsm100", "quality", "sci_fi", "topic_retrieval_longchat", "tpo", "financial_qa",
              "legal_contract_qa", "multidoc_qa", "natural_question", "scientific_qa", "gov_report_summ", "meeting_summ",
              "news_summ", "paper_assistant", "patent_summ", "review_summ", "tv_show_summ"},
    "longins": {"GIST"},
    "longwriter": {"longbench_write", "longbench_write_en", "longwrite_ruler"},
    "loogle": {"shortdep_qa", "shortdep_cloze", "longdep_qa_comprehension_and_reasoning",
               "longdep_qa_multiple_information_retrieval", "longdep_qa_computation", "longdep_qa_timeline_reorder",
               "longdep_summarization"},
}
# Made here as the authors' generator does, which is proved by the check values that they print.
REBUILT = {"counting_stars": {"zh_searching", "zh_reasoning"}}
# Numbers of samples that no source at hand confirms; the registry's "not_verified" says where each is from.
RECALLED = {
    "leval": {"narrative_qa"},
    "longins": {"LIST"},
    "nolima": {"needle_set", "needle_set_MC", "needle_set_w_CoT", "needle_set_w_Distractor", "needle_set_ONLYDirect"},
}
# Benchmarks whose scorers are not their authors', though as many hard answers are tested.
OURS = {
    "niah": "our rule in place of a judge's grades, answer by answer",
    "nthread": "our rule, answer by answer",
    "starter": "our rule, answer by answer",
    "longhealth": "the rule of other programs' ports, answer by answer",
}
NOT_SCORED = {"needs_judge": "not scored without a judge", "not_scored": "not scored"}


def status(name: str, metric: str) -> str:
    if metric in NOT_SCORED:
        return NOT_SCORED[metric]
    if name in OURS:
        return OURS[name]
    if metric in PACKAGE:
        return f"equal to the reference package ({PACKAGE[metric]})"
    if metric in TWICE:
        return f"equal to the rule written twice ({TWICE[metric]})"
    return "official rules, answer by answer"


def records(benchmark: dict, task: str) -> str:
    name = benchmark["id"]
    if task in SEEN.get(name, set()):
        return "official files"
    if task in REBUILT.get(name, set()):
        return "made here, equal to the authors'"
    return "made here" if benchmark.get("generated") else "fixtures alone"


# What the tasks ask for beside the usual: the model's chat template around each prompt, long
# documents that lose their middle, greedy decoding.
def asked(task: dict) -> str:
    parts = [] if task.get("chat_template", True) else ["no chat template"]
    cut = {"head": "loses its beginning", "tail": "loses its end", "fail": "fails"}.get(task.get("truncation"))
    if cut:
        parts.append(f"what is too long {cut}")
    if task.get("repetition_penalty", 1) != 1:
        parts.append(f"repetition penalty {task['repetition_penalty']:g}")
    ends = task.get("stop", []) + task.get("end_texts", [])
    if ends:
        parts.append("ends at " + ", ".join("a new line" if end == "\n" else "`" + end.replace("|", "\\|") + "`" for end in ends))
    if task.get("end_texts_for_several"):
        parts[-1] += " where the model has several ends of its own"
    return "; ".join(parts) or "as usual"


# The official number; where it depends on the length both, such as "200, from 16k 100".
def samples(name: str, task: dict) -> str:
    text = str(task.get("official_samples") or "not known")
    if task["id"] in RECALLED.get(name, set()):
        text += " (not verified)"
    if other := task.get("rules", {}).get("loomscope-0.8", {}).get("official_samples"):
        text += f" ({other})"
    for other in task.get("official_samples_from", []):
        text += f", from {other['length'] // 1024}k {other['samples'] or 'not known'}"
    return text


def new_tokens(task: dict) -> str:
    other = task.get("rules", {}).get("loomscope-0.8", {}).get("max_new_tokens")
    return f"{task['max_new_tokens']} ({other})" if other else str(task["max_new_tokens"])


lines = ["# Tasks of all benchmarks", "", "Made by `packaging/benchmark_table.py` from `models-registry/benchmarks`.", "",
         "Asked as usual: with the model's chat template, greedily, and a document that is too long loses its middle. In brackets: the longest answer, or the number of samples, under the rules `loomscope-0.8`, where it differs.",
         "", "**Metric checked**: against the reference package over thousands of pairs, against the rule written once more, "
         "or by the official rules over hard answers, at least fifteen for each scorer. **Records checked**: the reader was tested on official files, or on "
         "fixtures alone, which are records of our own in the shape that the authors describe; what is made here follows "
         "the authors' recipe.", "",
         "**Prompts** are the authors' where their file of prompts lies beside the data (LongBench, LongBench v2, LooGLE, "
         "LIBRA, CLongEval, BAMBOO, L-CiteEval, LongCite) and where the records hold them (Ada-LEval's texts to order, "
         "Counting-Stars, LongWriter, NThread's official files); else they are ours, unless a prompt pack brings others. Every "
         "score names the words it was asked in.",
         ""]
for file in sorted((root / "models-registry/benchmarks").glob("*.json")):
    benchmark = json.loads(file.read_text())
    data = "made here" if benchmark.get("generated") else "official files"
    source = f"[{benchmark['citation'].split('.')[0]}]({benchmark['paper']})" if benchmark.get("paper") else data
    lines += [f"## {benchmark['title']}", "",
              f"{benchmark['capability']} · {data} · {benchmark.get('licence', '')} · {source}", "",
              "| task | metric | new tokens | asked | samples | metric checked | records checked |",
              "|---|---|---|---|---|---|---|"]
    for task in benchmark["tasks"]:
        lines.append(f"| `{task['id']}` {task['title']} | `{task['metric']}` | {new_tokens(task)} "
                     f"| {asked(task)} | {samples(benchmark['id'], task)} | {status(benchmark['id'], task['metric'])} "
                     f"| {records(benchmark, task['id'])} |")
    lines += [""] + [f"Not verified: {note}" for note in benchmark.get("not_verified", [])]
    if benchmark.get("not_verified"):
        lines.append("")
page = root / "resources/docs/benchmark-tasks.md"
if "--check" not in sys.argv[1:]:
    page.write_text("\n".join(lines))
elif page.read_text() != "\n".join(lines):
    sys.exit("resources/docs/benchmark-tasks.md is not what packaging/benchmark_table.py makes of the registry: run it")
for name, tasks in [*SEEN.items(), *REBUILT.items(), *RECALLED.items()]:
    there = {task["id"] for task in json.loads((root / f"models-registry/benchmarks/{name}.json").read_text())["tasks"]}
    if missing := set(tasks) - there:
        sys.exit(f"{name} has no tasks {', '.join(sorted(missing))}")

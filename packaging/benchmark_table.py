#!/usr/bin/env python3
"""Writes resources/docs/benchmark-tasks.md from models-registry/benchmarks."""
import json
import pathlib

root = pathlib.Path(__file__).resolve().parent.parent
# Metrics that a test compares with the reference package; the others follow the official rules and
# are tested answer by answer.
REFERENCE = {
    "squad_f1", "squad_exact_match", "f1_zh", "rouge_l_zh", "characters_f1_zh", "rouge", "rouge_lsum",
    "rouge_score", "code_similarity", "bleu", "sacrebleu", "meteor",
}
NOT_SCORED = {"needs_judge": "not scored without a judge", "not_scored": "not scored"}


def status(metric: str) -> str:
    if metric in NOT_SCORED:
        return NOT_SCORED[metric]
    return "equal to the reference package" if metric in REFERENCE else "official rules, answer by answer"


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


lines = ["# Tasks of all benchmarks", "", "Made by `packaging/benchmark_table.py` from `models-registry/benchmarks`.", "",
         "Asked as usual: with the model's chat template, greedily, and a document that is too long loses its middle.",
         ""]
for file in sorted((root / "models-registry/benchmarks").glob("*.json")):
    benchmark = json.loads(file.read_text())
    data = "made here" if benchmark.get("generated") else "official files"
    source = f"[{benchmark['citation'].split('.')[0]}]({benchmark['paper']})" if benchmark.get("paper") else data
    lines += [f"## {benchmark['title']}", "",
              f"{benchmark['capability']} · {data} · {benchmark.get('licence', '')} · {source}", "",
              "| task | metric | new tokens | asked | samples | metric checked |", "|---|---|---|---|---|---|"]
    for task in benchmark["tasks"]:
        lines.append(f"| `{task['id']}` {task['title']} | `{task['metric']}` | {task['max_new_tokens']} "
                     f"| {asked(task)} | {task.get('official_samples') or 'not known'} | {status(task['metric'])} |")
    lines += [""] + [f"Not verified: {note}" for note in benchmark.get("not_verified", [])]
    if benchmark.get("not_verified"):
        lines.append("")
(root / "resources/docs/benchmark-tasks.md").write_text("\n".join(lines))

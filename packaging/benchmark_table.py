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


lines = ["# Tasks of all benchmarks", "", "Made by `packaging/benchmark_table.py` from `models-registry/benchmarks`.", ""]
for file in sorted((root / "models-registry/benchmarks").glob("*.json")):
    benchmark = json.loads(file.read_text())
    data = "made here" if benchmark.get("generated") else "official files"
    source = f"[{benchmark['citation'].split('.')[0]}]({benchmark['paper']})" if benchmark.get("paper") else data
    lines += [f"## {benchmark['title']}", "",
              f"{benchmark['capability']} · {data} · {benchmark.get('licence', '')} · {source}", "",
              "| task | metric | new tokens | samples | metric checked |", "|---|---|---|---|---|"]
    for task in benchmark["tasks"]:
        lines.append(f"| `{task['id']}` {task['title']} | `{task['metric']}` | {task['max_new_tokens']} "
                     f"| {task.get('official_samples') or 'not known'} | {status(task['metric'])} |")
    lines += [""] + [f"Not verified: {note}" for note in benchmark.get("not_verified", [])]
    if benchmark.get("not_verified"):
        lines.append("")
(root / "resources/docs/benchmark-tasks.md").write_text("\n".join(lines))

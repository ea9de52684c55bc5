#!/usr/bin/env python3
"""Every benchmark and the suite LOOMBENCH, on the tests' small files, through the command line.

    tests/app/cli/whole_suite.py MODEL FOLDER [--cli PROGRAM] [--samples N] [--stand-in] [--write-only]

Two runs: "all" names every benchmark of the registry with all its tasks, "loombench" is the suite read from files of
its own. FOLDER takes the plan, the data, the history and what the runs print. The window runs the same:
LOOMSCOPE_HOME=FOLDER loomscope FOLDER/all.plan.json. Prompt and answer together are bound to 1024 tokens, so that a small
model ends within minutes (at most 50 of one slow core): scores mean nothing here. With --stand-in an engine that only
talks answers in the model's place; its tokenizer and chat template are used all the same. That takes half a minute.

Ends with 0 where both runs come to their end, every task has samples, and none failed. Answers that need a judge
(LongCite, LongSafety) and those without a number or letter are unparsed.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE.parent.parent.parent
FIXTURES = SOURCES / "tests/data/benchmarks"
LENGTHS = {  # at which the fixtures have records, or the shortest that is made here
    "ada_leval": [1024, 2048], "babilong": [1024], "bamboo": [4096], "counting_stars": [2048],
    "libra": [8192, 16384, 32768], "longins": [256], "lveval": [16384], "niah": [512], "nolima": [256],
    "nthread": [2048], "ruler": [4096]}
PARAMETERS = {"counting_stars": {"stars": 4}}  # more need more text
LONGEST = 1024
FEWEST_JOBS = {"all": 280, "loombench": 230}
SKIPPED = 77  # as the tests' CMakeLists say


def registry(kind):
    return [json.loads(file.read_text()) for file in sorted((SOURCES / "models-registry" / kind).glob("*.json"))]


def benchmarks(samples):
    return [{"id": described["id"], "lengths": LENGTHS.get(described["id"], []), "samples": samples,
             "parameters": PARAMETERS.get(described["id"], {})} for described in registry("benchmarks")]


def records_of(file):
    text = file.read_text()
    if file.suffix == ".json":
        rows = json.loads(text)
        return rows if isinstance(rows, list) else [rows]
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def write_lines(file, rows):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_libra(folder):
    """The fixtures have one or two lengths of each task: the first record at all that are asked."""
    for file in sorted((FIXTURES / "libra").glob("*.jsonl")):
        row = records_of(file)[0]
        write_lines(folder / file.name, [dict(row, length=f"{length // 1024}k") for length in LENGTHS["libra"]])


def write_ada_leval(folder):
    """Too few records to make those of the other length from."""
    for task, size, other in (("stackselect", "1k", "2k"), ("textsort", "2k", "1k")):
        shutil.copy(FIXTURES / f"ada_leval/{task}_{size}.json", folder / f"{task}_{other}.json")


def own_rows(benchmark, task, lengths):
    """The suite's records of a task: the fixture's, and for what is generated a few of our own."""
    if benchmark == "niah":
        return [{"passage": "Rain fell. Eat a plum by the lake. Wind blew.", "answer": "Eat a plum by the lake",
                 "question": "What is best?", "context_length": length, "depth_percent": 50} for length in lengths]
    if benchmark == "ruler":
        return [{"input": "The number is 4711.\nWhat is the number? Answer: it is", "outputs": ["4711"],
                 "answer_prefix": " Answer: it is", "length": 40}]
    name = {"babilong": f"data/{task}/1k.json", "l_citeeval": f"L-CiteEval-Data/{task}.json",
            "longbench": f"data/{task}.jsonl", "longbench_v2": "data.json", "lveval": f"{task}_16k.jsonl",
            "counting_stars": f"counting_stars_{task}.jsonl"}.get(benchmark, f"{task}.jsonl")
    return records_of(FIXTURES / benchmark / name)


def write_suite(folder):
    tasks_of = {described["id"]: [task["id"] for task in described["tasks"]] for described in registry("benchmarks")}
    suite = next(one for one in registry("suites") if one["id"] == "loombench")
    for entry in suite["benchmarks"]:
        files = entry["own"][-1]  # RULER's without a length
        for task in entry.get("tasks", tasks_of[entry["id"]]):
            for length in files.get("lengths", [0]):
                path = files["path"].format(task=task, length=length, size=f"{length // 1024}k")
                write_lines(folder / path, own_rows(entry["id"], task, files.get("lengths", [])))


def environment(folder):
    """Of the runs: nothing of the user's own data, caches or history."""
    own = dict(os.environ, LOOMSCOPE_HOME=str(folder), HF_HOME=str(folder / "hf"), HF_HUB_OFFLINE="1")
    own.pop("HF_HUB_CACHE", None)
    return own


def run(cli, folder, name, arguments):
    started = time.time()
    out = folder / f"{name}.json"
    with open(out, "w") as printed, open(folder / f"{name}.log", "w") as log:
        code = subprocess.run([cli, "run", *arguments, "--data_folder", folder / "data/benchmarks", "--store",
                               folder / "history.sqlite", "--no_answer_cache", "--name", name, "--json"],
                              stdout=printed, stderr=log, env=environment(folder)).returncode
    try:
        jobs = json.loads(out.read_text())["jobs"]
    except (ValueError, KeyError):
        print(f"{name}: exit code {code}, no result; see {folder / name}.log")
        return False
    empty = [f"{job['benchmark']}/{job['task']} at {job['length']}" for job in jobs if not (job["n"] or job["failed"] or job["unparsed"])]
    count = {what: sum(job[what] for job in jobs) for what in ("n", "failed", "unparsed", "truncated")}
    print(f"{name}: exit code {code}, {len(jobs)} jobs, {count}, {time.time() - started:.0f} s")
    for job in jobs:
        if job["failed"] or job["unparsed"]:
            print(f"  {job['benchmark']}/{job['task']} at {job['length']}: {job['failed']} failed, {job['unparsed']} unparsed")
    if empty:
        print("  without a sample:", ", ".join(empty))
    return code == 0 and not empty and len(jobs) >= FEWEST_JOBS[name]


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("model")
    reader.add_argument("folder", type=pathlib.Path)
    reader.add_argument("--cli", default=SOURCES / "build/release/bin/loomscope-cli")
    reader.add_argument("--samples", type=int, default=1)
    reader.add_argument("--stand-in", action="store_true", help="no model answers, but a program that only talks")
    reader.add_argument("--write-only", action="store_true", help="write plans and data, run nothing")
    asked = reader.parse_args()
    if not os.path.exists(asked.model):
        print("skipped: there is no", asked.model)
        return SKIPPED
    folder, data = asked.folder.resolve(), asked.folder.resolve() / "data/benchmarks"
    shutil.copytree(FIXTURES, data, dirs_exist_ok=True)
    write_libra(data / "libra")
    write_ada_leval(data / "ada_leval")
    write_suite(data / "loombench")
    plan = {"format": 1, "name": "all", "models": [{"path": os.path.abspath(asked.model)}], "max_length": LONGEST,
            "benchmarks": benchmarks(asked.samples)}
    (folder / "all.plan.json").write_text(json.dumps(plan, indent=1))
    if asked.write_only:
        return 0
    if asked.stand_in:
        os.environ["LOOMSCOPE_ENGINE"] = str(HERE / "stand_in_engine.py")
    ended = run(asked.cli, folder, "all", [folder / "all.plan.json"])
    suite = ["--benchmark", "loombench", "--model_path", asked.model, "--limit", str(asked.samples), "--max_length", str(LONGEST)]
    return 0 if run(asked.cli, folder, "loombench", suite) and ended else 1


if __name__ == "__main__":
    sys.exit(main())

"""Runs the same cases in every engine, one after the other within a round, and prints ratios.

usage: compare.py PEER_WORKER FOLDER [ROUNDS]      FOLDER has f16.gguf and f32.gguf

A cell is the median over the rounds of the ratio within a round; beside it the rate of a plain
matrix product before each engine's turn, so that a disturbed cell shows.
"""
import statistics
import subprocess
import sys
import time

import numpy as np

THREADS = 2
WORKER, FOLDER = sys.argv[1], sys.argv[2]
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 1


class Engine:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.load = float(self.process.stdout.readline())

    def run(self, case):
        self.process.stdin.write(case + "\n")
        self.process.stdin.flush()
        seconds, peak = self.process.stdout.readline().split()
        return float(seconds), int(peak)


def calibrate(a=np.ones((1024, 1024), np.float32)):
    best = 1e9
    for _ in range(3):
        begin = time.perf_counter()
        a @ a
        best = min(best, time.perf_counter() - begin)
    return 2 * 1024**3 / best / 1e9


# Row, case, tokens it counts, engines with how often the case stands for theirs, rounds.
ROWS = [
    ("prefill 1k", "prefill 1024", 1024, {"ours": 1, "hf": 1, "llama": 1, "llama-fa": 1}, 2 * ROUNDS),
    ("prefill 4k", "prefill 4096", 4096, {"ours": 1, "hf": 1, "llama": 1, "llama-fa": 1}, ROUNDS),
    ("prefill 8k", "prefill 8000", 8000, {"ours": 1, "hf": 1, "llama": 1}, 1),
    ("decode at 0", "decode 16 32", 32, {"ours": 1, "hf": 1, "llama": 1, "llama-fa": 1}, 2 * ROUNDS),
    ("decode at 4k", "decode 4096 32", 32, {"ours": 1, "hf": 1, "llama": 1, "llama-fa": 1}, ROUNDS),
    ("8 sequences on 4k", "shared 4096 8 32", 256, {"ours": 1, "llama": 1, "llama-fa": 1}, ROUNDS),
    ("1 document x 4k x 10 questions", "questions 4096 10 32", 320,
     {"ours": 1, "hf": 5, "llama": 1}, 1),
    ("RULER-like: 4k, 32 tokens", "questions 4096 1 32", 4096,
     {"ours": 1, "hf": 1, "llama": 1}, ROUNDS),
]


def case_for(case, engine, times):
    """transformers repeats the document for each question: two of the ten stand for all."""
    if times == 1:
        return case
    kind, depth, count, tokens = case.split()
    return f"{kind} {depth} {int(count) // times} {tokens}"


def main():
    engines = {}
    for name, command in {
        "ours": [WORKER, f"{FOLDER}/f16.gguf"],
        "hf": [sys.executable, "tests/bench/peers/workers.py", "hf", f"{FOLDER}/f16.gguf", str(THREADS)],
        "llama": [sys.executable, "tests/bench/peers/workers.py", "llama", f"{FOLDER}/f16.gguf", str(THREADS)],
        "llama-fa": [sys.executable, "tests/bench/peers/workers.py", "llama-fa", f"{FOLDER}/f16.gguf",
                     str(THREADS)],
    }.items():
        engines[name] = Engine(command)
        print(f"{name}: {engines[name].load:.2f} s from start of the process's work to first logits", flush=True)
    print("| row | engine | tokens/s | ours is | matrix product, GFLOP/s | peak, MB |\n|---|---|---|---|---|---|")
    for row, case, tokens, taking, rounds in ROWS:
        seconds = {name: [] for name in taking}
        rates = {name: [] for name in taking}
        peaks = {name: 0 for name in taking}
        for _ in range(rounds):
            for name, times in taking.items():
                rates[name].append(calibrate())
                taken, peak = engines[name].run(case_for(case, name, times))
                seconds[name].append(taken * times)
                peaks[name] = max(peaks[name], peak)
        for name in taking:
            ratios = [theirs / mine for theirs, mine in zip(seconds[name], seconds["ours"])]
            print(f"| {row} | {name} | {tokens / statistics.median(seconds[name]):.1f} "
                  f"| {statistics.median(ratios):.2f}x ({min(ratios):.2f}-{max(ratios):.2f}) "
                  f"| {min(rates[name]):.0f}-{max(rates[name]):.0f} | {peaks[name] / 1e6:.0f} |", flush=True)


main()

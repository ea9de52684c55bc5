"""Rates of this project's tokenizer beside the reference packages, on one core, in the same run.

usage: tokenizer_rates.py TOKENIZER_WORKER [--rounds 7] [--tokenizer SmolLM2 MiniLM 'Gemma 3' ...]

    cmake --build build/release --target tokenizer_worker
    pip install tokenizers sentencepiece tiktoken protobuf
    taskset -c 0,1 python tests/bench/peers/tokenizer_rates.py build/release/bench/tokenizer_worker

Both encode the same documents one after the other within a round, in CPU seconds of one thread; a
cell is the median over the rounds of the ratio within a round. The reference's rate is that of the
quicker of its two calls, `encode` and `encode_batch_fast`. Both must give as many tokens. Ours starts
each case without what it remembers of earlier texts; the reference keeps its memory.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "differential"))
import references
from mixed_texts import MixedTexts

KILO, MEGA = 32_000, 1 << 20
ROOT = references.ROOT


class Worker:
    def __init__(self, program, model):
        self.process = subprocess.Popen([program, str(model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return [float(word) for word in self.process.stdout.readline().split()]


def document_sets():
    texts = MixedTexts(7)
    cut = lambda make, size, count: [make(size)[:size] for _ in range(count)]
    long = lambda make: "".join(make(KILO) for _ in range(200)).encode()[:4 * MEGA].decode("utf-8", "ignore")
    code = lambda size: "".join(texts.of_code(8000) for _ in range(size // 2000 + 1))
    return {
        "English, 32 kB each": cut(texts.of_english, KILO, 64),
        "Chinese, 32 kB each": cut(texts.of_chinese, KILO // 3, 64),
        "code, 32 kB each": cut(code, KILO, 64),
        "one of 4 MB, English": [long(texts.of_english)],
    }


def timed(call):
    begin = time.thread_time()
    tokens = call()
    return time.thread_time() - begin, tokens


def reference_calls(reference):
    tokenizer = reference.tokenizer
    if tokenizer is None: return [lambda texts: sum(map(len, reference.encode(texts)))]
    return [lambda texts: sum(len(tokenizer.encode(t, add_special_tokens=False).ids) for t in texts),
            lambda texts: sum(len(tokenizer.encode_batch_fast([t], add_special_tokens=False)[0].ids) for t in texts)]


def compare(worker, reference, documents, file, rounds):
    ratios, rates, calibration = [], [], []
    size = sum(len(d.encode()) for d in documents) / MEGA
    for _ in range(rounds):
        calibration += worker.ask("calibrate")
        _, seconds, tokens = worker.ask(f"{file} 1")
        theirs = [timed(lambda: call(documents)) for call in reference_calls(reference)]
        if any(count != tokens for _, count in theirs): sys.exit(f"{tokens:.0f} tokens, the reference has {theirs}")
        ratios.append(min(t for t, _ in theirs) / seconds)
        rates.append(size / seconds)
    return ratios, rates, calibration


def in_parallel(worker, file, rounds):
    """How much faster two threads are than one, by the clock."""
    gains = []
    for _ in range(rounds):
        one, two = worker.ask(f"{file} 1")[0], worker.ask(f"{file} 2")[0]
        gains.append(one / two)
    return gains


def chosen_references(given):
    work = pathlib.Path(tempfile.mkdtemp())
    for name, make in references.real_references(given.default_model, given.shared, given.extra_models, given.packages, work):
        if name in given.tokenizer: yield make()


def span(numbers, unit=""):
    return f"{statistics.median(numbers):.1f}{unit} ({min(numbers):.1f}-{max(numbers):.1f})"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("worker")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--tokenizer", nargs="*", default=["SmolLM2"], help="names as in the table of tests/differential/tokenizer_ids.py")
    parser.add_argument("--default_model", type=pathlib.Path, default=ROOT / "build/dependencies/models/SmolLM2-135M-Instruct.Q4_1.gguf")
    parser.add_argument("--extra_models", type=pathlib.Path, default=ROOT / "build/dependencies/extra-models")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared/data/tokenizers")
    parser.add_argument("--packages", type=pathlib.Path, default=ROOT / "build/tokenizer-packages")
    given = parser.parse_args()
    sets = document_sets()
    print("| tokenizer | texts | MiB/s | times the reference | memory copied, GB/s |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for reference in chosen_references(given):
            worker = Worker(given.worker, reference.file)
            for row, documents in sets.items():
                file = pathlib.Path(folder) / "documents"
                file.write_bytes(b"".join(d.encode() + b"\0" for d in documents))
                ratios, rates, calibration = compare(worker, reference, documents, file, given.rounds)
                print(f"| {reference.name} | {row} | {span(rates)} | {span(ratios, 'x')} | {span(calibration)} |", flush=True)
                if len(documents) > 1:
                    gains = in_parallel(worker, file, given.rounds)
                    print(f"| {reference.name} | {row}, two threads | | {span(gains, 'x')} one thread's | |", flush=True)


main()

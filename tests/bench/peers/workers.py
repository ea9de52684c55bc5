"""transformers and llama.cpp for the side-by-side comparison: the cases of peer_worker.cpp.

usage: workers.py hf|llama|llama-fa MODEL.gguf THREADS
"""
import resource
import sys
import time


def ids(depth, own=0, number=0):
    return ([100 + i * 7919 % 40000 for i in range(depth)]
            + [100 + (i * 7919 + (number + 1) * 104729) % 40000 for i in range(own)])


class Transformers:
    def __init__(self, path, threads):
        import pathlib
        import torch
        from transformers import AutoModelForCausalLM
        torch.set_num_threads(threads)
        self.torch = torch
        file = pathlib.Path(path)
        self.model = AutoModelForCausalLM.from_pretrained(
            str(file.parent), gguf_file=file.name, dtype=torch.float32, attn_implementation="sdpa").eval()

    def start(self, prompt):
        return self.step(self.torch.tensor([prompt]), None)

    def step(self, tokens, cache):
        with self.torch.inference_mode():
            out = self.model(tokens, past_key_values=cache, use_cache=True, logits_to_keep=1)
        return out.logits[:, -1].argmax(-1, keepdim=True), out.past_key_values

    def prefill(self, depth):
        begin = time.perf_counter()
        self.start(ids(depth))
        return time.perf_counter() - begin

    def decode(self, depth, tokens):
        last, cache = self.start(ids(depth))
        begin = time.perf_counter()
        for _ in range(tokens):
            last, cache = self.step(last, cache)
        return time.perf_counter() - begin

    def questions(self, depth, count, tokens):
        begin = time.perf_counter()
        for number in range(count):
            last, cache = self.start(ids(depth, 60, number))
            for _ in range(tokens - 1):
                last, cache = self.step(last, cache)
        return time.perf_counter() - begin


class Llama:
    def __init__(self, path, threads, flash):
        import llama_cpp
        self.lib = llama_cpp
        plain = llama_cpp.llama_cpp.llama_context_default_params

        def for_eight_sequences():  # the binding's constructor has no argument for it
            parameters = plain()
            parameters.n_seq_max, parameters.kv_unified = 8, True
            return parameters

        llama_cpp.llama_cpp.llama_context_default_params = for_eight_sequences
        self.model = llama_cpp.Llama(path, n_ctx=8192 + 512, n_batch=512, n_ubatch=512,
                                     n_threads=threads, n_threads_batch=threads, flash_attn=flash,
                                     verbose=False)

    def run(self, tokens):
        self.model.eval(tokens)
        return int(self.model.sample(temp=0.0))

    def start(self, prompt):
        self.model.reset()
        return self.run(prompt)

    def prefill(self, depth):
        begin = time.perf_counter()
        self.start(ids(depth))
        return time.perf_counter() - begin

    def decode(self, depth, tokens):
        last = self.start(ids(depth))
        begin = time.perf_counter()
        for _ in range(tokens):
            last = self.run([last])
        return time.perf_counter() - begin

    def questions(self, depth, count, tokens):
        """The document once; each question behind a cut-back cache."""
        begin = time.perf_counter()
        self.start(ids(depth))
        for number in range(count):
            self.model.n_tokens = depth  # eval() drops what lies behind it
            last = self.run(ids(0, 60, number))
            for _ in range(tokens - 1):
                last = self.run([last])
        return time.perf_counter() - begin

    def shared(self, depth, rows, tokens):
        """Sequences that share a prefix, one token of each per call."""
        lib, context = self.lib, self.model._ctx.ctx
        self.start(ids(depth))
        memory = lib.llama_get_memory(context)
        for row in range(1, rows):
            lib.llama_memory_seq_cp(memory, 0, row, 0, depth)
        batch = lib.llama_batch_init(rows, 0, 1)
        begin = time.perf_counter()
        for step in range(tokens):
            batch.n_tokens = rows
            for row in range(rows):
                batch.token[row], batch.pos[row] = 1000 + 37 * row, depth + step
                batch.n_seq_id[row], batch.seq_id[row][0], batch.logits[row] = 1, row, 1
            if lib.llama_decode(context, batch) != 0:
                raise RuntimeError("llama_decode failed")
        seconds = time.perf_counter() - begin
        lib.llama_batch_free(batch)
        for row in range(1, rows):  # else the next round's copies have tokens behind them
            lib.llama_memory_seq_rm(memory, row, -1, -1)
        return seconds


def main():
    kind, path, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    begin = time.perf_counter()
    engine = Transformers(path, threads) if kind == "hf" else Llama(path, threads, kind == "llama-fa")
    engine.prefill(16)
    print(time.perf_counter() - begin, flush=True)
    for line in sys.stdin:
        case, *numbers = line.split()
        seconds = getattr(engine, case)(*map(int, numbers))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(seconds, peak, flush=True)


main()

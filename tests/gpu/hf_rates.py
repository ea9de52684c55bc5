"""Rates of transformers (sdpa, bf16) on the same card and model, in the rows of gpu_rates.

usage: hf_rates.py MODEL LENGTH...
The cache of one prompt is expanded for eight sequences, as generate() does for several answers.
"""
import sys, time
import torch, transformers

STEPS = 32


def timed(work):
    torch.cuda.synchronize()
    start = time.perf_counter()
    result = work()
    torch.cuda.synchronize()
    return result, time.perf_counter() - start


def decode(model, cache, last, steps):
    for _ in range(steps):
        out = model(input_ids=last, past_key_values=cache, use_cache=True)
        last = out.logits[:, -1:].argmax(-1)
    return last


@torch.inference_mode()
def main(folder, lengths):
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16, attn_implementation="sdpa",
                                                              device_map="cuda")
    print(f"transformers {transformers.__version__}, torch {torch.__version__}, {torch.cuda.get_device_name()}", flush=True)

    def prefill(ids):
        return model(input_ids=ids, use_cache=True, logits_to_keep=1)

    generator = torch.Generator("cuda").manual_seed(1)
    draw = lambda n: torch.randint(0, model.config.vocab_size, (1, n), device="cuda", generator=generator)
    out = prefill(draw(2304))
    decode(model, out.past_key_values, out.logits[:, -1:].argmax(-1), 4)
    for length in lengths:
        torch.cuda.reset_peak_memory_stats()
        try:
            out, seconds = timed(lambda: prefill(draw(length)))
            last = out.logits[:, -1:].argmax(-1)
            _, decoding = timed(lambda: decode(model, out.past_key_values, last, STEPS))
            peak = torch.cuda.max_memory_allocated() / 2**30
            print(f"rate hf        {length:8d} prefill {length / seconds:10.1f} tok/s  decode {STEPS / decoding:8.1f} tok/s"
                  f"  peak {peak:.2f} GiB", flush=True)
            if length <= 40000:
                out.past_key_values.batch_repeat_interleave(8)
                _, decoding = timed(lambda: decode(model, out.past_key_values, last.expand(8, 1), STEPS))
                print(f"rate hf        {length:8d} decode of 8 on one prompt {8 * STEPS / decoding:8.1f} tok/s in all", flush=True)
        except torch.OutOfMemoryError as error:
            print(f"rate hf        {length:8d} out of memory", flush=True)
        out = None
        torch.cuda.empty_cache()


if __name__ == "__main__":
    main(sys.argv[1], [int(n) for n in sys.argv[2:]])

"""Makes resources/docs/conformance.md of what the conformance test printed.

usage: (build/release/tests/conformance.architectures_test; build/release/tests/core.models.encoder_test) | python3 tests/conformance/make_page.py > resources/docs/conformance.md
A model that the table of features below does not name is an error.
"""
import re, sys

FEATURES = {  # folder: (architecture, what is special about it, reference)
    "llama_llama3": ("Llama 3", "llama3 rotary scaling, biases on attention and feed-forward, own head size", "transformers"),
    "llama_linear": ("Llama", "linear rotary scaling", "transformers"),
    "llama_dynamic": ("Llama", "dynamic rotary scaling, beyond its threshold", "transformers"),
    "llama_yarn": ("Llama", "YaRN with its own betas and attention factor", "transformers"),
    "llama_longrope": ("Llama", "LongRoPE across its threshold, with the cache kept", "transformers"),
    "llama_awq": ("Llama", "4-bit weights of AWQ (GEMM)", "autoawq, transformers"),
    "llama_gptq": ("Llama", "4-bit weights of GPTQ, biases", "auto-gptq, transformers"),
    "llama_gptq_8": ("Llama", "8-bit weights of GPTQ, biases", "auto-gptq, transformers"),
    "llama_gptq_order": ("Llama", "4-bit weights of GPTQ in activation order", "auto-gptq, transformers"),
    "llama_gptq_3": ("Llama", "3-bit weights of GPTQ, biases", "auto-gptq, transformers"),
    "llama_compressed_4": ("Llama", "4-bit weights of compressed-tensors, zero points", "compressed-tensors, transformers"),
    "llama_compressed_8": ("Llama", "packed 8-bit weights of compressed-tensors", "compressed-tensors, transformers"),
    "llama_compressed_3": ("Llama", "3-bit weights of compressed-tensors", "compressed-tensors, transformers"),
    "llama_compressed_int8": ("Llama", "int8 weights of compressed-tensors", "compressed-tensors, transformers"),
    "llama_compressed_fp8": ("Llama", "fp8 weights of compressed-tensors", "compressed-tensors, transformers"),
    "llama_compressed_blocks": ("Llama", "fp8 weights of compressed-tensors in blocks", "compressed-tensors, transformers"),
    "lora_plain": ("Llama", "LoRA adapter", "peft, transformers"),
    "lora_patterns": ("Llama", "LoRA, rank-stabilised, patterns of rank and alpha, a whole head", "peft, transformers"),
    "lora_dora": ("Llama", "DoRA adapter", "peft, transformers"),
    "lora_embedding": ("Llama", "LoRA of the embedding", "peft, transformers"),
    "mistral": ("Mistral", "sliding window, own head size", "transformers"),
    "qwen2": ("Qwen2", "biases on queries, keys and values, tied head", "transformers"),
    "qwen2_window": ("Qwen2", "window in the upper layers", "transformers"),
    "qwen2_yarn": ("Qwen2", "YaRN", "transformers"),
    "qwen3": ("Qwen3", "norms of queries and keys", "transformers"),
    "phi3_bf16": ("Phi-3", "bf16 weights: fused projections", "transformers"),
    "glm_f16": ("GLM-4", "fp16 weights: interleaved rotation, biases", "transformers"),
    "gemma3_bf16": ("Gemma 3", "bf16 weights: norms around one, tied head", "transformers"),
    "qwen2_f16": ("Qwen2", "fp16 weights: biases, tied head", "transformers"),
    "deepseek_v2_bf16": ("DeepSeek-V2", "bf16 weights: latent attention, experts", "transformers"),
    "qwen3_moe_window": ("Qwen3-MoE", "window in every layer, weights of experts as they are", "transformers"),
    "qwen3_moe": ("Qwen3-MoE", "experts, one dense layer", "transformers"),
    "phi3": ("Phi-3", "fused projections, LongRoPE across its threshold", "transformers"),
    "phi4_mini": ("Phi-4-mini", "partial rotation, tied head, LongRoPE", "transformers"),
    "gemma2": ("Gemma 2", "soft caps, windows in turn, four norms", "transformers"),
    "gemma3": ("Gemma 3", "two rotary bases, local and global layers", "transformers"),
    "gemma3_parts": ("Gemma 3", "the text part of a multimodal checkpoint", "transformers"),
    "glm": ("GLM-4", "interleaved partial rotation", "transformers"),
    "glm4": ("GLM-4-0414", "norms behind the blocks", "transformers"),
    "chatglm": ("ChatGLM", "GLM-4-9B-Chat's own names and fused matrices, rope_ratio", "transformers (as GLM)"),
    "cohere2": ("Command R7B", "parallel block, layers without positions, logit scale", "transformers"),
    "nemotron": ("Nemotron", "layer norm plus one, squared ReLU", "transformers"),
    "deepseek_v2": ("DeepSeek-V2", "latent attention, YaRN with mscale, shared experts", "transformers"),
    "deepseek_v2_groups": ("DeepSeek-V2", "group-limited experts, narrow queries", "transformers"),
    "deepseek_v3": ("DeepSeek-V3", "corrected sigmoid routing in groups", "transformers"),
    "deepseek_v3_fp8": ("DeepSeek-V3", "block fp8 weights", "transformers"),
    "mamba": ("Mamba", "selective states", "transformers"),
    "falcon_mamba": ("Falcon Mamba", "norms of step, input and output", "transformers"),
    "falcon_mamba_converted": ("Falcon Mamba", "norms of step, input and output", "transformers"),
    "mamba2": ("Mamba 2", "heads of states", "transformers"),
    "mamba2_groups": ("Mamba 2", "several groups", "transformers"),
    "rwkv5": ("RWKV-5", "World", "rwkv"),
    "rwkv6": ("RWKV-6", "decay that depends on the data", "rwkv"),
    "rwkv7": ("RWKV-7", "generalised delta rule", "rwkv"),
    "glm_converted": ("GLM-4", "interleaved partial rotation", "transformers"),
    "nemotron_converted": ("Nemotron", "layer norm plus one, squared ReLU", "transformers"),
    "gemma2_converted": ("Gemma 2", "soft caps, windows in turn, four norms", "transformers"),
    "gemma3_converted": ("Gemma 3", "two rotary bases, local and global layers", "transformers"),
    "qwen3_moe_converted": ("Qwen3-MoE", "experts in every layer", "transformers"),
    "mistral_converted": ("Mistral", "own head size", "transformers"),
    "gla": ("GLA", "gated linear attention", "flash-linear-attention"),
    "gla_convolution": ("GLA", "short convolutions", "flash-linear-attention"),
    "bert": ("BERT", "encoder, hidden states behind every layer", "transformers"),
    "roberta": ("RoBERTa", "encoder, hidden states behind every layer, positions behind the padding's", "transformers"),
}
LINE = re.compile(r"::(\w+)\(([\w.]+)\) \S+ +difference (\S+) +top-1 (\S+) +greedy (\S+) +bits (\w+)")

rows = []
for test, name, difference, top, greedy, bits in LINE.findall(sys.stdin.read()):
    architecture, feature, reference = FEATURES[name.removesuffix(".gguf")]
    container = "GGUF" if test.startswith("gguf") or name.endswith(".gguf") else "safetensors"
    rows.append((architecture, feature, container, reference, difference, top, greedy, bits))
if not rows:
    sys.exit("the test printed no differences")
print("""# Conformance

Each row is a small model with random weights that the reference wrote, with its logits at all positions of a prompt of 100 and one of 700 tokens, beyond every window and threshold, and three greedy answers; where the rotation goes over at a length (LongRoPE) also of prompts of exactly that length and one more, and an answer from there. **Difference** is the largest difference of any logit, as a share of the range of the logits at its position; 1e-4 is allowed. **Best token**: positions whose likeliest token is the reference's. **Answers**: greedy answers that are the same, token for token. **Bits**: whether logits and answers are the same to the last bit with a cold cache, a warm one, in another order and in other batches. Encoders give no tokens: of them every number behind every layer is compared, as a share of the range of the layer's numbers for that text, and the bits of texts encoded alone, together and in another order.

Measured on the CPU in fp32 with:
```
(build/release/tests/conformance.architectures_test; build/release/tests/core.models.encoder_test) | python3 tests/conformance/make_page.py
```
The scripts that made the models are `tests/golden/make_*.py`; GGUF files are written by llama.cpp's own converter (`tests/golden/convert_gguf.py`), those of DeepSeek by `make_gguf.py`.

| Architecture | Feature | Container | Reference | Difference | Best token | Answers | Bits |
|---|---|---|---|---|---|---|---|""")
for row in sorted(rows):
    print("| " + " | ".join(row) + " |")
print("""
Of real weights, SmolLM2-135M is compared with transformers in `core.models.llama_test` (logits and 50 greedy answers) and, where it has been fetched, all-MiniLM-L6-v2 in `core.models.encoder_test`. No real weights of the other families have been run here. fp8 activations are not rounded, as the reference would on a GPU: only the weights are those of the file.""")

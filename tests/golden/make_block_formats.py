"""Random blocks of every quantised GGUF type and what the gguf package makes of them.

usage: make_block_formats.py > block_formats.json      (needs gguf and numpy)
"""
import json

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as Type, quants

# Byte offsets of a block's fp16 scales.
SCALES = {Type.Q4_0: [0], Type.Q4_1: [0, 2], Type.Q5_0: [0], Type.Q5_1: [0, 2], Type.Q8_0: [0],
          Type.Q2_K: [80, 82], Type.Q3_K: [108], Type.Q4_K: [0, 2], Type.Q5_K: [0, 2],
          Type.Q6_K: [208]}
random = np.random.default_rng(7)
result = {}
for kind, places in SCALES.items():
    elements, size = GGML_QUANT_SIZES[kind]
    blocks = random.integers(0, 256, (2, size), dtype=np.uint8)
    for row in blocks:
        for place in places:
            row[place:place + 2] = np.frombuffer(np.float16(random.normal() / 16).tobytes(), np.uint8)
    values = quants.dequantize(blocks.reshape(-1), kind).astype(np.float32).reshape(-1)
    result[kind.name] = {"stored": blocks.tobytes().hex(), "values": values.tobytes().hex()}
print(json.dumps(result, indent=1))

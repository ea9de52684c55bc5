"""One checkpoint's weights as F16 and F32 GGUF, so that every engine reads the same numbers.

usage: write_models.py MODEL.gguf FOLDER     writes FOLDER/f16.gguf and FOLDER/f32.gguf
"""
import pathlib
import sys

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter, quants

SKIPPED = {"GGUF.version", "GGUF.tensor_count", "GGUF.kv_count", "general.architecture",
           "general.file_type"}


def write(reader, path, wide):
    writer = GGUFWriter(path, reader.fields["general.architecture"].contents())
    for field in reader.fields.values():
        if field.name in SKIPPED:
            continue
        kind, inner = field.types[0], field.types[-1] if len(field.types) > 1 else None
        writer.add_key_value(field.name, field.contents(), kind, sub_type=inner)
    for tensor in reader.tensors:
        values = quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float16)
        values = values.reshape([int(n) for n in reversed(tensor.shape)])
        # Vectors stay in fp32 in both files; matrices are rounded to fp16 once.
        narrow = values.ndim > 1 and not wide
        writer.add_tensor(tensor.name, values if narrow else values.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


folder = pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
for name, wide in (("f16", False), ("f32", True)):
    if not (folder / f"{name}.gguf").exists():
        write(GGUFReader(sys.argv[1]), folder / f"{name}.part", wide)
        (folder / f"{name}.part").rename(folder / f"{name}.gguf")

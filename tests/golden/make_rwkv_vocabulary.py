"""A small World vocabulary as RWKV's list and as the GGUF file that llama.cpp's converter makes of it.

usage: make_rwkv_vocabulary.py LLAMA_CPP OUT_FOLDER   (LLAMA_CPP as for convert_gguf.py)
Every byte, words with and without a space, line ends, quotes of both kinds, characters of several
bytes and parts of them.
"""
import shutil, sys, tempfile
from pathlib import Path
from types import SimpleNamespace
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/gguf-py"]
import gguf
from conversion import TextModel

WORDS = ["\n\n", "\r\n", "\t\t", "  ", " the", "the", "ing", " world", "User:", "Assistant:", "'s", "\"'", "'\"", "\\n", "\\\\", "\\x41",
         "<s>", "é", "ü", "中", "中文", "文字", "🙂", "👍", "👍🏽", "Привет", "שלום", "\u0301", "\ufeff", "\u00a0"]
tokens = [bytes([b]) for b in range(256)] + [w.encode() for w in WORDS] + ["中".encode()[:2], "🙂".encode()[:3]]
out = Path(sys.argv[2])
with open(out / "rwkv_small.txt", "w", encoding="utf-8", newline="\n") as file:
    for number, token in enumerate(tokens, 1):
        try:
            literal = repr(token.decode())
        except UnicodeDecodeError:
            literal = repr(token)
        file.write(f"{number} {literal} {len(token)}\n")
with tempfile.TemporaryDirectory() as place:
    shutil.copy(out / "rwkv_small.txt", place + "/rwkv_vocab_v20230424.txt")
    writer = gguf.GGUFWriter(out / "rwkv_small.gguf", "rwkv7")
    TextModel._set_vocab_rwkv_world(SimpleNamespace(dir_model=Path(place), hparams={"vocab_size": len(tokens) + 9}, gguf_writer=writer))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()

"""What tokenizers of a folder without tokenizer.json put around a text, from the reference package.

usage: make_surrounding_tokens.py TEXT_FILE OUT_FOLDER   (transformers, sentencepiece, protobuf)
Trains a small SentencePiece model on TEXT_FILE and writes it beside surrounding.json: tokenizer
configs with the ids that each gives. The file's add_bos_token is always spelled out here, since the
package's class forgets its documented default where it is left out.
"""
import io, itertools, json, pathlib, sys, tempfile
import sentencepiece
from transformers import AutoTokenizer

source, out = map(pathlib.Path, sys.argv[1:3])
out.mkdir(parents=True, exist_ok=True)
model = io.BytesIO()
lines = [line for line in source.read_text().split("\n") if line.strip()]
sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(lines), model_writer=model, model_type="bpe", vocab_size=400,
                                         byte_fallback=True, normalization_rule_name="identity", minloglevel=2)
(out / "tokenizer.model").write_bytes(model.getvalue())
text, rows = "the model", []
for name, bos, eos in itertools.product(("LlamaTokenizer", "CodeLlamaTokenizer", None), (True, False), (None, True, False)):
    config = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "add_bos_token": bos}
    if name: config["tokenizer_class"] = name
    if eos is not None: config["add_eos_token"] = eos
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        (place / "tokenizer.model").write_bytes(model.getvalue())
        (place / "tokenizer_config.json").write_text(json.dumps(config))
        (place / "config.json").write_text(json.dumps({"model_type": "llama"}))
        rows.append({"config": config, "ids": AutoTokenizer.from_pretrained(folder)(text).input_ids})
(out / "surrounding.json").write_text(json.dumps({"text": text, "rows": rows}, separators=(",", ":")) + "\n")
print(len(rows), "rows")

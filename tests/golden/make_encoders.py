"""Tiny random encoders with their tokenizers, and what transformers makes of some texts; embeddings of MiniLM.

usage: make_encoders.py OUT_FOLDER [MINILM_FOLDER]   (transformers, tokenizers, torch, safetensors)
Each folder holds a model in fp32, tokenizer.json, the texts with their ids, and hidden states of every layer in
states.f32, one text after the other, [layers + 1, ids, hidden] each. For MiniLM only texts and embeddings (mean over the
tokens, length 1, as sentence-transformers does) are kept, in minilm.json.
"""
import json, string, sys
from pathlib import Path
import numpy as np, torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import AutoConfig, AutoModel, AutoTokenizer

torch.set_num_threads(1)
TEXTS = ["the ship", "", "A ship passed at noon, and the keeper wrote its name.", "zebra!", "noon " * 80,
         "Names of ships in a ledger: 12, 47 and 9."]

def tokenizer():
    words = ["the", "ship", "ships", "passed", "at", "noon", "and", "keeper", "wrote", "its", "name", "names", "of", "in", "ledger"]
    pieces = list(string.ascii_lowercase + string.digits + string.punctuation)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + pieces + ["##" + p for p in string.ascii_lowercase + string.digits] + words
    vocabulary = list(dict.fromkeys(vocabulary))
    made = Tokenizer(models.WordPiece({word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    made.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    return made, len(vocabulary)

def write(folder, model_type, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(5)
    made, size = tokenizer()
    made.save(str(folder / "tokenizer.json"))
    json.dump({"tokenizer_class": "PreTrainedTokenizerFast", "cls_token": "[CLS]", "sep_token": "[SEP]", "unk_token": "[UNK]",
               "pad_token": "[PAD]"}, open(folder / "tokenizer_config.json", "w"))
    config = AutoConfig.for_model(model_type, vocab_size=size, hidden_size=36, intermediate_size=70, num_hidden_layers=3,
                                  num_attention_heads=3, **changes)
    model = AutoModel.from_config(config, dtype=torch.float32, attn_implementation="eager").eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.3 + (1.0 if name.endswith("LayerNorm.weight") else 0.0))
    model.save_pretrained(folder)
    rows, states = [], []
    for text in TEXTS:
        ids = made.encode(text).ids
        window = 64
        short = ids if len(ids) <= window else ids[:window - 1] + ids[-1:]
        with torch.no_grad():
            out = model(torch.tensor([short]), attention_mask=torch.ones(1, len(short)), output_hidden_states=True)
        states.append(torch.stack(out.hidden_states)[:, 0].float().numpy())
        rows.append({"text": text, "ids": short, "truncated": len(short) < len(ids)})
    np.concatenate([s.reshape(-1) for s in states]).astype("<f4").tofile(folder / "states.f32")
    json.dump(rows, open(folder / "expected.json", "w"), separators=(",", ":"))
    print(folder.name, sum(p.numel() for p in model.parameters()), "parameters")

def minilm(folder, out):
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
    texts = ["The lighthouse keeper counted the ships.", "A man who watches the sea wrote down each vessel.", "Bread rises in a warm place.",
             "Été à la plage, naïve café", "x = [i ** 2 for i in range(10)]", "東京の天気は晴れです。", "OK", "!?", "long text " * 100]
    rows = []
    for text in texts:
        ids = tokenizer(text)["input_ids"]
        with torch.no_grad():
            hidden = model(torch.tensor([ids])).last_hidden_state[0]
        rows.append({"text": text, "ids": ids, "embedding": torch.nn.functional.normalize(hidden.mean(0), dim=0).tolist()})
    json.dump(rows, open(out, "w"), separators=(",", ":"))

out = Path(sys.argv[1])
write(out / "bert", "bert", max_position_embeddings=64, type_vocab_size=2)
write(out / "roberta", "roberta", max_position_embeddings=66, type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-5)
if len(sys.argv) > 2:
    minilm(sys.argv[2], out / "minilm.json")

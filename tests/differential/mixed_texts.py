"""Documents of every kind out of a seed: prose in three scripts, code, JSON, and texts that break
tokenizers. A document is bytes; hostile ones need not be valid UTF-8.
"""
import json
import pathlib
import random
import re

ROOT = pathlib.Path(__file__).parents[2]
SOURCES = ["resources", "models-registry", "tests/data/benchmarks", "core", "app", "ui"]
SUFFIXES = {".md", ".json", ".jsonl", ".h", ".cpp", ".py"}
ZWJ, VARIATION, KEYCAP = "\u200d", "\ufe0f", "\u20e3"
MARKS = [chr(c) for c in (*range(0x300, 0x370), 0x483, 0x5B0, 0x64B, 0x93C, 0xE31, 0x302A, 0x3099, 0x20D0, 0x1D165, 0xFE20)]
EMOJI = [chr(c) for c in (*range(0x1F300, 0x1F650), *range(0x1F680, 0x1F6D0), *range(0x1F900, 0x1FA00), 0x2764, 0x2640)]
SKIN = [chr(c) for c in range(0x1F3FB, 0x1F400)]
FLAGS = [chr(c) for c in range(0x1F1E6, 0x1F200)]
SPACES = list(" \t\n\r\v\f\u0085\u00a0\u1680\u2000\u2003\u2009\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\u180e\u2581")
RTL = [chr(c) for c in (*range(0x5D0, 0x5EB), *range(0x620, 0x64B), *range(0x710, 0x730))]
BIDI = list("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\u061c")
# Cased letters of several bytes, ligatures, letters that grow or shrink with their case, what
# compatibility forms take apart, digits of other scripts, Hangul as letters and as syllables.
ODD = list("ßẞſİıŉǰΐΰςΣσǅǆﬁﬃﷺ①½Ⅷⅷ²٠٣९๓𝟘𝒜㍿㌔ｶﾞＡａ々〆ー・ªºµÅΩ가각힣각\u0130\u1e9e\u2126\u212b\u0345\u0344\u0958\u0f73")
ATOMS = ["the", " quick", " Brown", "Fox", "9", "42", "1234567", " ", "  ", "\n", "\n\n\n", "\r\n", "\t", "'s", "'LL", "'rE", "\u2019s",
         "'\u017f", "é", "e\u0301", "中文", "あア", "Ж", "של", "عرب", "!", "...", "--", "_", "#", "/", "🙂", "```", "<|end|>", "<mask>", " <mask>",
         "<r> ", "word", "</s>", "<s>", "[UNK]", "[CLS]", "<unk>", "<0x0A>", "<|endoftext|>", "<|im_start|>", "<|im_end|>", "http://x.y/z?q=1", "``", "\\n", "x1", "\x00", "\ufffd"]
BROKEN = [b"\xff", b"\xfe", b"\x80", b"\xbf", b"\xc0\x80", b"\xc3", b"\xe4\xb8", b"\xe4", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80",
          b"\xf0\x9f", b"\xf0\x9f\x99", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xe0\x80\xaf", b"\xc3\x28", b"\xf0\x28\x8c\xbc"]


class Words:
    """Words as often as texts use them: those of the repository's texts, and some that nobody wrote."""

    def __init__(self, rng, known, letters, made):
        coin = ["".join(rng.choices(letters, k=rng.randint(1, 3))) for _ in range(400)]
        words = list(dict.fromkeys(known)) + ["".join(rng.choices(coin, k=rng.randint(1, 4))) for _ in range(made)]
        rng.shuffle(words)
        self.words = words
        self.sums, total = [], 0.0
        for rank in range(len(words)):
            total += 1 / (rank + 10)
            self.sums.append(total)

    def take(self, rng, count):
        return rng.choices(self.words, cum_weights=self.sums, k=count)


def repository_texts():
    files = sorted(f for top in SOURCES for f in (ROOT / top).rglob("*") if f.suffix in SUFFIXES and f.stat().st_size < 400_000)
    return {f: f.read_text(encoding="utf-8", errors="replace") for f in files}


class MixedTexts:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        texts = repository_texts()
        whole = "\n".join(texts.values())
        self.code = [t for f, t in texts.items() if f.suffix in (".h", ".cpp", ".py")]
        self.english = Words(self.rng, re.findall(r"[A-Za-z]{1,16}", whole), "etaoinshrdlucmfwypvbgkjqxz", 3000)
        self.russian = Words(self.rng, re.findall(r"[А-Яа-яЁё]+", whole), "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", 6000)
        han = [run[i:i + 2] for run in re.findall("[\u4e00-\u9fa5]{2,}", whole) for i in range(0, len(run), 2)]
        self.chinese = Words(self.rng, han, "".join(han)[:20000] or "中文", 3000)

    # --- prose

    def prose(self, words, size, separator=" ", stops=".,;:!?", ends=("\n", "\n\n", " ")):
        rng, parts, length = self.rng, [], 0
        while length < size:
            sentence = words.take(rng, rng.randint(3, 18))
            if rng.random() < 0.3:
                sentence.insert(rng.randrange(len(sentence)), rng.choice(["1", "2026", "3.14", "1,000", "50%", "don't", "I'LL", "e-mail", "№ 7", "(see", "§4)"]))
            text = separator.join(sentence)
            text = (text[0].upper() + text[1:] if rng.random() < 0.9 else text.upper()) + rng.choice(stops) + rng.choice(ends)
            parts.append(text)
            length += len(text)
        return "".join(parts)

    def of_english(self, size):
        return self.prose(self.english, size)

    def of_russian(self, size):
        return self.prose(self.russian, size // 2)

    def of_chinese(self, size):
        return self.prose(self.chinese, size // 3, "", "。，；：！？、", ("", "", "", "\n", "\u3000"))

    def of_code(self, size):
        text = self.rng.choice(self.code)
        begin = self.rng.randrange(max(1, len(text) - size))
        return text[begin:begin + size]

    def value(self, depth):
        rng = self.rng
        kind = rng.randrange(7 if depth < 4 else 5)
        if kind == 0: return rng.choice([None, True, False, 0, -1])
        if kind == 1: return rng.uniform(-1e9, 1e9)
        if kind == 2: return rng.randrange(10 ** rng.randint(1, 18))
        if kind < 5: return " ".join(rng.choice([self.english, self.russian, self.chinese]).take(rng, rng.randint(1, 6)))
        if kind == 5: return [self.value(depth + 1) for _ in range(rng.randint(0, 6))]
        return {"_".join(self.english.take(rng, 2)): self.value(depth + 1) for _ in range(rng.randint(0, 6))}

    def of_json(self, size):
        rows, length = [], 0
        while length < size:
            rows.append(json.dumps([self.value(0) for _ in range(8)], ensure_ascii=self.rng.random() < 0.3, indent=self.rng.choice([None, 1, 4, "\t"])))
            length += len(rows[-1])
        return "\n".join(rows)

    # --- hostile

    def cluster(self):
        rng = self.rng
        kind = rng.randrange(9)
        if kind == 0: return rng.choice("aeoxÄ中") + "".join(rng.choices(MARKS, k=rng.randint(1, 6)))
        if kind == 1: return "".join(rng.choices(MARKS, k=rng.randint(1, 4)))
        if kind == 2: return ZWJ.join(rng.choice(EMOJI) + rng.choice(["", VARIATION, rng.choice(SKIN)]) for _ in range(rng.randint(1, 5)))
        if kind == 3: return rng.choice([ZWJ, VARIATION, "1" + VARIATION + KEYCAP, "".join(rng.choices(FLAGS, k=rng.randint(1, 5)))])
        if kind == 4: return rng.choice(BIDI) + "".join(rng.choices(RTL, k=rng.randint(1, 8))) + rng.choice(BIDI)
        if kind == 5: return "".join(rng.choices(SPACES, k=rng.randint(1, 5)))
        if kind == 6: return "".join(rng.choices(ODD, k=rng.randint(1, 5)))
        if kind == 7: return rng.choice(ATOMS) * rng.choice([1, 1, 1, 2, 7])
        return rng.choice("\x00\x01\x07\x1b\x7f\x80\x9f") * rng.randint(1, 3)

    def of_clusters(self, size):
        parts, length = [], 0
        while length < size:
            parts.append(self.cluster() if self.rng.random() < 0.6 else self.rng.choice(ATOMS))
            length += len(parts[-1].encode())
        return "".join(parts)

    def of_code_points(self, size):
        """Any code point: unassigned ones, private ones and noncharacters too."""
        rng, parts, length = self.rng, [], 0
        while length < size:
            begin = rng.choice([0, 0x80, 0x2000, 0x3000, 0x10000, 0x1F000, rng.randrange(0x10FC00)])
            block = range(begin, begin + 0x400) if not 0xD400 < begin < 0xE000 else range(0xFB00, 0x10000)
            part = "".join(map(chr, rng.choices(block, k=rng.randint(1, 30))))
            parts.append(part + rng.choice(["", " ", "a"]))
            length += len(parts[-1].encode())
        return "".join(parts)

    def of_broken_bytes(self, size):
        rng, parts, length = self.rng, [], 0
        while length < size:
            kind = rng.randrange(4)
            if kind == 0: part = rng.choice(BROKEN) * rng.randint(1, 3)
            elif kind == 1: part = rng.randbytes(rng.randint(1, 20))
            elif kind == 2: part = self.cluster().encode()[:-1]
            else: part = rng.choice(ATOMS).encode()
            parts.append(part)
            length += len(part)
        return b"".join(parts)

    def monsters(self):
        """One of each: long texts without a place to split them, long runs of one thing."""
        rng = self.rng
        letters = "".join(self.english.take(rng, 220_000))[:1_000_000]
        yield "1 MB without a space", letters
        yield "1 MB of one letter", "a" * 1_000_000
        yield "1 MB of Han", "".join(self.chinese.take(rng, 200_000))[:333_333]
        yield "100k line ends", "\n" * 100_000
        yield "100k CR LF", "\r\n" * 100_000
        yield "100k spaces", " " * 100_000 + "x"
        yield "100k spaces and line ends", "".join(rng.choices(" \n\t", k=100_000))
        yield "100k marks on one letter", "a" + "\u0301\u0327" * 50_000
        yield "100k digits", "".join(rng.choices("0123456789", k=100_000))
        yield "100k symbols", "".join(rng.choices("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~", k=100_000))
        yield "20k families", ZWJ.join(rng.choices(EMOJI, k=20_000))
        yield "100k NUL", "\x00" * 100_000
        yield "100k replacement characters", b"\xff" * 100_000
        yield "every code point", "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)

    def document(self):
        rng = self.rng
        size = rng.choice([20, 100, 500, 2_000, 8_000, 32_000, 32_000, 120_000])
        kind = rng.choices([self.of_english, self.of_chinese, self.of_russian, self.of_code, self.of_json, self.of_clusters,
                            self.of_code_points, self.of_broken_bytes], weights=[3, 3, 2, 3, 2, 3, 2, 1])[0]
        return kind(size)

    def documents(self, total_bytes):
        """Bytes after bytes, at least so many in all; the monsters first."""
        done = 0
        for _, text in self.monsters():
            yield (document := text if isinstance(text, bytes) else text.encode())
            done += len(document)
        while done < total_bytes:
            text = self.document()
            yield (document := text if isinstance(text, bytes) else text.encode())
            done += len(document)


def spoken_by(vocabulary, rng, total_bytes):
    """Documents of a tokenizer's own tokens put together: the most merges that can compete."""
    vocabulary = [t for t in vocabulary if t]
    done = 0
    while done < total_bytes:
        text = "".join(rng.choices(vocabulary, k=rng.choice([2, 8, 40, 200, 2000])))
        yield text.encode("utf-8", "replace")
        done += max(1, len(text.encode("utf-8", "replace")))

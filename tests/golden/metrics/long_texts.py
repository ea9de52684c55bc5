"""Texts of a megabyte, kept as a piece and how often it stands there: {"piece", "times"}.

The pieces end with a full stop where a package is quadratic or recursive within a sentence, and one
side of a pair is short, since the packages compare every word with every other.
"""
MEGABYTE = 1 << 20
LATIN = "The quick miners were counting 3.14 old lamps in the harbour of A. B. city\n"
SENTENCE = "running boats passed the lighthouse at noon ."
CHINESE = "今天下午我们在图书馆里读一本蓝色的书."
CYRILLIC = "Корабль прошёл маяк в полдень ."


def long(piece):
    return {"piece": piece, "times": -(-MEGABYTE // len(piece.encode()))}


def whole(text):
    return text["piece"] * text["times"] if isinstance(text, dict) else text


def long_pairs():
    yield long(SENTENCE + " "), "a boat passed the lighthouses. it was noon"
    yield "a boat passed the lighthouses. it was noon", long(SENTENCE + " ")
    yield long(LATIN.replace("A. B.", "any")), "miners count lamps"
    yield long(CHINESE), "我们读书"
    yield long(CYRILLIC + " "), "корабль прошёл ."
    yield long("🙂👩‍🚀"), "🙂"
    yield long("x"), long("x")
    yield long(" \n"), "a"

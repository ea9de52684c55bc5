"""Code points whose class differs between the package `tokenizers` and this project.

usage: character_classes.py < CLASSES      a line "HEX CLASS" per code point: s, l, n, m or o

Prints ranges "FIRST LAST ours->theirs": what core/text/character_class.cpp has to know beyond ICU.
"""
import sys

from tokenizers import Regex, pre_tokenizers

POINTS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def members(pattern):
    split = pre_tokenizers.Split(Regex(pattern), "removed", invert=True)
    found = set()
    for begin in range(0, len(POINTS), 20000):
        text = "".join(map(chr, POINTS[begin:begin + 20000]))
        for piece, _ in split.pre_tokenize_str(text): found.update(map(ord, piece))
    return found


def main():
    sets = {kind: members(pattern) for kind, pattern in
            {"s": r"\s", "l": r"\p{L}", "n": r"\p{N}", "m": r"\p{M}"}.items()}
    ranges = []
    for line in sys.stdin:
        point, ours = int(line.split()[0], 16), line.split()[1]
        theirs = next((kind for kind, points in sets.items() if point in points), "o")
        if theirs == ours: continue
        if ranges and ranges[-1][1] == point - 1 and ranges[-1][2:] == [ours, theirs]:
            ranges[-1][1] = point
        else:
            ranges.append([point, point, ours, theirs])
    for first, last, ours, theirs in ranges: print(f"{first:04X} {last:04X} {ours}->{theirs}")
    sys.exit(1 if ranges else 0)


main()

"""The shortest part of a text for which something still holds."""


def shortest(whole, holds):
    """Takes away halves, quarters and so on down to single items, for as long as that helps."""
    size = max(1, len(whole) // 2)
    while True:
        at, before = 0, len(whole)
        while at < len(whole):
            less = whole[:at] + whole[at + size:]
            if less and holds(less): whole = less
            else: at += size
        if size == 1 and len(whole) == before: return whole
        size = max(1, size // 2)


def shortest_difference(document, differs):
    """Of bytes: by characters where the replaced text differs too, else by bytes."""
    text = document.decode("utf-8", "replace")
    if differs(text.encode()):
        return shortest(text, lambda part: differs(part.encode())).encode()
    return shortest(document, differs)

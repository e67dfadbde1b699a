"""How paragraphs of official documents are counted: 1, 2, 3, or a, b, c, d, đ, e. Source: Decree 30/2020/NĐ-CP, Annex I."""

from collections.abc import Sequence

LETTERS = "abcdđeghiklmnopqrstuvxy"


def next_label(labels: Sequence[str]) -> str:
    """What follows the last one; empty where it cannot be told."""
    if not labels:
        return "1"
    head, last = labels[-1][:-1], labels[-1]
    if last.isdecimal():
        return str(int(last) + 1)
    number = last.rpartition(".")
    if number[1] and number[2].isdecimal():
        return f"{number[0]}.{int(number[2]) + 1}"
    place = LETTERS.find(last[-1])
    return f"{head}{LETTERS[place + 1]}" if 0 <= place < len(LETTERS) - 1 else ""

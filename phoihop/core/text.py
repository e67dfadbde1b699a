"""Vietnamese text: one fold for searching, one key for sorting, on every database."""

import re
import unicodedata

# Unicode decomposes every Vietnamese mark but the stroke of đ.
_STROKE = str.maketrans({"đ": "d", "Đ": "d"})
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: index for index, letter in enumerate(_LETTERS, start=1)}
# Vietnamese dictionary order of the tones: level, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn make letters, not tones


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


SHORTEST_PASSAGE = 12  # letters; fewer are struck only where they are the whole text


def struck(text: str, passage: str, mark: str) -> str:
    """The text with a mark where the passage stood, however its spaces and lines were broken."""
    words = nfc(passage).split()
    if not words or len(" ".join(words)) < SHORTEST_PASSAGE:
        return mark if words and nfc(text).split() == words else text
    left, count = re.subn(r"\s+".join(map(re.escape, words)), lambda _match: mark, nfc(text))
    return left if count else text


def fold_vi(text: str) -> str:
    """Casefolded text without marks, đ as d: the stored column that searching compares.

    Example: fold_vi("Đại đoàn kết") == "dai doan ket"
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.translate(_STROKE).split())


def sort_key_vi(text: str) -> str:
    """A key whose plain byte order is Vietnamese dictionary order: letters first, then tones, by syllable."""
    return " ".join(_syllable_key(syllable) for syllable in nfc(text).casefold().split())


def _syllable_key(syllable: str) -> str:
    letters: list[str] = []
    tone = 0
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _SHAPES and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    return "".join(_letter_key(letter) for letter in letters) + str(tone)


def _letter_key(letter: str) -> str:
    rank = _RANK.get(letter)
    return chr(0x60 + rank) if rank else letter if letter.isdigit() else f"!{letter}"

"""How long a text is in Times New Roman, by Liberation Serif, whose advances are the same (that is its purpose)."""

import re
import struct
from collections.abc import Iterator
from functools import cache

from phoihop.reviews.render.form import FONT_DIR

_MM_PER_PT = 25.4 / 72
_FACES = {False: "LiberationSerif-Regular.ttf", True: "LiberationSerif-Bold.ttf"}
_UNKNOWN = 0.6  # em, for what the font does not hold
# Where a new line may begin: after a space, and after a hyphen save inside a document's number.
_BREAK = re.compile(r"[^ -]*-+|[^ -]+ *| +")
# "09/CTr-BCA-MTTQ", "NĐ-CP", "2023-2033": a word with a hyphen that holds a figure or a capital stays on one line.
UNBROKEN = re.compile(r"(?=\S*[\dA-ZĐ])\S+-\S+")
_MOST_UNBROKEN = 40
_SLACK = 1.02  # renderers round advances differently


def width_mm(text: str, size_pt: float, *, bold: bool = False) -> float:
    advances = _advances(_FACES[bold])
    return sum(advances.get(char, _UNKNOWN) for char in text) * size_pt * _MM_PER_PT


def balanced_mm(text: str, size_pt: float, limit_mm: float, *, bold: bool = True) -> float:
    """The narrowest width that keeps the number of lines, and breaks no document number at its hyphens if it can."""
    pieces = _pieces(text, size_pt, bold=bold)
    fewest = len(_lines(pieces, limit_mm))
    if fewest == 1:
        return limit_mm
    widths = [limit_mm - step for step in range(int(limit_mm * 0.6)) if step > limit_mm * (1 - 1 / _SLACK)]
    found = [(width, _lines(pieces, width)) for width in widths]
    whole = [each for each in found if not any(line.endswith("-") for line in each[1][:-1])]
    for choice, count in ((whole, fewest), (whole, fewest + 1), (found, fewest)):
        if fitting := [width for width, lines in choice if len(lines) == count]:
            return _SLACK * min(fitting)
    return limit_mm


def longest_line_mm(text: str, size_pt: float, limit_mm: float) -> float:
    lines = _lines(_pieces(text, size_pt, bold=True), limit_mm)
    longest = max((width_mm(line.strip(), size_pt, bold=True) for line in lines), default=0.0)
    return min(longest, limit_mm)


_Piece = tuple[str, float, float]  # text, its width, its width without the space after it


def _pieces(text: str, size_pt: float, *, bold: bool) -> list[_Piece]:
    return [
        (piece, width_mm(piece, size_pt, bold=bold), width_mm(piece.rstrip(), size_pt, bold=bold))
        for piece in _broken(text)
    ]


def is_unbroken(word: str) -> bool:
    return len(word) <= _MOST_UNBROKEN and bool(UNBROKEN.fullmatch(word))


def _broken(text: str) -> Iterator[str]:
    for word in re.findall(r"[^ ]+ *| +", text):
        if is_unbroken(word.rstrip()):
            yield word
        else:
            yield from _BREAK.findall(word)


def _lines(pieces: list[_Piece], limit_mm: float) -> list[str]:
    lines, used = [""], 0.0
    for piece, width, bare in pieces:
        if lines[-1] and used + bare > limit_mm:
            lines, used = [*lines, ""], 0.0
        lines[-1] += piece
        used += width
    return lines


@cache
def _advances(face: str) -> dict[str, float]:
    """Advance of each character in em, from the font's cmap (format 4), hmtx and head tables."""
    data = (FONT_DIR / face).read_bytes()
    count = struct.unpack(">H", data[4:6])[0]
    tables = {
        tag: offset
        for tag, _, offset, _ in (
            struct.unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i]) for i in range(count)
        )
    }
    per_em = struct.unpack(">H", data[tables[b"head"] + 18 : tables[b"head"] + 20])[0]
    metrics = struct.unpack(">H", data[tables[b"hhea"] + 34 : tables[b"hhea"] + 36])[0]
    widths = [struct.unpack(">H", data[at : at + 2])[0] for at in _steps(tables[b"hmtx"], metrics, 4)]
    glyphs = _glyphs(data, tables[b"cmap"])
    return {char: widths[min(glyph, metrics - 1)] / per_em for char, glyph in glyphs.items()}


def _steps(start: int, count: int, size: int) -> range:
    return range(start, start + count * size, size)


def _glyphs(data: bytes, cmap: int) -> dict[str, int]:
    tables = struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]
    offsets = [struct.unpack(">HHI", data[at : at + 8])[2] for at in _steps(cmap + 4, tables, 8)]
    start = next(cmap + each for each in offsets if data[cmap + each : cmap + each + 2] == b"\x00\x04")
    segments = struct.unpack(">H", data[start + 6 : start + 8])[0] // 2
    at = start + 14
    ends = struct.unpack(f">{segments}H", data[at : at + 2 * segments])
    at += 2 * segments + 2
    starts, deltas, ranges = (
        struct.unpack(f">{segments}H", data[at + 2 * segments * k : at + 2 * segments * (k + 1)])
        for k in range(3)
    )
    ranges_at = at + 4 * segments
    found = {}
    for index, (first, last, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if shift:
                place = ranges_at + 2 * index + shift + 2 * (code - first)
                glyph = struct.unpack(">H", data[place : place + 2])[0]
                glyph = (glyph + delta) % 65536 if glyph else 0
            else:
                glyph = (code + delta) % 65536
            if glyph:
                found[chr(code)] = glyph
    return found

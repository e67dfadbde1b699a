"""[[KEY]] in a sentence stands for a figure; a number typed beside them is found and compared."""

import re
from collections.abc import Container, Iterable, Iterator
from decimal import Decimal, InvalidOperation

USES = ("value", "change", "coverage")
TOKEN = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]|]*))?\]\]")

# What holds digits without being a figure: days, years and periods, numbers of documents, Roman or ordinal labels.
_LABELS = re.compile(
    r"""
    \d{1,2}/\d{1,2}/\d{4} | \d{1,2}/\d{4}                              # 14/12/2018, 12/2018
    | (?:[Nn]gày|tháng|[Qq]uý|[Nn]ăm|[Kk]ỳ|year|[Ii]n|of|half|quarter)\s+\d{1,4}(?:\s*[-–]\s*\d{4})?(?![\d.,/]*\d)
    | \d+\s+(?:năm|tháng|ngày|years?|months?|days?)\b                  # 5 năm, 6 tháng
    | \d+[-/]\d*[-/]?(?=[^\W\d_])[\w/\-]+                              # 09/CTr-BCA-MTTQ, 38-CTr/BDVTW-BCA
    | (?:[Ss]ố|No\.?|[Pp]rogramme|[Pp]hụ\ lục|[Aa]nnex|[Đđ]iều|[Aa]rticle|[Kk]hoản)\s+\d+
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*")  # not the digits of a code, such as B01


def key_of(match: "re.Match[str]") -> str:
    return match[1].strip()


def keys_in(*texts: str) -> list[str]:
    """Every key used, each once, in order."""
    return list(dict.fromkeys(key_of(match) for text in texts for match in TOKEN.finditer(text)))


def unknown_keys(texts: Iterable[str], known: Container[str]) -> list[str]:
    return [key for key in keys_in(*texts) if key not in known]


def unknown_uses(texts: Iterable[str]) -> list[str]:
    found = (match for text in texts for match in TOKEN.finditer(text) if match[2] is not None)
    return [match[0] for match in found if match[2] not in USES]


def typed_numbers(text: str) -> list[str]:
    """Numbers written out in a text, dates and other labels aside."""
    bare = _LABELS.sub(" ", TOKEN.sub(" ", text))
    return _NUMBER.findall(bare)


def unbound_numbers(text: str, lang: str, values: Container[Decimal]) -> list[str]:
    """Typed numbers that equal no figure in any way the language writes them."""
    return [
        typed for typed in typed_numbers(text) if not any(value in values for value in readings(typed, lang))
    ]


def readings(typed: str, lang: str) -> Iterator[Decimal]:
    """1.234,5 in Vietnamese and 1,234.5 in English; a whole number without marks is the same in both."""
    thousands, decimal = (".", ",") if lang == "vi" else (",", ".")
    plain = typed.replace(thousands, "").replace(decimal, ".")
    try:
        yield Decimal(plain).normalize()
    except InvalidOperation:
        return

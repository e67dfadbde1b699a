"""`administrative` and `calendar` in the file are ADM and CAL of `periods`; a window goes by its own code."""

_CODES = {"administrative": "ADM", "calendar": "CAL"}
_WORDS = {code: word for word, code in _CODES.items()}


def calendar_code(written: str) -> str:
    return _CODES.get(written, written)


def written_calendar(code: str) -> str:
    return _WORDS.get(code, code)

"""What an officer typed, from a page's own form or from a device, as cells; nothing is guessed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import number
from phoihop.core.text import nfc
from phoihop.reports.actions import Sent
from phoihop.reports.content import NOT_APPLICABLE
from phoihop.reports.enums import Section
from phoihop.reports.files.errors import CellRefused
from phoihop.reports.files.numbers import NA, DecimalMark, canonical_number, parse_number
from phoihop.web.errors import too_much_sent

UNCONFIRMED, CONFIRMED = "0", "1"  # of a figure that was filled in
LONGEST_NOTE = 2_000
LONGEST_WORDS = 20_000


@dataclass
class Typed:
    """`unreadable`: code -> the sentence why what stands there is no number."""

    sent: Sent
    unreadable: dict[str, str] = field(default_factory=dict)
    username: str = ""  # whose draft it is, as the device noted it


def page_mark() -> DecimalMark:
    return DecimalMark.POINT if (get_language() or "vi").startswith("en") else DecimalMark.COMMA


def from_page(request: HttpRequest, codes: Iterable[str]) -> Typed:
    """Fields c-CODE, na-CODE, all-CODE, n-CODE, s-SECTION; pre-CODE, with of-CODE: the figure that was filled in,
    and sure-CODE: it is confirmed."""
    post = request.POST
    codes = list(codes)
    return _typed(
        {
            "key": post.get("key", ""),
            "mark": post.get("mark", ""),
            "cells": {code: post.get(f"c-{code}", "") for code in codes},
            "na": [code for code in codes if f"na-{code}" in post],
            "consolidated": [code for code in codes if f"all-{code}" in post],
            "notes": {code: post.get(f"n-{code}", "") for code in codes},
            "narrative": {section.value: post.get(f"s-{section.value}", "") for section in Section},
            "prefilled": {
                code: CONFIRMED if f"sure-{code}" in post else post[f"pre-{code}"]
                for code in codes
                if post.get(f"pre-{code}") and post.get(f"of-{code}") == post.get(f"c-{code}")
            },
            "reason": post.get("reason", ""),
            "base": post.get("base"),
            "fingerprint": post.get("fingerprint", ""),
            "submit": post.get("action") == "submit",
            "beside": "beside" in post,
        }
    )


def from_device(request: HttpRequest) -> Typed:
    """The same as JSON."""
    try:
        body = json.loads(request.body)
    except RequestDataTooBig as fault:
        raise too_much_sent() from fault
    except ValueError as fault:
        raise _not_understood() from fault
    if not isinstance(body, dict):
        raise _not_understood()
    return _typed(body)


def _typed(body: Mapping[str, Any]) -> Typed:
    cells, unreadable = _cells(_texts(body, "cells"), _codes(body, "na"), _mark(body))
    base = body.get("base")
    sent = Sent(
        key=_key(body),
        cells=cells,
        consolidated=_codes(body, "consolidated"),
        notes={code: _bounded(text, LONGEST_NOTE) for code, text in _texts(body, "notes").items()},
        narrative={
            section: _bounded(text, LONGEST_WORDS)
            for section, text in _texts(body, "narrative").items()
            if section in Section.values
        },
        prefilled={
            code: mark == CONFIRMED
            for code, mark in _texts(body, "prefilled").items()
            if mark in {CONFIRMED, UNCONFIRMED}
        },
        reason=str(body.get("reason") or ""),
        base=base if isinstance(base, str) else None,
        fingerprint=str(body.get("fingerprint") or ""),
        is_submission=bool(body.get("submit")),
        beside=bool(body.get("beside")),
    )
    return Typed(sent, unreadable, str(body.get("user") or ""))


def _cells(
    texts: Mapping[str, str], not_applicable: Iterable[str], mark: DecimalMark
) -> tuple[dict[str, str], dict[str, str]]:
    cells, unreadable = dict.fromkeys(not_applicable, NOT_APPLICABLE), {}
    for code, text in texts.items():
        if code in cells:
            if not text.strip():
                continue
            unreadable[code] = _figure_and_none(
                code, text
            )  # only the officer knows which is wrong; the figure stays
            del cells[code]
        try:
            value = parse_number(text, mark=mark)
        except CellRefused as refusal:
            cells[code], unreadable[code] = nfc(text)[:200], str(refusal)
            continue
        if value is not None:
            cells[code] = NOT_APPLICABLE if value is NA else canonical_number(value)
    return cells, unreadable


def _figure_and_none(code: str, text: str) -> str:
    sentence = _(
        "%(code)s has the figure “%(text)s” and is marked “not applicable” as well. Keep one: clear the figure, or"
        " take the mark off."
    )
    return sentence % {"code": code, "text": text.strip()[:40]}


def _mark(body: Mapping[str, Any]) -> DecimalMark:
    given = str(body.get("mark") or "")
    return DecimalMark(given) if given in set(DecimalMark) else page_mark()


def _key(body: Mapping[str, Any]) -> UUID:
    try:
        return UUID(str(body["key"])) if body.get("key") else uuid4()
    except ValueError as fault:
        raise _not_understood() from fault


def _texts(body: Mapping[str, Any], name: str) -> dict[str, str]:
    found = body.get(name) or {}
    if not isinstance(found, dict) or len(found) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        raise _not_understood()
    return {str(code)[:40]: str(text) for code, text in found.items() if text is not None}


def _codes(body: Mapping[str, Any], name: str) -> list[str]:
    found = body.get(name) or []
    if not isinstance(found, list):
        raise _not_understood()
    return [str(code)[:40] for code in found]


def length_of(text: str) -> int:
    """In characters, as the limits count them."""
    return len(_clean(text))


def _clean(text: str) -> str:
    return nfc(text.replace("\r\n", "\n").replace("\x00", ""))


def _bounded(text: str, most: int) -> str:
    clean = _clean(text)
    if len(clean) > most:
        raise DomainError(
            _("The text that begins “%(start)s…” has %(length)s characters; at most %(most)s are kept. "
              "Shorten it, or attach it as a file.")
            % {"start": clean[:40], "length": number(len(clean)), "most": number(most)}
        )  # fmt: skip
    return clean


def _not_understood() -> DomainError:
    return DomainError(
        _("What the device sent was not understood. Reload the page; your draft is on the device.")
    )

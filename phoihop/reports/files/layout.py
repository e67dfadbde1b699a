"""The shape of the report workbook, shared by the one that writes it and the one that reads it back."""

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable
from enum import IntEnum, StrEnum

from django.utils.translation import gettext, gettext_noop, override

from phoihop.reports.enums import Scope
from phoihop.reports.models import Report

FORMAT = "phoihop-report-template/1"
META_SHEET = "meta"


class Language(StrEnum):
    """What the sheets say: one language, or Vietnamese with English below."""

    VIETNAMESE = "vi"
    ENGLISH = "en"
    BOTH = "both"


class Column(IntEnum):
    """Columns of the report sheet, from 0."""

    CODE = 0
    NAME = 1
    UNIT = 2
    DEFINITION = 3
    PREVIOUS = 4
    LAST_YEAR = 5
    VALUE = 6
    SCOPE = 7
    NOTE = 8


HEADINGS = {
    Column.CODE: gettext_noop("Indicator code"),
    Column.NAME: gettext_noop("Indicator"),
    Column.UNIT: gettext_noop("Unit of measure"),
    Column.DEFINITION: gettext_noop("What is counted"),
    Column.PREVIOUS: gettext_noop("Previous period"),
    Column.LAST_YEAR: gettext_noop("Same period last year"),
    Column.VALUE: gettext_noop("Value of this period"),
    Column.SCOPE: gettext_noop("Scope of the value"),
    Column.NOTE: gettext_noop("Note"),
}
REPORT_SHEET = gettext_noop("Report sheet")
NARRATIVE_SHEET = gettext_noop("Narrative")
NARRATIVE = {
    "results": gettext_noop("Main results"),
    "shortcomings": gettext_noop("Shortcomings"),
    "causes": gettext_noop("Causes"),
    "proposals": gettext_noop("Proposals"),
}
REASON = gettext_noop("Reason for the correction (only where the report was accepted before)")
# Rows from 1, as a spreadsheet shows them.
ORGANISATION_CELL = (6, 3)
PERIOD_CELL = (4, 7)
HEADER_ROW = 9
FIRST_ROW = 10
NARRATIVE_FIRST_ROW = 4
NARRATIVE_NUMERALS = ("I", "II", "III", "IV")
REASON_ROW = 8
NARRATIVE_TEXT_COLUMN = 3


def said(msgid: str, language: Language) -> str:
    """A text of the sheet in the template's language, whatever the language of who makes it."""
    if language is Language.BOTH:
        return f"{said(msgid, Language.VIETNAMESE)}\n{said(msgid, Language.ENGLISH)}"
    with override(language.value):
        return gettext(msgid)


def sheet_titles(msgid: str) -> set[str]:
    return {said(msgid, Language.VIETNAMESE), said(msgid, Language.ENGLISH)}


def scope_label(scope: Scope, language: Language) -> str:
    main = Language.VIETNAMESE if language is Language.BOTH else language
    with override(main.value):
        return str(scope.label)


def default_scope(allowed: Collection[Scope]) -> Scope:
    """What a blank scope says: own, unless the level speaks only for the units below."""
    return Scope.OWN if Scope.OWN in allowed else Scope.CONSOLIDATED


def scope_of(text: str) -> Scope | None:
    """The scope a code or a label of either language names; None for any other text."""
    wanted = unicodedata.normalize("NFC", text).strip().casefold()
    for scope in Scope:
        labels = {scope_label(scope, each) for each in (Language.VIETNAMESE, Language.ENGLISH)}
        if wanted in {scope.value, *(label.casefold() for label in labels)}:
            return scope
    return None


def template_hash(report: Report, cells: Iterable[tuple[str, int]]) -> str:
    """What a template was made for: another year's, another unit's or an older form's has another hash."""
    body = {
        "format": FORMAT,
        "form": report.period.form.code,
        "period": report.period.code,
        "organisation": report.organisation.slug,
        "covers": [report.covers_from.isoformat(), report.covers_until.isoformat()],
        "cells": [[code, number] for code, number in cells],
    }
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

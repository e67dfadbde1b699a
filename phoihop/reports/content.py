"""The figures of a report as exact numbers, and the canonical row under their hash."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from phoihop.core.canonical import canonical
from phoihop.reports.errors import figure_too_large, not_a_figure, too_many_decimals
from phoihop.reports.models import Report, ReportVersion

SCALE = 10_000
NOT_APPLICABLE = "na"
LARGEST = 10**13
FIGURE = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]+))?", re.ASCII)


@lru_cache(maxsize=50_000)  # a country writes few different figures
def scaled(text: str) -> int:
    """A decimal text as an exact integer.

    Units:   ten-thousandths: scaled("1.5") == 15_000.
    Raises:  DomainError for anything but plain digits with a point, more than 4 decimals, or beyond 10^13.
    """
    match = FIGURE.fullmatch(text)
    if match is None:
        raise not_a_figure(text)
    sign, whole, decimals = match[1], match[2], match[3] or ""
    if len(decimals) > 4:
        raise too_many_decimals(text)
    value = int(whole) * SCALE + int(decimals.ljust(4, "0"))
    if value > LARGEST * SCALE:
        raise figure_too_large(text)
    return -value if sign else value


def unscaled(value: int) -> Decimal:
    """Exact; without trailing zeros: unscaled(15_000) == Decimal("1.5")."""
    return Decimal(figure_text(value))


def figure_text(value: int) -> str:
    """The one way a figure is written in `ReportVersion.cells`: no exponent, no idle zeros."""
    whole, rest = divmod(abs(value), SCALE)
    decimals = f"{rest:04d}".rstrip("0")
    return ("-" if value < 0 else "") + (f"{whole}.{decimals}" if decimals else str(whole))


@dataclass(frozen=True, slots=True)
class ReportKey:
    """Which report, in words that outlive any database."""

    period: str
    form: str
    organisation: str
    covers_from: date
    covers_until: date


def report_key(report: Report) -> ReportKey:
    return ReportKey(
        report.period.code,
        report.period.form.code,
        report.organisation.slug,
        report.covers_from,
        report.covers_until,
    )


def version_key(version: ReportVersion) -> ReportKey:
    """The key a version was submitted under: its own days, where the report was shortened since."""
    key = report_key(version.report)
    if version.covers_from is None or version.covers_until is None:
        return key
    return ReportKey(key.period, key.form, key.organisation, version.covers_from, version.covers_until)


def canonical_row(
    key: ReportKey, *, number: int, cells: Mapping[str, str], consolidated: Iterable[str]
) -> dict[str, Any]:
    """Figures only: texts are hashed apart."""
    return {
        "period": key.period,
        "form": key.form,
        "organisation": key.organisation,
        "covers_from": key.covers_from.isoformat(),
        "covers_until": key.covers_until.isoformat(),
        "version": number,
        "cells": dict(cells),
        "consolidated": sorted(consolidated),
    }


def content_hash(key: ReportKey, version: ReportVersion) -> str:
    """SHA-256 of the canonical JSON (RFC 8785, which sorts the cells) of the row."""
    row = canonical_row(key, number=version.number, cells=version.cells, consolidated=version.consolidated)
    return hashlib.sha256(canonical(row)).hexdigest()


def revision_of(version: ReportVersion | None) -> str:
    """A short name of everything a person typed into a version: two devices compare it before writing."""
    if version is None:
        return ""
    typed = [version.number, version.cells, sorted(version.consolidated), version.notes, version.narrative]
    return hashlib.sha256(canonical(typed)).hexdigest()[:16]

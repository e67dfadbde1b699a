"""Whether a frozen review still is what it was: its context, its figures to the last digit, its files."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import rfc8785
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phoihop.audit.models import AuditEvent
from phoihop.core import storage
from phoihop.core.errors import DomainError
from phoihop.reviews.compose.context import figures_hash
from phoihop.reviews.compose.figures import numbers_of
from phoihop.reviews.models import Redaction, Review, ReviewFile, ReviewVersion
from phoihop.reviews.queries.changes import refigured


def verify_version(version: ReviewVersion) -> list[str]:
    """A sentence for each thing that does not hold; none where all does.

    The figures are computed anew from the ledger as it stood at the version's number, so corrections accepted
    since change nothing.
    """
    return [
        *_context_faults(version),
        *_log_faults(version),
        *_figure_faults(version),
        *_file_faults(version),
    ]


def _context_faults(version: ReviewVersion) -> Iterator[str]:
    text = version.context.encode()
    if hashlib.sha256(text).hexdigest() != hash_as_it_stands(version):
        yield _("The frozen context is not the one whose hash was recorded: it was changed after freezing.")
    try:
        context = json.loads(version.context)
        is_canonical = rfc8785.dumps(context) == text
    except ValueError:
        yield _("The frozen context cannot be read as JSON.")
        return
    if not is_canonical:
        yield _("The frozen context is not in canonical form (RFC 8785).")
    provenance = context["provenance"]
    for name in ("ledger_seq", "sql_hash", "figures_hash"):
        if provenance[name] != getattr(version, name):
            yield _("The record of the version and its context differ in “%(name)s”.") % {"name": name}
    if figures_hash(context["figures"]) != version.figures_hash:
        yield _("The figures in the context are not those whose hash was recorded.")
    yield from _cell_faults(context)


def hash_as_it_stands(version: ReviewVersion) -> str:
    """As it was frozen, or as the last redaction left it."""
    last = _of_text(version).last()
    return last.context_hash if last else version.context_hash


def _of_text(version: ReviewVersion) -> QuerySet[Redaction]:
    return Redaction.objects.filter(version=version).exclude(context_hash="").order_by("pk")


def _log_faults(version: ReviewVersion) -> Iterator[str]:
    """Text and hash could be changed together; the chained log of acts says what was frozen and what was redacted."""
    of_review = AuditEvent.objects.filter(
        object_type=Review._meta.label_lower,
        object_id=str(version.review_id),
        details__version=version.number,
    )
    told = of_review.filter(action="freeze_review").values_list("details__context", flat=True).first()
    if told != version.context_hash:
        yield _("The hash the version was frozen under is not the one in the audit log.")
    redacted = (
        of_review.filter(action="redact_review").order_by("pk").values_list("details__context", flat=True)
    )
    kept = _of_text(version).values_list("context_hash", flat=True)
    if list(redacted) != list(kept):
        yield _("The redactions of the version are not those in the audit log.")


def _cell_faults(context: Mapping[str, Any]) -> Iterator[str]:
    """Tables and charts repeat figures; each must repeat them rightly."""
    figures = context["figures"]
    for key, table in context["tables"].items():
        for row in table["rows"]:
            for column, figure in row.get("figures", {}).items():
                if row["cells"].get(column) != figures[figure]["value"]:
                    yield _("The table “%(table)s” shows another value than its figure %(figure)s.") % {
                        "table": key,
                        "figure": figure,
                    }
    for key, chart in context["charts"].items():
        for series in chart["series"]:
            for (_label, value), figure in zip(series["points"], series.get("figures", ()), strict=False):
                if figure and value != figures[figure]["value"]:
                    yield _("The chart “%(chart)s” shows another value than its figure %(figure)s.") % {
                        "chart": key,
                        "figure": figure,
                    }


def _figure_faults(version: ReviewVersion) -> Iterator[str]:
    try:
        context = json.loads(version.context)
        present = refigured(context, upto=version.ledger_seq)
    except ValueError:
        return
    except (ObjectDoesNotExist, DomainError) as gone:
        yield _("The figures cannot be computed again: %(reason)s") % {"reason": gone}
        return
    for key, frozen in numbers_of(context["figures"]).items():
        figure = present.ensure(key)
        now = figure.numbers() if figure else None
        if now is None:
            yield _("The figure %(key)s cannot be computed again: there is no such figure now.") % {
                "key": key
            }
        elif now != frozen:
            yield _difference(key, frozen, now)


def _difference(key: str, frozen: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    name = next(name for name in frozen if frozen[name] != now[name])
    return _(
        "The figure %(key)s does not come out again: %(name)s is %(frozen)s in the review, computed %(now)s."
    ) % {
        "key": key,
        "name": name,
        "frozen": _shown(frozen[name]),
        "now": _shown(now[name]),
    }


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    return str(value["value"]) if isinstance(value, Mapping) else str(value)


def _file_faults(version: ReviewVersion) -> Iterator[str]:
    for kept in version.files.order_by("pk"):
        if (fault := _file_fault(kept)) is not None:
            yield fault


def _file_fault(kept: ReviewFile) -> str | None:
    place = storage.place_of(kept.path)
    if not place.is_file():
        return _("The stored file “%(name)s” is missing (%(path)s).") % {"name": kept.name, "path": kept.path}
    if storage.hash_of(place) != kept.sha256:
        return _("The stored file “%(name)s” is not the one that was frozen: its hash differs.") % {
            "name": kept.name
        }
    return None

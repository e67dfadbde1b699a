"""Looks at frozen versions again after corrections; what it finds stands on the review's page, its room and its desks'."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from phoihop.areas.enums import Level
from phoihop.areas.models import AreaAncestor
from phoihop.areas.queries.maps import REPORTED
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.reports.models import LedgerEntry
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.quotes import quoted_keys
from phoihop.reviews.models import FigureCheck, ReviewVersion
from phoihop.reviews.queries.acts import basis_acts, basis_now, basis_of
from phoihop.reviews.queries.changes import changed_now
from phoihop.reviews.queries.checked import BETWEEN
from phoihop.reviews.queries.moves import periods_of
from phoihop.reviews.queries.reviews import context_of
from phoihop.rollup.ledger import last_seq

_IS_QUOTED = Q(quoted_by__isnull=False) | Q(quoted_in__isnull=False)


def note_changes() -> list[FigureCheck]:
    """Every version people read: of each review the newest, the one that is published, and those quoted above."""
    seq, basis = last_seq(), basis_now()
    return [check for version in watched() if (check := _noted(version, seq, basis)) is not None]


def watched() -> Iterable[ReviewVersion]:
    newest = ReviewVersion.objects.values("review").annotate(last=Max("number"))
    published = newest.filter(published_at__isnull=False)
    last = {(row["review"], row["last"]) for row in [*newest, *published]}
    rows = ReviewVersion.objects.filter(review__in={review for review, _number in last})
    found = rows.select_related("review__area", "figure_check").defer("context")
    quoted = set(ReviewVersion.objects.filter(_IS_QUOTED).values_list("pk", flat=True))
    return [each for each in found if (each.review_id, each.number) in last or each.pk in quoted]


def _noted(version: ReviewVersion, seq: int, basis: int) -> FigureCheck | None:
    """None where nothing was to be looked at."""
    held = getattr(version, "figure_check", None)
    after, known = (held.ledger_seq, held.basis) if held else (version.ledger_seq, basis_of(version))
    if held and (after, known) == (seq, basis):
        return None
    if held and held.changed and clock.now() - held.checked_at < BETWEEN:
        return None
    values, moved_at = (held.values, held.moved_at) if held else ({}, None)
    entries, act = _entries(version, after, seq), _last_act(known)
    entry = entries.order_by("-seq").values_list("at", flat=True).first()
    if entry or act:
        touched = (
            None if act else set(entries.values_list("report__period__form__window", "report__period__code"))
        )
        try:
            values = {each.key: each.now for each in changed_now(version, touched=touched, known=values)}
        except (ObjectDoesNotExist, DomainError):
            return None  # `review verify` says why it cannot be computed again
        moved_at = max(at for at in (entry, act) if at) if values else None
    fields = {
        "ledger_seq": seq, "basis": basis, "changed": len(values), "values": values,
        "quoted": len(quoted_keys(context_of(version)) & values.keys()), "moved_at": moved_at, "checked_at": clock.now(),
    }  # fmt: skip
    return FigureCheck.objects.update_or_create(version=version, defaults=fields)[0]


def _last_act(known: int) -> datetime | None:
    """On the map or the catalogue: then anything may have moved."""
    found: datetime | None = (
        basis_acts().filter(pk__gt=known).order_by("-pk").values_list("at", flat=True).first()
    )
    return found


def _entries(version: ReviewVersion, after: int, until: int) -> QuerySet[LedgerEntry]:
    """Of the review's windows and, as reported, of its area; on a map of another day of every area."""
    question = Question.from_json(context_of(version)["provenance"]["question"], upto=until)
    entries = LedgerEntry.objects.filter(
        seq__gt=after, seq__lte=until, report__period__in=[each.pk for each in periods_of(question)]
    )
    if question.area.level == Level.NATION or question.map_key != REPORTED:
        return entries
    under = AreaAncestor.objects.filter(ancestor=question.area, area=OuterRef("report__area"))
    return entries.filter(Q(report__area=question.area) | Exists(under))

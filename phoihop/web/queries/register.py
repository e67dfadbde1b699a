"""The register of numbers of the bodies a person sees: given, cancelled and left out, with the reason of each gap."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import day, localname
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.queries import organisations_visible_to
from phoihop.reviews.enums import NumberState
from phoihop.reviews.models import IssuedNumber, Review
from phoihop.web.tables import Column, Row, Table, text_cell

_TAGS = {NumberState.GIVEN: "good", NumberState.SKIPPED: "", NumberState.CANCELLED: "warn"}


@dataclass(frozen=True, slots=True)
class Asked:
    issuer: str
    year: str


def register_seen_by(user: AnyUser) -> QuerySet[IssuedNumber]:
    lines = IssuedNumber.objects.filter(organisation__in=organisations_visible_to(user).values("pk"))
    related = lines.select_related("organisation", "version__review", "given_by", "cancelled_by")
    return related.order_by("organisation__name_sort", "-year", "kind", "number")


def issuers_in(lines: QuerySet[IssuedNumber]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=lines.values("organisation")).order_by("name_sort")


def years_in(lines: QuerySet[IssuedNumber]) -> list[int]:
    return sorted(set(lines.order_by().values_list("year", flat=True)), reverse=True)


def narrowed(lines: QuerySet[IssuedNumber], asked: Asked) -> QuerySet[IssuedNumber]:
    found = lines.filter(organisation__slug=asked.issuer) if asked.issuer else lines
    return found.filter(year=int(asked.year)) if asked.year.isdecimal() else found


def register_table(user: AnyUser, lines: Iterable[IssuedNumber]) -> Table:
    shown = list(lines)
    reviews = {line.version.review_id for line in shown if line.version}
    seen = set(Review.objects.visible_to(user).filter(pk__in=reviews).values_list("pk", flat=True))
    labels = (
        ("number", _("Number")), ("kind", _("Kind of document")), ("year", _("Year")), ("issuer", _("Issuer")),
        ("day", _("Day")), ("state", _("State")), ("review", _("Review version")), ("reason", _("Reason")), ("by", _("By")),
    )  # fmt: skip
    return Table(
        key="register",
        caption=_("Register of numbers"),
        columns=[Column(key, label) for key, label in labels],
        rows=[_row(line, seen) for line in shown],
        empty=_(
            "No number has been given yet. An issuer's desk gives one in the review room, after approving."
        ),
    )


def _row(line: IssuedNumber, seen: set[int]) -> Row:
    version = line.version if line.version and line.version.review_id in seen else None
    title = href = ""
    if version:
        title = (
            f"{localname(version.review, 'title')} ({_('version %(number)s') % {'number': version.number}})"
        )
        href = f"{reverse('reviews:review', args=[version.review.slug])}?version={version.number}"
    by = line.cancelled_by or line.given_by
    return Row(
        [
            text_cell(line.written),
            text_cell(line.get_kind_display()),
            text_cell(line.year),
            text_cell(localname(line.organisation)),
            text_cell(day(line.dated_on)),
            text_cell(line.get_state_display(), tag=_TAGS[NumberState(line.state)]),
            text_cell(title or "–", href),
            text_cell(line.reason),
            text_cell(by.username if by else _("by the system")),
        ]
    )

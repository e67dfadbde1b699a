"""Conclusions with their paragraphs, the assignments each gave, and what those have come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from phoihop.assignments.models import Assignment, Conclusion, Paragraph
from phoihop.assignments.permissions import acting, issuers_of, may_draft, may_issue
from phoihop.assignments.queries.counting import FourCells, cells_by, four_cells, parts_of
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment of a paragraph, with the cells of its parts."""

    assignment: Assignment
    parts: FourCells | None


@dataclass(frozen=True, slots=True)
class ConclusionPage:
    conclusion: Conclusion
    issuers: Sequence[Organisation]
    paragraphs: Sequence[tuple[Paragraph, Sequence[Line]]]
    cells: FourCells  # of what it gives directly; parts are counted beside
    may_edit: bool
    may_issue: bool
    may_number: bool


def listed_conclusions(user: AnyUser, programme: Programme | None = None) -> QuerySet[Conclusion]:
    found = Conclusion.objects.visible_to(user)
    if programme:
        found = found.filter(programmes=programme)
    related = found.select_related("lead_issuer", "area").prefetch_related(
        "programmes", "co_issuing__organisation"
    )
    return related.order_by("-concluded_on", "-pk")


def conclusions_from(user: AnyUser, origin: str) -> QuerySet[Conclusion]:
    """Of a conference or a review, by its key ("review:<slug>")."""
    return Conclusion.objects.visible_to(user).filter(origin=origin).order_by("concluded_on", "pk")


def cells_of(conclusions: Sequence[Conclusion]) -> Mapping[int, FourCells]:
    direct = Assignment.objects.filter(
        paragraph__conclusion__in=[each.pk for each in conclusions], parent__isnull=True
    )
    return cells_by(direct, "paragraph__conclusion")


def conclusion_page(conclusion: Conclusion, user: AnyUser) -> ConclusionPage:
    direct = Assignment.objects.filter(parent__isnull=True).select_related("lead__area", "giver")
    direct = direct.prefetch_related("co_organisations").order_by("order", "pk")
    paragraphs = list(conclusion.paragraphs.prefetch_related(Prefetch("assignments", direct, "direct")))
    every = [each for paragraph in paragraphs for each in paragraph.direct]
    parts, drafts = parts_of(every), _drafted(conclusion)
    who, issuers = acting(user), issuers_of(conclusion)
    return ConclusionPage(
        conclusion=conclusion,
        issuers=issuers,
        paragraphs=[
            (
                paragraph,
                [Line(each, parts.get(each.pk) or drafts.get(each.pk)) for each in paragraph.direct],
            )
            for paragraph in paragraphs
        ],
        cells=four_cells(Assignment.objects.filter(paragraph__conclusion=conclusion, parent__isnull=True)),
        may_edit=conclusion.is_draft and may_draft(who, issuers),
        may_issue=conclusion.is_draft and may_issue(who, conclusion),
        may_number=not conclusion.is_draft and not conclusion.number and may_issue(who, conclusion),
    )


def _drafted(conclusion: Conclusion) -> dict[int, FourCells]:
    """Of a draft, how many parts each assignment is divided into; they are all still in time."""
    if not conclusion.is_draft:
        return {}
    parts = Assignment.objects.filter(paragraph__conclusion=conclusion, parent__isnull=False)
    found: dict[int, int] = {}
    for parent in parts.order_by().values_list("parent_id", flat=True):
        found[parent or 0] = found.get(parent or 0, 0) + 1
    return {parent: FourCells(open_in_time=count) for parent, count in found.items()}

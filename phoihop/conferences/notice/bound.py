"""Whom a notice binds: the leads and co-organisations it names, and the parts given together with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.assignments.models import Assignment, Conclusion
from phoihop.conferences.notice.grouped import group_name
from phoihop.orgs.models import Organisation
from phoihop.reviews.render.labels import Language

ALONE = 3  # so many of one line and level are still named one by one


@dataclass(frozen=True, slots=True)
class Bound:
    """An assignment of the notice with the parts it was divided into before it was issued."""

    whole: Assignment
    parts: Sequence[Assignment]
    on: date  # of the issue: bodies are called as on that day


def bound_by(conclusion: Conclusion) -> list[Bound]:
    """In the order of the paragraphs; what was divided later is not of the notice."""
    related = Assignment.objects.filter(paragraph__conclusion=conclusion).select_related(
        "paragraph", "lead__area"
    )
    every = list(
        related.prefetch_related("co_organisations__area__titles", "lead__area__titles", "review_dates")
    )
    every.sort(key=lambda each: (each.paragraph.order, each.order, each.pk))
    parts = [each for each in every if each.parent_id is not None and _is_of(conclusion, each)]
    below: dict[int, list[Assignment]] = defaultdict(list)
    for part in parts:
        below[part.parent_id or 0].append(part)
    day = conclusion.issued_on or conclusion.concluded_on
    return [Bound(each, _under(each.pk, below), day) for each in every if each.parent_id is None]


def addressees(bound: Iterable[Bound]) -> list[dict[str, str]]:
    """Every lead and co-organisation, an issuer that performs among them; those of one line and level as one."""
    named: dict[int, Organisation] = {}
    day = date.max
    for each in bound:
        day = each.on
        for task in (each.whole, *each.parts):
            for body in (task.lead, *task.co_organisations.all()):
                named.setdefault(body.pk, body)
    return [
        {"vi": _told(group, day, "vi"), "en": _told(group, day, "en")} for group in _groups(named.values())
    ]


def called(body: Organisation, day: date, lang: Language) -> str:
    return body.name_on(day) if lang == "vi" else body.english_name_on(day)


def told_together(bodies: Sequence[Organisation], day: date, lang: Language) -> str:
    """ "Công an các tỉnh, thành phố (34)", a line for each party line and level."""
    groups = _groups(bodies)
    return "; ".join(
        f"{_told(group, day, lang)} ({len(group)})" if len(group) > ALONE else _told(group, day, lang)
        for group in groups
    )


def _groups(bodies: Iterable[Organisation]) -> list[list[Organisation]]:
    """Of the centre each by itself; below it, those of one line and level together."""
    found: dict[tuple[str, str, int], list[Organisation]] = {}
    for body in bodies:
        level = str(body.area.level)
        own = body.pk if level == "nation" else 0
        found.setdefault((body.party, level, own), []).append(body)
    return list(found.values())


def _told(group: Sequence[Organisation], day: date, lang: Language) -> str:
    if len(group) > ALONE:
        return group_name(group[0].party, str(group[0].area.level), lang)
    return "; ".join(called(body, day, lang) for body in group)


def _under(whole: int, below: dict[int, list[Assignment]]) -> list[Assignment]:
    return [found for part in below[whole] for found in (part, *_under(part.pk, below))]


def _is_of(conclusion: Conclusion, part: Assignment) -> bool:
    issued_at, given_at = conclusion.issued_at, part.given_at
    return issued_at is None or given_at is None or given_at <= issued_at

"""Where words stand that people typed about an assignment, a proposal or conclusions still in draft."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from phoihop.assignments.enums import Words
from phoihop.assignments.models import (
    Assignment,
    Conclusion,
    Extension,
    Forwarding,
    Movement,
    Paragraph,
    Passing,
    Progress,
    Proposal,
)
from phoihop.audit.words import FILE, is_taken_out
from phoihop.core import clock

Thing = Assignment | Conclusion | Proposal


@dataclass(frozen=True, slots=True)
class Place:
    """`of`: from the row to the thing it is about."""

    words: Words
    model: type[Model]
    field: str
    of: str

    def rows(self, pks: set[int]) -> QuerySet[Any]:
        return self.model._default_manager.filter(**{f"{self.of}__in": pks}).order_by("pk")


_OF_ASSIGNMENTS = (
    Place(Words.PROGRESS, Progress, "text", "assignment"),
    Place(Words.EVIDENCE, Progress, FILE, "assignment"),
    Place(Words.MOVEMENT, Movement, "text", "assignment"),
    Place(Words.WITHDRAWAL, Assignment, "withdraw_reason", "pk"),
    Place(Words.EXTENSION, Extension, "reason", "assignment"),
    Place(Words.DECISION, Extension, "decision", "assignment"),
    Place(Words.PASSING, Passing, "reason", "assignment"),
)
_OF_PROPOSALS = (
    Place(Words.TITLE, Proposal, "title", "pk"),
    Place(Words.PROPOSAL, Proposal, "text", "pk"),
    Place(Words.ANSWER, Proposal, "answer", "pk"),
    Place(Words.FORWARDING, Forwarding, "reason", "proposal"),
)
_OF_CONCLUSIONS = (
    Place(Words.TITLE, Conclusion, "title_vi", "pk"),
    Place(Words.TITLE_EN, Conclusion, "title_en", "pk"),
    Place(Words.PARAGRAPH, Paragraph, "text_vi", "conclusion"),
    Place(Words.PARAGRAPH_EN, Paragraph, "text_en", "conclusion"),
    Place(Words.TASK, Assignment, "text_vi", "paragraph__conclusion"),
    Place(Words.TASK_EN, Assignment, "text_en", "paragraph__conclusion"),
    Place(Words.PRODUCT, Assignment, "product_vi", "paragraph__conclusion"),
    Place(Words.PRODUCT_EN, Assignment, "product_en", "paragraph__conclusion"),
)
_PLACES: dict[type[Model], tuple[Place, ...]] = {
    Assignment: _OF_ASSIGNMENTS,
    Proposal: _OF_PROPOSALS,
    Conclusion: _OF_CONCLUSIONS,
}


def places_of(thing: Thing) -> tuple[Place, ...]:
    """Conclusions that were issued are a document: nothing typed into them changes any more."""
    if isinstance(thing, Conclusion) and not thing.is_draft:
        return ()
    return every_place_of(thing)


def every_place_of(thing: Thing) -> tuple[Place, ...]:
    return _PLACES[type(thing)]


def texts_of(thing: Thing) -> Iterator[tuple[Place, Any]]:
    """Each place with a row that still says something there."""
    for place in places_of(thing):
        for row in place.rows({thing.pk}):
            if not is_taken_out(getattr(row, place.field)):
                yield place, row


def alike(thing: Thing, text: str) -> Iterator[tuple[Place, Any]]:
    """Where the same words stand: of an assignment, also in the whole it is a part of and the parts of that."""
    whole = _family(thing) if isinstance(thing, Assignment) else {thing.pk}
    for place in places_of(thing):
        yield from ((place, row) for row in place.rows(whole).filter(**{place.field: text}))


def _family(assignment: Assignment) -> set[int]:
    root = assignment
    while root.parent is not None:
        root = root.parent
    found, waiting = {root.pk}, {root.pk}
    while waiting:
        waiting = set(Assignment.objects.filter(parent__in=waiting).values_list("pk", flat=True)) - found
        found |= waiting
    return found


def passed_alike(words: str, pk: int, found: Collection[tuple[Place, Any]]) -> list[tuple[Place, Any]]:
    """One passing gave its reason to every assignment and proposal that passed: the rows of it not found yet."""
    if words == Words.PASSING:
        passing = Passing.objects.get(pk=pk)
        old, heir, reason = passing.old, passing.heir, passing.reason
    else:
        sent_on = Forwarding.objects.get(pk=pk)
        old, heir, reason = sent_on.old, sent_on.receiver, sent_on.reason
        if old.is_in_force(clock.today()):
            return []  # no passing: it was sent on
    of_assignments = Passing.objects.filter(old=old, heir=heir, reason=reason)
    of_proposals = Forwarding.objects.filter(old=old, receiver=heir, reason=reason)
    known = {(each.words, row.pk) for each, row in found}
    every: list[tuple[Place, Any]] = [(_place(Words.PASSING), row) for row in of_assignments]
    every += [(_place(Words.FORWARDING), row) for row in of_proposals]
    return [(place, row) for place, row in every if (place.words, row.pk) not in known]


def _place(words: Words) -> Place:
    return next(each for each in (*_OF_ASSIGNMENTS, *_OF_PROPOSALS) if each.words == words)

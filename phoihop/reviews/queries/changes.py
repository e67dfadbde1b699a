from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from phoihop.reviews.compose.figures import Figures, exact
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.rolled import roll
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.queries.reviews import context_of
from phoihop.rollup.ledger import last_seq


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that is no longer what the frozen version says."""

    key: str
    name: Mapping[str, str]
    then: str | None
    now: str | None


def changed_since(version: ReviewVersion) -> list[Changed]:
    """What corrections since have moved; none where nothing was accepted after the version's ledger number."""
    if last_seq() == version.ledger_seq:
        return []
    context = context_of(version)
    present = refigured(context, upto=None)
    return [
        Changed(key, figure["name"], figure["value"], now)
        for key, figure in context["figures"].items()
        if (now := _value(present, key)) != figure["value"]
    ]


def refigured(context: Mapping[str, Any], *, upto: int | None) -> Figures:
    """The context's figures asked again at a ledger number; None: at the last.

    Raises: DoesNotExist where a programme or the area is gone, DomainError where the span has no whole window.
    """
    asked = replace(Question.from_json(context["provenance"]["question"], upto=0), upto=upto)
    return roll(asked).figures


def _value(figures: Figures, key: str) -> str | None:
    figure = figures.ensure(key)
    return exact(figure.value) if figure else None

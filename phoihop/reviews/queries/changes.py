"""What changed between two versions of a review, or between a version and the figures of now, figure by figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from phoihop.areas.models import Area
from phoihop.reviews.compose.figures import Figures, exact
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.rolled import Touched, roll
from phoihop.reviews.enums import ReasonKind
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.queries.acts import basis_of, basis_of_draft
from phoihop.reviews.queries.checked import recent_check
from phoihop.reviews.queries.reasons import Reason, Reasons
from phoihop.reviews.queries.reviews import context_of
from phoihop.rollup.compute_steps import sql_hash
from phoihop.rollup.ledger import last_seq


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that is no longer what the frozen version says."""

    key: str
    name: Mapping[str, str]
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Missing: None where there is no value, or no such figure on that side."""

    key: str
    figure: Mapping[str, Any]
    area_name: str  # empty for the review's own area
    before: Decimal | None
    after: Decimal | None
    is_changed: bool
    reasons: Sequence[Reason] = ()

    @property
    def difference(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Compared:
    """`second` None: the figures of now, or those of the run the draft was last composed from."""

    first: ReviewVersion
    second: ReviewVersion | None
    ledger: tuple[int, int]
    rows: Sequence[FigureRow]
    is_draft: bool = False

    @property
    def changed(self) -> list[FigureRow]:
        return [row for row in self.rows if row.is_changed]


@dataclass(frozen=True, slots=True)
class _Side:
    figures: Mapping[str, Mapping[str, Any]]
    map_key: str
    sql_hash: str


def with_draft(first: ReviewVersion) -> Compared:
    """With the run the draft was last composed from."""
    composed = first.review.composed
    until = composed["provenance"]["ledger_seq"]
    later = _Side(composed["figures"], composed["question"]["map"], composed["provenance"]["sql_hash"])
    rows = _rows(first, later, until, basis_of_draft(first.review))
    return Compared(first, None, (first.ledger_seq, until), rows, is_draft=True)


def compared(first: ReviewVersion, second: ReviewVersion | None) -> Compared:
    """Every figure of both sides; the reasons only of those that differ.

    Raises: DoesNotExist where a programme or the area is gone, DomainError where the span has no whole window.
    """
    context = context_of(first)
    check = None if second else recent_check(first)
    until = second.ledger_seq if second else check.ledger_seq if check else last_seq()
    if second:
        later = _frozen(context_of(second))
    else:
        later = _checked(context, check.values) if check else _now(context, until)
    rows = _rows(first, later, until, basis_of(second) if second else None)
    return Compared(first, second, (first.ledger_seq, until), rows)


def _rows(first: ReviewVersion, later: "_Side", until: int, log_until: int | None) -> list[FigureRow]:
    context = context_of(first)
    question = Question.from_json(context["provenance"]["question"], upto=until)
    sides = _frozen(context), later
    reasons = Reasons.between(question, (first.ledger_seq, until), (basis_of(first), log_until))
    names = _area_names(question, sides)
    return [_row(key, sides, reasons, names) for key in _keys(sides)]


def changed_since(version: ReviewVersion) -> list[Changed]:
    """What corrections since have moved; none where nothing was accepted after the version's ledger number."""
    if last_seq() == version.ledger_seq:
        return []
    return changed_now(version)


def changed_now(
    version: ReviewVersion, *, touched: Touched | None = None, known: Mapping[str, str | None] | None = None
) -> list[Changed]:
    """Also where only the map or the catalogue is another.

    `touched`: only these windows can have moved since `known` was found, the changed values by key; what stands on
    none of them is not computed again.
    """
    context = context_of(version)
    present = roll(_asked(context, None), touched=touched)
    held = known or {}
    found = []
    for key, figure in context["figures"].items():
        then = figure["value"]
        now = _value(present.figures, key) if present.has(key) else held.get(key, then)
        if now != then:
            found.append(Changed(key, figure["name"], then, now))
    return found


def refigured(context: Mapping[str, Any], *, upto: int | None) -> Figures:
    """The context's figures asked again at a ledger number; None: at the last.

    Raises: DoesNotExist where a programme or the area is gone, DomainError where the span has no whole window.
    """
    return roll(_asked(context, upto)).figures


def _asked(context: Mapping[str, Any], upto: int | None) -> Question:
    return replace(Question.from_json(context["provenance"]["question"], upto=0), upto=upto)


def _value(figures: Figures, key: str) -> str | None:
    figure = figures.ensure(key)
    return exact(figure.value) if figure else None


def _frozen(context: Mapping[str, Any]) -> _Side:
    provenance = context["provenance"]
    return _Side(context["figures"], provenance["question"]["map"], provenance["sql_hash"])


def _now(context: Mapping[str, Any], until: int) -> _Side:
    """The figures the version has, as they are now."""
    present = refigured(context, upto=until)
    found = {
        key: figure.as_json() for key in context["figures"] if (figure := present.ensure(key)) is not None
    }
    return _Side(found, context["provenance"]["question"]["map"], sql_hash())


def _checked(context: Mapping[str, Any], values: Mapping[str, str | None]) -> _Side:
    """The same from what the job found; the rules of computing are then those of now."""
    figures = context["figures"]
    found = {key: {**figure, "value": values.get(key, figure["value"])} for key, figure in figures.items()}
    return _Side(found, context["provenance"]["question"]["map"], sql_hash())


def _keys(sides: tuple[_Side, _Side]) -> Iterator[str]:
    """The review's own area first, in its order; then what only the later side has."""
    yield from dict.fromkeys([*sides[0].figures, *sides[1].figures])


def _row(key: str, sides: tuple[_Side, _Side], reasons: Reasons, names: Mapping[int, str]) -> FigureRow:
    old, new = (side.figures.get(key) for side in sides)
    figure = old or new or {}
    before, after = (
        Decimal(each["value"]) if each and each["value"] is not None else None for each in (old, new)
    )
    is_changed = before != after or (old is None) != (new is None)
    why: list[Reason] = []
    if is_changed:
        why = [*reasons.of(key, figure), *_of_sides(old, new, sides)] or [Reason(ReasonKind.UNEXPLAINED)]
    return FigureRow(key, figure, names.get(figure["area_id"], ""), before, after, is_changed, tuple(why))


def _of_sides(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, sides: tuple[_Side, _Side]
) -> Iterator[Reason]:
    """What the two contexts themselves say is another."""
    if sides[0].map_key != sides[1].map_key:
        yield Reason(ReasonKind.MAP, said=f"{sides[0].map_key} → {sides[1].map_key}")
    if old is None or new is None:
        yield Reason(ReasonKind.SELECTION)
    elif old["definition"] != new["definition"] or old["unit"] != new["unit"]:
        yield Reason(ReasonKind.DEFINITION)
    if sides[0].sql_hash != sides[1].sql_hash:
        yield Reason(ReasonKind.RULES)


def _area_names(question: Question, sides: tuple[_Side, _Side]) -> dict[int, str]:
    ids = {figure["area_id"] for side in sides for figure in side.figures.values()} - {question.area.pk}
    return dict(Area.objects.filter(pk__in=ids).values_list("pk", "full_name"))

"""What changed between two versions of a review, two runs of its draft, or either and now, figure by figure."""

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
from phoihop.reviews.queries.checked import recent_check
from phoihop.reviews.queries.reasons import Reason, Reasons
from phoihop.reviews.queries.reviews import context_of
from phoihop.reviews.queries.sides import Side, Stand, side_of, side_of_draft
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
    """`second` None: the figures of now, or the draft as it stands."""

    first: Stand
    second: Stand | None
    ledger: tuple[int, int]
    rows: Sequence[FigureRow]
    is_draft: bool = False

    @property
    def changed(self) -> list[FigureRow]:
        return [row for row in self.rows if row.is_changed]


def with_draft(first: Stand) -> Compared:
    """With the run the draft was last composed from."""
    sides = side_of(first), side_of_draft(first.review)
    return Compared(first, None, _ledger(sides), _rows(sides), is_draft=True)


def compared(first: Stand, second: Stand | None) -> Compared:
    """Every figure of both sides; the reasons only of those that differ.

    Raises: DoesNotExist where a programme or the area is gone, DomainError where the span has no whole window.
    """
    before = side_of(first)
    sides = before, side_of(second) if second else _later(first, before)
    return Compared(first, second, _ledger(sides), _rows(sides))


def _ledger(sides: tuple[Side, Side]) -> tuple[int, int]:
    return sides[0].ledger_seq, sides[1].ledger_seq


def _later(first: Stand, before: Side) -> Side:
    """The figures of now: as a job has just found them for a frozen version, else computed."""
    check = recent_check(first) if isinstance(first, ReviewVersion) else None
    if check:
        found = {
            key: {**figure, "value": check.values.get(key, figure["value"])}
            for key, figure in before.figures.items()
        }
        return before.now(found, ledger_seq=check.ledger_seq)
    until = last_seq()
    present = roll(Question.from_json(before.question, upto=until)).figures
    held = {key: figure.as_json() for key in before.figures if (figure := present.ensure(key)) is not None}
    return before.now(held, ledger_seq=until)


def _rows(sides: tuple[Side, Side]) -> list[FigureRow]:
    before, after = sides
    question = Question.from_json(before.question, upto=after.ledger_seq)
    log = before.basis or 0, after.basis
    reasons = Reasons.between(question, _ledger(sides), log)
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


def _keys(sides: tuple[Side, Side]) -> Iterator[str]:
    """The review's own area first, in its order; then what only the later side has."""
    yield from dict.fromkeys([*sides[0].figures, *sides[1].figures])


def _row(key: str, sides: tuple[Side, Side], reasons: Reasons, names: Mapping[int, str]) -> FigureRow:
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
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, sides: tuple[Side, Side]
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


def _area_names(question: Question, sides: tuple[Side, Side]) -> dict[int, str]:
    ids = {figure["area_id"] for side in sides for figure in side.figures.values()} - {question.area.pk}
    return dict(Area.objects.filter(pk__in=ids).values_list("pk", "full_name"))

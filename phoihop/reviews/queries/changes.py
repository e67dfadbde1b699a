"""What changed between two versions of a review, two runs of its draft, or either and now, figure by figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from phoihop.areas.models import Area
from phoihop.reviews.compose.figures import Figures, exact
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.rolled import Touched, roll
from phoihop.reviews.enums import ReasonKind
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.queries.checked import Held, held_of
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
    is_reworded: bool = False  # another definition or unit


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Missing: None where there is no value, or no such figure on that side."""

    key: str
    figure: Mapping[str, Any]
    area_name: str  # empty for the review's own area
    before: Decimal | None
    after: Decimal | None
    is_changed: bool
    why: "Why | None" = field(default=None, compare=False, repr=False)

    @property
    def reasons(self) -> Sequence[Reason]:
        return self.newest_reasons(None)[1]

    def newest_reasons(self, most: int | None) -> tuple[int, Sequence[Reason]]:
        """How many there are, and the newest. Found when asked for: a page shows a few of thousands."""
        return self.why.of(self, most) if self.why else (0, ())

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
    is_cut: bool = False  # the reasons name the newest reports only: there are very many
    now: Held | None = None  # where the second side is the figures of now

    @property
    def changed(self) -> list[FigureRow]:
        return [row for row in self.rows if row.is_changed]


def with_draft(first: Stand) -> Compared:
    """With the run the draft was last composed from."""
    sides = side_of(first), side_of_draft(first.review)
    rows, is_cut = _rows(sides)
    return Compared(first, None, _ledger(sides), rows, is_draft=True, is_cut=is_cut)


def compared(first: Stand, second: Stand | None) -> Compared:
    """Every figure of both sides; the reasons only of those that differ. With now: as it was last computed.

    Raises: DoesNotExist where a programme or the area is gone, DomainError where the span has no whole window.
    """
    before = side_of(first)
    held = None if second else held_of(first, before)
    if held and held.values is None:
        return Compared(first, None, (before.ledger_seq, before.ledger_seq), (), now=held)
    sides = before, side_of(second) if second else _later(before, held)
    rows, is_cut = _rows(sides)
    return Compared(first, second, _ledger(sides), rows, is_cut=is_cut, now=held)


def _later(before: Side, held: Held | None) -> Side:
    if held is None or held.values is None:
        return before
    return before.later(held.values, held.reworded, ledger_seq=held.ledger_seq, basis=held.basis)


def _ledger(sides: tuple[Side, Side]) -> tuple[int, int]:
    return sides[0].ledger_seq, sides[1].ledger_seq


@dataclass(frozen=True, slots=True)
class Why:
    """What tells why the figures of two sides differ."""

    sides: tuple[Side, Side]
    reasons: Reasons

    def of(self, row: FigureRow, most: int | None) -> tuple[int, Sequence[Reason]]:
        old, new = (side.figures.get(row.key) for side in self.sides)
        count, found = self.reasons.of(row.key, row.figure, most)
        other = list(_of_sides(old, new, self.sides))
        if not count and not other:
            return 1, [Reason(ReasonKind.UNEXPLAINED)]
        return count + len(other), [*found, *other]


def _rows(sides: tuple[Side, Side]) -> tuple[list[FigureRow], bool]:
    """And whether the reasons leave out older reports."""
    before, after = sides
    question = Question.from_json(before.question, upto=after.ledger_seq)
    why = Why(sides, Reasons.between(question, _ledger(sides), (before.basis, after.basis)))
    names = _area_names(question, sides)
    return [_row(key, why, names) for key in _keys(sides)], why.reasons.is_cut


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
    figures, question = context["figures"], context["provenance"]["question"]
    return changed_at(figures, question, None, touched=touched, known=known)


def changed_at(
    figures: Mapping[str, Mapping[str, Any]],
    question: Mapping[str, Any],
    upto: int | None,
    *,
    touched: Touched | None = None,
    known: Mapping[str, str | None] | None = None,
) -> list[Changed]:
    """At a ledger number; None: at the last."""
    present = roll(replace(Question.from_json(question, upto=0), upto=upto), touched=touched)
    held = known or {}
    found = []
    for key, figure in figures.items():
        then = figure["value"]
        now = _value(present.figures, key) if present.has(key) else held.get(key, then)
        if now != then:
            found.append(Changed(key, figure["name"], then, now, _is_reworded(figure, present.figures, key)))
    return found


def _is_reworded(figure: Mapping[str, Any], present: Figures, key: str) -> bool:
    found = present.ensure(key)
    now = found.as_json() if found else figure
    return any(now[each] != figure[each] for each in ("definition", "unit"))


def refigured(context: Mapping[str, Any], *, upto: int | None) -> Figures:
    """The context's figures asked again at a ledger number; None: at the last.

    Raises: DoesNotExist where a programme or the area is gone, DomainError where the span has no whole window.
    """
    asked = Question.from_json(context["provenance"]["question"], upto=0)
    return roll(replace(asked, upto=upto)).figures


def _value(figures: Figures, key: str) -> str | None:
    figure = figures.ensure(key)
    return exact(figure.value) if figure else None


def _keys(sides: tuple[Side, Side]) -> Iterator[str]:
    """The review's own area first, in its order; then what only the later side has."""
    yield from dict.fromkeys([*sides[0].figures, *sides[1].figures])


def _row(key: str, why: Why, names: Mapping[int, str]) -> FigureRow:
    old, new = (side.figures.get(key) for side in why.sides)
    figure = old or new or {}
    before, after = (
        Decimal(each["value"]) if each and each["value"] is not None else None for each in (old, new)
    )
    is_changed = before != after or (old is None) != (new is None)
    name = names.get(figure["area_id"], "")
    return FigureRow(key, figure, name, before, after, is_changed, why if is_changed else None)


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

"""The two sides of a comparison: a frozen version, a run of the draft, the draft as it stands, or the figures of now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from phoihop.reviews.models import DraftRun, Review, ReviewVersion
from phoihop.reviews.queries.acts import basis_of, basis_of_draft
from phoihop.reviews.queries.reviews import context_of
from phoihop.rollup.compute_steps import sql_hash

Stand = ReviewVersion | DraftRun


@dataclass(frozen=True, slots=True)
class Side:
    """Figures with all that made them. `basis`: the audit log's number by which the map and the catalogue are known."""

    figures: Mapping[str, Mapping[str, Any]]
    question: Mapping[str, Any]
    sql_hash: str
    ledger_seq: int
    basis: int

    @property
    def map_key(self) -> str:
        return str(self.question["map"])

    def later(
        self,
        values: Mapping[str, str | None],
        reworded: Collection[str] = (),
        *,
        ledger_seq: int,
        basis: int,
    ) -> "Side":
        """The same question with other answers; the rules of computing are then those of now.

        Missing: of a reworded figure the definition, which is only known to be another.
        """
        figures = {
            key: {**figure, "value": values.get(key, figure["value"])} for key, figure in self.figures.items()
        }
        for key in reworded:
            figures[key]["definition"] = None
        return replace(self, figures=figures, sql_hash=sql_hash(), ledger_seq=ledger_seq, basis=basis)


def side_of(stand: Stand) -> Side:
    if isinstance(stand, DraftRun):
        return Side(stand.figures, stand.question, stand.sql_hash, stand.ledger_seq, stand.basis)
    context = context_of(stand)
    provenance = context["provenance"]
    return Side(
        context["figures"], provenance["question"], provenance["sql_hash"], stand.ledger_seq, basis_of(stand)
    )


def side_of_draft(review: Review) -> Side:
    """As it stands: the run it was last composed from, with what its sentences made of it since."""
    composed = review.composed
    provenance = composed["provenance"]
    return Side(
        composed["figures"],
        composed["question"],
        provenance["sql_hash"],
        provenance["ledger_seq"],
        basis_of_draft(review),
    )


def older_first(one: Stand, other: Stand) -> tuple[Stand, Stand]:
    """By number within a kind, else by the ledger and the audit log: a clock may be set back, they only grow."""
    if type(one) is type(other):
        return (one, other) if one.number <= other.number else (other, one)
    return (one, other) if _place(one) <= _place(other) else (other, one)


def _place(stand: Stand) -> tuple[int, int, bool]:
    """A version was frozen after the run it was frozen from."""
    basis = stand.basis if isinstance(stand, DraftRun) else basis_of(stand)
    return stand.ledger_seq, basis, isinstance(stand, ReviewVersion)

"""A whole tree of sums decided from the top down. Pure: no database."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from phoihop.rollup.protection.suppression import Branch, Hidden, is_small, kind_of

OWN = "own"
Part = int | str


@dataclass(frozen=True)
class Tree:
    """Each unit's value is its own part and the values of the units directly below it.

    opened: units all of whose children are here; the others may have some that are not.
    """

    values: Mapping[int, int]
    own: Mapping[int, int]
    parents: Mapping[int, int | None]
    opened: Collection[int]
    below: dict[int | None, list[int]] = field(init=False, default_factory=lambda: defaultdict(list))

    _branches: dict[int, Branch[Part]] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for unit in self.values:
            self.below[self.parents.get(unit)].append(unit)

    def branch(self, unit: int) -> Branch[Part]:
        if unit not in self._branches:
            parts: dict[Part, int] = {child: self.values[child] for child in self.below.get(unit, ())}
            if own := self.own.get(unit, 0):
                parts[OWN] = own
            told: dict[Part, int | None] = {
                child: self.branch(child).ceiling() for child in self.below.get(unit, ()) if self.tells(child)
            }
            self._branches[unit] = Branch(parts, told)
        return self._branches[unit]

    def tells(self, unit: int) -> bool:
        """Whether its total would tell a hidden part whatever is hidden below."""
        return unit in self.opened and self.branch(unit).is_told()


@dataclass
class HiddenCells:
    totals: dict[int, Hidden] = field(default_factory=dict)
    own: dict[int, Hidden] = field(default_factory=dict)


def hide_tree(tree: Tree) -> HiddenCells:
    found = HiddenCells()
    roots = list(tree.below[None])
    for root in roots:
        if is_small(tree.values[root]) or tree.tells(root):
            found.totals[root] = kind_of(tree.values[root])
    waiting = roots
    while waiting:
        unit = waiting.pop()
        if unit in tree.opened:
            for part, kind in tree.branch(unit).hide(found.totals.get(unit)).items():
                if isinstance(part, str):
                    found.own[unit] = kind
                else:
                    found.totals[part] = kind
            waiting += tree.below.get(unit, ())
    return found

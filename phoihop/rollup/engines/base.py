"""What the roll-up asks of an engine. Pure: an engine knows SQL, Arrow and Parquet, and nothing of Django."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import pyarrow as pa

from .facts import FactSource


class Step(NamedTuple):
    """One SQL text; its rows become the table `name` for the steps after it."""

    name: str
    sql: str


def used_up(done: Sequence[Step], ahead: Sequence[Step], wanted: Collection[str]) -> list[str]:
    """Tables made so far that no step ahead reads and nobody wants: their room is given back."""
    return [
        step.name
        for step in done
        if step.name not in wanted and not any(re.search(rf"\b{step.name}\b", each.sql) for each in ahead)
    ]


class Engine(Protocol):
    name: str

    def run(
        self,
        steps: Sequence[Step],
        *,
        inputs: Mapping[str, pa.Table],
        facts: FactSource,
        wanted: Iterable[str],
    ) -> dict[str, pa.Table]:
        """Run the steps in order over the input tables and `fact`; the wanted tables come back as Arrow."""
        ...

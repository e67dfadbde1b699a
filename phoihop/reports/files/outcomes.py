"""What became of the files of one load."""

from dataclasses import dataclass, field
from enum import StrEnum

from phoihop.reports.files.answers import CellProblem


class LoadState(StrEnum):
    LOADED = "loaded"
    PARTLY = "partly"
    UNCHANGED = "unchanged"
    KNOWN = "known"  # the same bytes were loaded before
    REFUSED = "refused"


@dataclass(slots=True)
class FileOutcome:
    name: str
    state: LoadState = LoadState.REFUSED
    rows_read: int = 0
    versions_made: int = 0
    unchanged: int = 0
    problems: list[CellProblem] = field(default_factory=list)

    def settle(self) -> None:
        done = self.versions_made + self.unchanged
        if self.problems:
            self.state = LoadState.PARTLY if done else LoadState.REFUSED
        else:
            self.state = LoadState.LOADED if self.versions_made else LoadState.UNCHANGED


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    files: tuple[FileOutcome, ...]

    @property
    def problems(self) -> list[CellProblem]:
        return [problem for each in self.files for problem in each.problems]

    @property
    def versions_made(self) -> int:
        return sum(each.versions_made for each in self.files)

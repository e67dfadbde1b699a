"""Which kind of event feeds which indicators: data/feeds.yaml."""

from functools import cache
from pathlib import Path

from phoihop.core.yaml_files import Strict, read_yaml
from phoihop.events.enums import EventKind

FILE = Path(__file__).resolve().parents[1] / "data" / "feeds.yaml"


class Feed(Strict):
    """Codes of indicators: how many were held, and how many attended; empty where nothing counts that."""

    kind: str
    count: str
    attendances: str = ""

    def codes(self) -> list[str]:
        return [code for code in (self.count, self.attendances) if code]


class _File(Strict):
    feeds: list[Feed]


@cache
def feeds() -> tuple[Feed, ...]:
    """Raises: FileRefused."""
    file = read_yaml(FILE)
    found = file.checked(_File).feeds
    for index, each in enumerate(found):
        if each.kind not in EventKind.values:
            file.blame(("feeds", index, "kind"), f"“{each.kind}”: {', '.join(EventKind.values)}")
    file.refuse_if_faulty()
    return tuple(found)

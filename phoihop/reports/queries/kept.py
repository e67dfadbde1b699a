"""What forms ask, kept in the memory of a process for as long as nothing that decides it has changed."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from phoihop.core.prepared import Prepared
from phoihop.reports.models import FormMark

T = TypeVar("T")
_MARKS = 4  # one, and those that transactions still under way see
_ENTRIES = 2_000

_mark: Prepared[str] = Prepared(lambda: FormMark.objects.values_list("value", flat=True))
_kept: dict[str, dict[Hashable, Any]] = {}
_making_room = Lock()


def form_mark() -> str | None:
    """Another one after every change, also to who made the change and has not committed it.

    Missing: None where the database has lost it (emptied by hand); nothing is kept then.
    """
    return next(iter(_mark()), None)


def kept(mark: str | None, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gave under this mark. It is shared by requests: nobody may change it."""
    if mark is None:
        return read()
    of_mark = _kept.get(mark)
    if of_mark is None or len(of_mark) > _ENTRIES:
        of_mark = _room_for(mark)
    if key not in of_mark:
        of_mark[key] = read()
    found: T = of_mark[key]
    return found


def _room_for(mark: str) -> dict[Hashable, Any]:
    with _making_room:
        _kept.pop(mark, None)
        while len(_kept) >= _MARKS:
            del _kept[next(iter(_kept))]
        return _kept.setdefault(mark, {})

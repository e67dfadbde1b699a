import logging
import threading

import pytest
from django.db import DatabaseError

from phoihop.core.beside import Beside
from phoihop.core.errors import Conflict


class Looking(Beside):
    title, trouble, seconds = "looking", "Nothing could be looked for.", 60

    def __init__(self, faults: list[Exception], poll_seconds: float | None = 0.001) -> None:
        super().__init__(poll_seconds)
        self.faults, self.looks, self.third = faults, 0, threading.Event()

    def look(self) -> None:
        self.looks += 1
        if self.faults:
            raise self.faults.pop()
        if self.looks >= 3:
            self.third.set()


@pytest.mark.parametrize(
    "fault", [DatabaseError("locked"), OSError("full"), Conflict("passed on already"), KeyError("x")]
)
def test_a_fault_is_said_and_tried_again(fault: Exception, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), Looking([fault]) as looking:
        assert looking.third.wait(30)
    assert [each.message for each in caplog.records] == ["Nothing could be looked for. Trying again."]
    assert not looking.is_alive()


def test_it_looks_at_once_and_ends_without_waiting_for_its_turn() -> None:
    with Looking([], poll_seconds=None) as looking:
        pass
    assert not looking.is_alive()
    assert looking.looks <= 1


def test_one_that_waits_first_has_not_looked_when_it_is_told_to_end() -> None:
    class Late(Looking):
        waits_first = True

    with Late([], poll_seconds=None) as looking:
        pass
    assert looking.looks == 0

"""The live server of the browser's tests: a test ends after its last answer, and none is begun after it."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Answering


class Pages:
    """One answer, in two parts: the second is held back until it is let go."""

    def __init__(self) -> None:
        self.began, self.goes_on = threading.Event(), threading.Event()
        self.is_given = False

    def __call__(self, _environ: Any, _start_response: Any) -> Iterator[bytes]:
        yield b"one"
        self.began.set()
        assert self.goes_on.wait(60)
        yield b"two"
        self.is_given = True


@pytest.fixture
def pages() -> Pages:
    return Pages()


def test_an_answer_that_was_begun_is_given_before_the_end(pages: Pages) -> None:
    answering = Answering(pages)
    answering.open()
    caller = threading.Thread(target=lambda: [*answering({}, print)])
    caller.start()
    assert pages.began.wait(60)
    threading.Timer(0.2, pages.goes_on.set).start()
    answering.shut()
    assert pages.is_given
    caller.join()


def test_nothing_is_begun_after_the_end_until_it_is_opened_again(pages: Pages) -> None:
    answering, said = Answering(pages), []
    answering.open()
    answering.shut()
    assert [*answering({}, lambda status, headers: said.append((status, headers)))] == []
    assert said == [("503 Service Unavailable", [("Content-Length", "0")])]
    assert not pages.began.is_set()
    answering.open()
    pages.goes_on.set()
    assert [*answering({}, print)] == [b"one", b"two"]

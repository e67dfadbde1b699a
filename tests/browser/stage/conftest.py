"""A conference with a real engine in the media's namespace, and the browsers that take part in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import FLAGS
from tests.browser.stage.room import MEDIA_FLAGS, Room, opened
from tests.conferences.media import namespace
from tests.conferences.streams.installed import Installation


@contextmanager
def standing(
    folder: Path, program: str = "tests.conferences.media.stage_world", **more: str
) -> Iterator[Installation]:
    """`phoihop conference up`, three sites and two viewers; `more` of the environment."""
    with namespace.inside():
        made = Installation(
            folder,
            f"sqlite:///{folder / 'phoihop.sqlite3'}",
            program=program,
            command=("conference", "up"),
            more={"PHOIHOP_MEDIA_INTERFACE": namespace.ADDRESS, "PHOIHOP_MEDIA_ENGINE": "janus", **more},
        )
        try:
            made.build(viewers=2)
            made.start()
            yield made
        finally:
            made.end()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with standing(tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.fixture(scope="module")
def chromium(browser: Browser, chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    program = namespace.chromium_inside(tmp_path_factory.mktemp("bin"), chromium_path)
    return browser.browser_type.launch(executable_path=program, args=[*FLAGS, *MEDIA_FLAGS])


@pytest.fixture
def rooms(chromium: Browser, installed: Installation) -> Iterator[list[Room]]:
    """The centre and two sites, each sending a picture of its own shape."""
    made = [opened(chromium, installed, installed.world["rooms"][number], "diem-cau") for number in range(3)]
    for number, room in enumerate(made):
        room.send(number)
    yield made
    for room in made:
        room.leave()


@pytest.fixture
def viewer(chromium: Browser, installed: Installation) -> Iterator[Room]:
    made = opened(chromium, installed, installed.world["viewers"][0], "xem")
    yield made
    made.leave()

"""Real processes: browsers that keep their connections open do not shut the next one out."""

import http.client
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.conferences.session_world import installation
from tests.conferences.streams.installed import Installation

pytestmark = pytest.mark.slow
BROWSERS = 64  # of as many sites
EACH = 6  # connections a browser keeps open while its page is read


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("faults")) as made:
        yield made


def test_a_site_gets_in_beside_all_those_that_keep_their_connections(installed: Installation) -> None:
    with ExitStack() as held:
        for _connection in range(BROWSERS * EACH):
            kept = held.enter_context(
                closing(http.client.HTTPConnection("127.0.0.1", installed.port, timeout=20))
            )
            kept.request("GET", f"/hoi-nghi/{installed.world['slug']}/vao/")
            answer = kept.getresponse()
            assert (answer.status, answer.read()[:9], answer.will_close) == (200, b"<!doctype", False)

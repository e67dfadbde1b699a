"""Where a firewall lets nothing through but a relay: a site sends, and a viewer receives, by it alone."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stage.conftest import standing
from tests.browser.stage.room import opened, voice_of
from tests.conferences.media import namespace
from tests.conferences.streams.installed import Installation, until

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.relay, pytest.mark.slow]

PORT, SECRET = 3478, "a-secret-between-the-server-and-the-relay"
RELAYED = {"PHOIHOP_TURN": f"turn:{namespace.ADDRESS}:{PORT}?transport=udp", "PHOIHOP_TURN_SECRET": SECRET}
# Neither end tries anything else.
FIREWALL = """
const Behind = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Behind {
  constructor(told) { super({ ...told, iceTransportPolicy: "relay" }); }
};
"""
_USED = """async () => {
  const said = await connectionsMade.at(-1).getStats();
  const pairs = [...said.values()].filter((each) => each.type === "candidate-pair" && each.nominated);
  return pairs.map((pair) => said.get(pair.localCandidateId).candidateType);
}"""


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """coturn, as the how-to sets it up: it reaches the engine and nothing else."""
    folder = tmp_path_factory.mktemp("relay")
    program = shutil.which("turnserver")
    assert program is not None
    flags = {
        "listening-ip": namespace.ADDRESS, "relay-ip": namespace.ADDRESS, "listening-port": str(PORT),
        "realm": "phoihop", "static-auth-secret": SECRET, "min-port": "30000", "max-port": "30499",
        "denied-peer-ip": "0.0.0.0-255.255.255.255", "allowed-peer-ip": namespace.ADDRESS, "log-file": str(folder / "log"),
        "pidfile": str(folder / "pid"), "userdb": str(folder / "db"),
    }  # fmt: skip
    switches = [
        "use-auth-secret",
        "allow-loopback-peers",
        "no-cli",
        "no-tls",
        "no-dtls",
        "simple-log",
    ]
    command = [
        program,
        "-n",
        *(f"--{each}={said}" for each, said in flags.items()),
        *(f"--{each}" for each in switches),
    ]
    with namespace.inside():
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: "Total General servers" in _log(folder), 60), _log(folder)
        yield
    finally:
        started.terminate()
        started.wait()


def _log(folder: Path) -> str:
    return "".join(each.read_text(errors="replace") for each in folder.glob("log*"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, relay: None) -> Iterator[Installation]:
    with standing(tmp_path_factory.mktemp("stage"), **RELAYED) as made:
        yield made


def test_a_site_and_a_viewer_take_part_by_a_relay(chromium: Browser, installed: Installation) -> None:
    site = opened(chromium, installed, installed.world["rooms"][1], "diem-cau", voice_of(1) + FIREWALL)
    site.send(1)
    viewer = opened(chromium, installed, installed.world["viewers"][0], "xem", FIREWALL)
    installed.act("floor", 1)
    viewer.sees(1, 60)
    viewer.hears(1)
    assert [set(each.page.evaluate(_USED)) for each in (site, viewer)] == [{"relay"}, {"relay"}]
    for room in (site, viewer):
        assert room.problems == []
        room.leave()

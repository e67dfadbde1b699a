"""Starts Janus from Debian's packages, as the installation's own user, and keeps it running."""

import ipaddress
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus.client import VIDEOROOM, JanusClient
from phoihop.conferences.media.janus.config import PLUGINS, Place, write_config
from phoihop.conferences.media.janus.edges import LEAST_SECRET, Edge, edge_door
from phoihop.conferences.streams.keeping import KeptRunning
from phoihop.core.processes import bound

LIBRARIES = (Path("/usr/lib"), Path("/usr/local/lib"))
FIRST_ANSWER = 15  # seconds an engine has to answer after it was started
LOG = "janus.log"


def missing(edge: Edge | None = None) -> list[str]:
    """What keeps the engine from starting here, as the stage or as an edge, a sentence each; empty: nothing does."""
    found = []
    if shutil.which("janus") is None or plugins_folder() is None:
        found.append(_("Janus is not installed. On Debian: apt-get install janus janus-tools"))
    if _is_taken(edge.host if edge else "127.0.0.1", settings.MEDIA_API_PORT):
        sentence = _("Port %(port)s of this machine is in use. Choose another in PHOIHOP_MEDIA_API_PORT.")
        found.append(sentence % {"port": settings.MEDIA_API_PORT})
    ranges = {"PHOIHOP_MEDIA_PORTS": settings.MEDIA_PORTS} | (
        {"PHOIHOP_MEDIA_FEED_PORTS": settings.MEDIA_FEED_PORTS} if edge else {}
    )
    for name, value in ranges.items():
        if _ports(value) is None:
            sentence = _("%(name)s is “%(value)s”; a range of ports is meant, such as 20000-20999.")
            found.append(sentence % {"name": name, "value": value})
    if edge and len(settings.MEDIA_EDGE_SECRET) < LEAST_SECRET:
        sentence = _(
            "PHOIHOP_MEDIA_EDGE_SECRET has %(length)s characters. Set the one of the centre, of at least %(least)s; openssl rand -hex 32 makes one."
        )
        found.append(sentence % {"length": len(settings.MEDIA_EDGE_SECRET), "least": LEAST_SECRET})
    if settings.MEDIA_INTERFACE and not is_address(settings.MEDIA_INTERFACE):
        sentence = _(
            "PHOIHOP_MEDIA_INTERFACE is “%(value)s”; an address of this machine is meant, such as 10.0.0.5."
        )
        found.append(sentence % {"value": settings.MEDIA_INTERFACE})
    return found


@contextmanager
def janus_beside(folder: Path, edge: Edge | None = None) -> Iterator[None]:
    """Janus runs, on a configuration with fresh secrets, until the block is left; one that dies is started again.

    edge: it is one, with the secrets the centre knows too.
    Raises: EngineFault with the last lines it wrote where it does not answer.
    """
    plugins, ports = plugins_folder(), _ports(settings.MEDIA_PORTS)
    if plugins is None or ports is None:
        raise EngineFault("\n".join(missing(edge)))
    place = Place(
        plugins=plugins,
        api_port=settings.MEDIA_API_PORT,
        media_ports=ports,
        interface=settings.MEDIA_INTERFACE,
        public_address=settings.MEDIA_ADDRESS,
        stun=settings.MEDIA_STUN,
        cores=os.cpu_count() or 1,
        api_address=edge.host if edge else "127.0.0.1",
        feed_ports=_ports(settings.MEDIA_FEED_PORTS) if edge else None,
    )
    write_config(folder, place, edge_door(edge, settings.MEDIA_EDGE_SECRET) if edge else None)
    with (
        (folder / LOG).open("w") as log,
        KeptRunning(bound(["janus", "-F", str(folder)]), "The media engine", log, partial(answers, folder)),
    ):
        _wait_for_answer(folder)
        yield


def answers(folder: Path) -> bool:
    """Whether the engine whose secrets are there lists its rooms, within seconds."""
    with suppress(EngineFault):
        JanusClient(folder).ask(VIDEOROOM, {"request": "list"})
        return True
    return False


def plugins_folder() -> Path | None:
    """The folder that holds Janus's plugins, transports and so on, wherever the packager put it."""
    for library in LIBRARIES:
        for found in sorted([*library.glob("janus"), *library.glob("*/janus")]):
            if all((found / "plugins" / name).exists() for name in PLUGINS):
                return found
    return None


def _wait_for_answer(folder: Path) -> None:
    client, until = JanusClient(folder), time.monotonic() + FIRST_ANSWER
    while True:
        try:
            client.end(client.attach(VIDEOROOM))
            return
        except EngineFault as fault:
            if time.monotonic() > until:
                raise EngineFault(f"{fault}\n{_last_words(folder)}") from fault
        time.sleep(0.1)


def _last_words(folder: Path) -> str:
    with suppress(OSError):
        return "\n".join((folder / LOG).read_text(errors="replace").splitlines()[-5:])
    return ""


def _ports(text: str) -> tuple[int, int] | None:
    first, _dash, last = text.partition("-")
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        return None
    pair = int(first), int(last)
    return pair if 1024 <= pair[0] < pair[1] <= 65_535 else None


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as caller:
        caller.settimeout(1)
        return caller.connect_ex((host, port)) == 0


def is_address(text: str) -> bool:
    with suppress(ValueError):
        return bool(ipaddress.ip_address(text))
    return False

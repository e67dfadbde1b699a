"""What Janus is told before it starts: one folder of configuration, written anew with fresh secrets at each start.

Source: docs/adr/0014-stage-by-janus.md; Janus 1.1.2 as Debian 12 packs it.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

PLUGINS = ("libjanus_videoroom.so", "libjanus_streaming.so")
SECRETS_FILE = "engine.json"


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server reaches its engine, and by what. Readable by the installation's own user only."""

    url: str  # http://127.0.0.1:8088/janus
    api_secret: str
    admin_key: str  # creates rooms and mountpoints, forwards publishers

    @classmethod
    def read(cls, folder: Path) -> Door | None:
        """None where no engine was started."""
        try:
            return cls(**json.loads((folder / SECRETS_FILE).read_text()))
        except FileNotFoundError:
            return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the engine stands. interface: its address for media, empty for every interface but loopback."""

    plugins: Path
    api_port: int = 8088
    api_address: str = "127.0.0.1"  # an edge is reached from the centre: an address of the private network
    feed_ports: tuple[int, int] | None = None  # from the centre, where a firewall must know them
    media_ports: tuple[int, int] = (20_000, 20_999)  # towards browsers
    interface: str = ""
    public_address: str = ""  # behind NAT: what browsers are told
    stun: str = ""
    cores: int = 2


def write_config(folder: Path, place: Place, door: Door | None = None) -> Door:
    """Everything Janus reads, and the secrets beside it; the folder is closed to other users.

    door: of an edge, whose secrets the centre knows; else they are fresh.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if door is None:
        url = f"http://127.0.0.1:{place.api_port}/janus"
        door = Door(url, secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    feeds = {"rtp_port_range": "{}-{}".format(*place.feed_ports)} if place.feed_ports else {}
    texts = {
        "janus.jcfg": _core(folder, place, door),
        "janus.transport.http.jcfg": _http(place),
        "janus.plugin.videoroom.jcfg": _general(
            admin_key=door.admin_key, string_ids=True, lock_rtp_forward=True
        ),
        "janus.plugin.streaming.jcfg": _general(admin_key=door.admin_key, string_ids=True, **feeds),
    }
    for name, text in texts.items():
        _write(folder / name, text)
    _write(folder / SECRETS_FILE, json.dumps(asdict(door)))
    return door


def _core(folder: Path, place: Place, door: Door) -> str:
    first, last = place.media_ports
    nat: dict[str, object] = {
        "full_trickle": False,  # the answer holds every candidate: a browser needs one exchange
        "ice_lite": False,
        "ice_tcp": False,
        "ignore_mdns": True,
        "keep_private_host": True,
    }
    if place.interface:
        nat["ice_enforce_list"] = place.interface
    if place.public_address:
        nat["nat_1_1_mapping"] = place.public_address
    if place.stun:
        host, _, port = place.stun.partition(":")
        nat |= {"stun_server": host, "stun_port": int(port or 3478)}
    return "\n".join(
        (
            _section(
                "general",
                configs_folder=str(folder),
                plugins_folder=str(place.plugins / "plugins"),
                transports_folder=str(place.plugins / "transports"),
                events_folder=str(place.plugins / "events"),
                loggers_folder=str(place.plugins / "loggers"),
                debug_level=3,
                log_to_stdout=True,
                api_secret=door.api_secret,
                session_timeout=SESSION_SECONDS,
                event_loops=place.cores,
                server_name="stage",
                hide_dependencies=True,
            ),
            _section("media", rtp_port_range=f"{first}-{last}"),
            _section("nat", **nat),
            _section("plugins", disable=",".join(_all_but(place.plugins / "plugins", PLUGINS))),
            _section(
                "transports", disable=",".join(_all_but(place.plugins / "transports", ("libjanus_http.so",)))
            ),
            _section("loggers", disable=",".join(_all_but(place.plugins / "loggers", ()))),
            _section("events", broadcast=False),
        )
    )


SESSION_SECONDS = 300  # without a word from whom it belongs to; longer than the web server takes to come back


def _http(place: Place) -> str:
    return "\n".join(
        (
            _section(
                "general", json="compact", base_path="/janus", http=True, port=place.api_port,
                ip=place.api_address, https=False,
            ),
            _section("admin", admin_http=False, admin_https=False),
        )
    )  # fmt: skip


def _general(**settings: object) -> str:
    return _section("general", **settings)


def _section(name: str, **settings: object) -> str:
    lines = [f"  {key} = {_literal(value)}" for key, value in settings.items()]
    return "\n".join((f"{name}: {{", *lines, "}"))


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else json.dumps(str(value))


def _all_but(folder: Path, kept: tuple[str, ...]) -> list[str]:
    """What is installed there and not wanted; Janus loads everything else by itself."""
    return sorted(each.name for each in folder.glob("*.so") if each.name not in kept)


def _write(path: Path, text: str) -> None:
    """Whole or as before: the pages read it at any moment."""
    written = path.with_name(f"{path.name}.new")
    written.unlink(missing_ok=True)
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as text_file:
        text_file.write(text + "\n")
    written.replace(path)
